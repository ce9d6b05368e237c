// States are taken whole or refused whole, whatever they hold.
#include "random_states.h"

#include "session/session.h"

#include <gmock/gmock.h>

#include <chrono>
#include <cmath>
#include <limits>
#include <thread>

namespace noiseglass::app {
namespace {

using ::testing::HasSubstr;

TEST(States, AreTakenWholeOrRefusedWhole) {
  Session session([] {});
  AppState good = session.state();
  good.position = 300;
  ASSERT_TRUE(session.apply(good));
  const AppState before = session.state();
  AppState bad = before;
  bad.steps = 10000, bad.lanes[0].schedule_values["beta_end"] = 0.9, bad.seed = 99;
  EXPECT_FALSE(session.apply(bad));
  EXPECT_EQ(session.state(), before);
  EXPECT_EQ(session.lane(0).schedule->steps(), before.steps);
  ASSERT_TRUE(session.refusal());
  EXPECT_EQ(session.refusal()->name, "T") << "T was the last straw: the sentence belongs beside it";
  EXPECT_THAT(session.refusal()->sentence, HasSubstr("smaller β"));
  good.position = 400;
  EXPECT_TRUE(session.apply(good));
  EXPECT_FALSE(session.refusal()) << "forgotten with the next state that is taken";
}

// Answers are remembered for a while: each must be that of its own schedule, its own numbers and its own T.
TEST(States, AnAnswerBelongsToTheScheduleThatWasAskedAbout) {
  AppState state;
  for (int i = 0; i < 200; ++i) {
    state.steps = i % 3 ? 10000 : 10;
    state.lanes[1].schedule = i % 2 ? "linear" : "cosine";
    state.lanes[1].schedule_values.clear();
    if (i % 2) state.lanes[1].schedule_values["beta_end"] = i % 5 ? 0.9 - 1e-4 * i : 0.02;
    if (i % 2 && i % 7 == 0) state.lanes[1].schedule_values["beta_end"] = std::nan("");
    const bool wrong = i % 2 && (i % 7 == 0 || (i % 3 && i % 5));
    EXPECT_EQ(why_refused(state).has_value(), wrong) << i;
  }
}

TEST(States, NamesThatNothingHasAreRefused) {
  Session session([] {});
  for (int what = 0; what < 5; ++what) {
    AppState bad = session.state();
    (what == 0   ? bad.panel
     : what == 1 ? bad.lanes[1].schedule
     : what == 2 ? bad.lanes[0].sampler
     : what == 3 ? bad.lanes[0].denoiser
                 : bad.lanes[1].spacing) = "no such thing";
    EXPECT_FALSE(session.apply(bad)) << what;
    EXPECT_THAT(session.refusal()->sentence, HasSubstr("no such thing"));
  }
}

TEST(States, NumbersThatAreNoneComeIntoRange) {
  AppState state;
  for (double* number : {&state.position, &state.speed, &state.zoom, &state.centre_x, &state.lanes[0].guidance})
    *number = std::numeric_limits<double>::quiet_NaN();
  bring_into_range(state);
  EXPECT_EQ(state.position, 0);
  EXPECT_EQ(state.speed, 1);
  EXPECT_EQ(state.zoom, 1);
  EXPECT_EQ(state.lanes[0].guidance, 1);
}

/// What drawing relies on: every lane has a schedule of the state's T, and a t within it.
void expect_sound(const Session& session) {
  for (int i = 0; i < 2; ++i) {
    const LaneView& lane = session.lane(i);
    ASSERT_NE(lane.schedule, nullptr);
    ASSERT_EQ(lane.schedule->steps(), session.state().steps);
    ASSERT_GE(lane.t, 0);
    ASSERT_LE(lane.t, lane.schedule->steps());
    lane.schedule->snr_db(lane.t);
    ASSERT_NE(lane.x_0, nullptr);
  }
}

/// Waits for what is under way: whatever a job throws becomes a sentence, and of a sound state there is none.
void expect_jobs_to_succeed(Session& session) {
  ASSERT_TRUE(session.wait_for_picture(60));
  ASSERT_EQ(session.message(), "");
  for (int i = 0; i < 100 && session.computing(); ++i) {  // long runs need not end
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    session.tick(0);
  }
  for (int i = 0; i < 2; ++i) {
    ASSERT_EQ(session.lane(i).preview_problem, "");
    ASSERT_EQ(session.lane(i).run_problem, "");
  }
}

TEST(States, TwoThousandAtRandomLeaveEveryLaneSound) {
  Session session([] {});
  RandomStates random(session.library(), 3);
  int taken = 0;
  for (int i = 0; i < 2000; ++i) {
    AppState next = random.next();
    for (const BundledPicture& picture : session.library().pictures)  // small, so that this is quick
      if (picture.kind == "digit") next.picture = picture.path;
    next.working_size = std::min(next.working_size, 128);
    for (LaneState& lane : next.lanes) lane.denoiser = "oracle";
    const AppState before = session.state();
    ASSERT_NO_THROW({
      if (session.apply(next))
        ++taken;
      else
        ASSERT_EQ(session.state(), before);
      expect_sound(session);
      session.tick(0.05);
      expect_sound(session);
      if (i % 20 == 0) expect_jobs_to_succeed(session);
    }) << "state "
       << i;
  }
  EXPECT_GT(taken, 500);
  EXPECT_LT(taken, 2000) << "some have to be refused";
}

/// A run at another T is not this state's, even where the view is reverse and no run can start.
TEST(States, ARunOfAnotherTIsNotShown) {
  Session session([] {});
  AppState state = session.state();
  for (const BundledPicture& picture : session.library().pictures)
    if (picture.kind == "digit") state.picture = picture.path;
  for (LaneState& lane : state.lanes) lane.denoiser = "oracle", lane.sample_steps = 1000;
  session.apply(state);
  state.position = state.run_from = 1000, state.view = View::reverse;
  session.apply(state);
  for (int i = 0; i < 20000 && !session.lane(0).run; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    session.tick(0);
  }
  ASSERT_NE(session.lane(0).run, nullptr);
  state.steps = 10, state.run_from = 0, state.position = 0, state.playing = Playing::paused;
  session.apply(state);
  session.tick(0);
  expect_sound(session);
  EXPECT_EQ(session.lane(0).run, nullptr);
}

TEST(States, LanesThatShowTheSamePictureShareIt) {
  Session session([] {});
  AppState state = session.state();
  state.picture = session.library().pictures.front().path;
  session.apply(state);
  ASSERT_TRUE(session.wait_for_picture(60));
  EXPECT_EQ(session.lane(0).x_0, session.lane(1).x_0);
  EXPECT_EQ(session.lane(0).fit_key, session.lane(1).fit_key);
}

}  // namespace
}  // namespace noiseglass::app
