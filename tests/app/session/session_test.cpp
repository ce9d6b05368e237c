#include "session/session.h"

#include "session/actions.h"

#include "noiseglass/corruption.h"
#include "noiseglass/sampler.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <thread>

namespace noiseglass::app {
namespace {

/// A session on a bundled digit (small, so that every test is quick) with the oracle, which needs no weights.
class SessionTest : public ::testing::Test {
 protected:
  SessionTest() : session([] {}) {
    AppState state = session.state();
    for (const BundledPicture& picture : session.library().pictures)
      if (picture.kind == "digit") state.picture = picture.path;
    for (LaneState& lane : state.lanes) lane.denoiser = "oracle", lane.sample_steps = 10;
    session.apply(state);
  }

  void wait() {
    for (int i = 0; i < 20000 && session.computing(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    session.tick(0);
  }
  template <class Change>
  void edit(Change change) {
    AppState next = session.state();
    change(next);
    session.apply(next);
  }
  void act(const char* id) {
    edit([&](AppState& next) { perform(id, session, next); });
  }

  Session session;
};

TEST_F(SessionTest, OpensAPictureAndPreviewsBothLanes) {
  edit([](AppState& s) { s.position = 400; });
  wait();
  for (int i = 0; i < 2; ++i) {
    const LaneView& lane = session.lane(i);
    ASSERT_TRUE(lane.preview_current);
    EXPECT_EQ(lane.preview->t, 400);
    EXPECT_GT(lane.preview->quality.psnr, 60) << "the oracle knows the picture";
  }
}

TEST_F(SessionTest, LanesShareTheNoiseAndDifferInTheSchedule) {
  edit([](AppState& s) { s.position = 400; });
  wait();
  const Image a = session.lane(0).preview->epsilon, b = session.lane(1).preview->epsilon;
  for (std::size_t i = 0; i < a.data.size(); ++i) ASSERT_NEAR(a.data[i], b.data[i], 1e-4);
  EXPECT_NE(session.lane(0).schedule->alpha_bar(400), session.lane(1).schedule->alpha_bar(400));
}

TEST_F(SessionTest, AnOldPreviewIsNotCalledCurrent) {
  edit([](AppState& s) { s.position = 400; });
  wait();
  edit([](AppState& s) { s.seed += 1; });
  // Either the new one is there already, or the old one is marked as old.
  const auto& lane = session.lane(0);
  wait();
  EXPECT_TRUE(lane.preview_current);
}

TEST_F(SessionTest, SameSnrPutsLaneBAtTheTimeOfEqualSnr) {
  edit([](AppState& s) { s.position = 400, s.lockstep = Lockstep::same_snr; });
  const double a = session.lane(0).schedule->log_snr(session.lane(0).t);
  const double b = session.lane(1).schedule->log_snr(session.lane(1).t);
  EXPECT_NE(session.lane(0).t, session.lane(1).t);
  EXPECT_NEAR(a, b, 0.02);
}

TEST_F(SessionTest, AReverseRunKeepsEveryStepAndEndsAtZero) {
  edit([](AppState& s) { s.position = 600; });
  act("play_reverse");
  wait();
  for (int i = 0; i < 2; ++i) {
    const auto* run = session.lane(i).run.get();
    ASSERT_NE(run, nullptr);
    EXPECT_EQ(run->error, "");
    ASSERT_EQ(run->frames.size(), 11u);
    EXPECT_EQ(run->frames.front()->t, 600);
    EXPECT_EQ(run->frames.back()->t, 0);
    EXPECT_GT(run->frames.back()->quality.psnr, 40);
  }
}

TEST_F(SessionTest, ScrubbingShowsTheStepAtThatTime) {
  edit([](AppState& s) { s.position = 600; });
  act("play_reverse");
  wait();
  edit([](AppState& s) { s.position = 305, s.playing = Playing::paused; });
  EXPECT_EQ(session.lane(0).frame->t, 360) << "steps are 60 apart: the state until t = 300 is the one at 360";
  edit([](AppState& s) { s.position = 0; });
  EXPECT_EQ(session.lane(0).frame->t, 0);
}

TEST_F(SessionTest, TheSliderDoesNotGoBeyondWhatARunHasReached) {
  edit([](AppState& s) {
    s.position = 600;
    for (LaneState& lane : s.lanes) lane.sample_steps = 600;
  });
  act("play_reverse");
  for (int i = 0; i < 50; ++i) {
    edit([](AppState& s) { s.position = 0, s.playing = Playing::paused; });
    ASSERT_GE(session.state().position, session.run_reached());
    if (session.lane(0).frame && session.lane(1).frame) {
      ASSERT_EQ(session.lane(0).frame->t, session.lane(1).frame->t);
    }
  }
  wait();
}

TEST_F(SessionTest, ChangingWhatARunDependsOnStartsItAgain) {
  edit([](AppState& s) { s.position = 600; });
  act("play_reverse");
  wait();
  const std::uint64_t before = session.lane(0).run->id;
  edit([](AppState& s) { s.position = 0, s.playing = Playing::paused; });
  edit([](AppState& s) { s.lanes[0].sampler = "euler"; });
  EXPECT_TRUE(!session.lane(0).run || session.lane(0).run->id != before) << "the old run must not be shown";
  EXPECT_EQ(session.state().playing, Playing::reverse);
  EXPECT_EQ(session.state().position, 600);
  wait();
  EXPECT_NE(session.lane(0).run->id, before);
  EXPECT_EQ(session.lane(0).run->frames.back()->t, 0);
}

TEST_F(SessionTest, ChangesThatDoNotConcernTheRunLeaveItAlone) {
  edit([](AppState& s) { s.position = 600; });
  act("play_reverse");
  wait();
  const std::uint64_t before = session.lane(0).run->id;
  edit([](AppState& s) { s.dark = !s.dark, s.zoom = 3, s.speed = 2, s.plot_axis = PlotAxis::log_snr; });
  EXPECT_EQ(session.lane(0).run->id, before);
}

TEST_F(SessionTest, AutoplayGoesToBothEndsAndStops) {
  edit([](AppState& s) { s.position = 990; });
  act("play_forward");
  for (int i = 0; i < 20; ++i) session.tick(0.1);
  EXPECT_EQ(session.state().position, 1000);
  EXPECT_EQ(session.state().playing, Playing::paused);
  act("play_reverse");
  EXPECT_EQ(session.state().origin, Origin::noise) << "from pure noise it is generation";
  wait();
  for (int i = 0; i < 200; ++i) session.tick(0.1);
  EXPECT_EQ(session.state().position, 0);
  EXPECT_EQ(session.state().playing, Playing::paused);
}

TEST_F(SessionTest, DraggingBeyondTheStartOfARunLeavesIt) {
  edit([](AppState& s) { s.position = 300; });
  act("play_reverse");
  wait();
  edit([](AppState& s) { s.position = 500, s.playing = Playing::paused; });
  EXPECT_EQ(session.state().view, View::forward);
  EXPECT_EQ(session.lane(0).t, 500);
}

TEST_F(SessionTest, AFileThatIsNoPictureLeavesTheOldOneAndSaysWhy) {
  const std::string before = session.picture().title;
  EXPECT_FALSE(session.open(__FILE__));
  EXPECT_EQ(session.picture().title, before);
  EXPECT_NE(session.message(), "");
  EXPECT_FALSE(session.open("/no/such/file.png"));
  EXPECT_EQ(session.picture().title, before);
}

TEST_F(SessionTest, AStateOutOfRangeIsBroughtIntoIt) {
  edit([](AppState& s) { s.steps = 0, s.position = 1e9, s.lane_count = 7, s.lanes[0].sample_steps = 0; });
  EXPECT_EQ(session.state().steps, 1);
  EXPECT_EQ(session.state().position, 1);
  EXPECT_EQ(session.state().lane_count, 2);
  EXPECT_EQ(session.state().lanes[0].sample_steps, 1);
}

TEST_F(SessionTest, EveryDenoiserAndSamplerOfTheRegistriesRuns) {
  for (const DenoiserRecord& denoiser : denoiser_records())
    for (const SamplerRecord& sampler : sampler_records()) {
      SCOPED_TRACE(denoiser.id + " with " + sampler.id);
      edit([&](AppState& s) {
        for (LaneState& lane : s.lanes) lane.denoiser = denoiser.id, lane.sampler = sampler.id, lane.sample_steps = 3;
        s.view = View::reverse, s.origin = Origin::picture, s.run_from = 500, s.position = 500;
      });
      wait();
      ASSERT_NE(session.lane(1).run, nullptr);
      EXPECT_EQ(session.lane(1).run->error, "");
      EXPECT_EQ(session.lane(1).run->frames.back()->t, 0);
    }
}

}  // namespace
}  // namespace noiseglass::app
