#include "session/panel_record.h"
#include "session_fixture.h"

#include "noiseglass/corruption.h"
#include "noiseglass/noise.h"
#include "noiseglass/sampler.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>

#include <sys/stat.h>
#include <unistd.h>

namespace noiseglass::app {
namespace {

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
  const LaneView& lane = session.lane(0);
  int old = 0;
  for (int i = 0; i < 20; ++i) {
    edit([](AppState& s) { ++s.seed; });  // looked at at once: the new one is hardly there
    old += !lane.preview_current;
    const Image truth = gaussian_image({session.state().seed, streams::forward}, lane.x_0->shape);
    const double error = mean_squared_error(lane.preview->epsilon, truth);  // the oracle knows the noise
    EXPECT_EQ(lane.preview_current, error < 1e-6) << "current is what is of this noise, and nothing else";
    wait();
    EXPECT_TRUE(lane.preview_current);
  }
  EXPECT_GT(old, 0);
}

TEST_F(SessionTest, AGuessIsNotShownUnderTheNameOfAnotherDenoiser) {
  const LaneView& lane = session.lane(0);
  int waited = 0;
  for (const char* denoiser : {"exact", "oracle", "exact", "oracle", "exact"}) {
    edit([](AppState& s) { s.position = 400; });
    wait();
    ASSERT_TRUE(lane.preview_current);
    edit([&](AppState& s) { s.lanes[0].denoiser = denoiser; });
    waited += !lane.preview;
    EXPECT_TRUE(!lane.preview || lane.preview_current) << "not even dimmed";
    wait();
    EXPECT_TRUE(lane.preview_current);
  }
  EXPECT_GT(waited, 0);
}

TEST_F(SessionTest, GuessesThatAreToBeForgottenAreNotShownDimmed) {
  const LaneView& lane = session.lane(0);
  wait();
  int dimmed = 0, forgotten = 0;
  for (int t = 100; t < 600; t += 50) {
    edit([t](AppState& s) { s.position = t; });
    dimmed += lane.preview && !lane.preview_current;
    session.forget_previews();
    session.tick(0);
    forgotten += !lane.preview;
    EXPECT_TRUE(!lane.preview || lane.preview_current);
    wait();
    EXPECT_TRUE(lane.preview_current) << "what is computed for this state is";
  }
  EXPECT_GT(dimmed, 0);
  EXPECT_GT(forgotten, 0);
}

TEST_F(SessionTest, AGuessOfAnotherPictureIsNotShown) {
  wait();
  int pictures = 0;
  for (const BundledPicture& picture : session.library().pictures) {
    if (picture.kind != "digit" || picture.path == session.state().picture) continue;
    const auto before = session.lane(0).preview;
    ASSERT_NE(before, nullptr);
    edit([&](AppState& s) { s.picture = picture.path; });
    while (session.opening()) session.tick(0);
    EXPECT_NE(session.lane(0).preview, before) << "it may be dimmed while its t has passed, but not on another picture";
    wait();
    ++pictures;
  }
  EXPECT_GT(pictures, 1);
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
    EXPECT_EQ(session.lane(i).run_problem, "");
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
  edit([](AppState& s) { s.look = Look::light, s.zoom = 3, s.speed = 2, s.plot_axis = PlotAxis::log_snr; });
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

TEST_F(SessionTest, SpacePlaysTheProcessThatAPanelShows) {
  for (const PanelRecord& panel : panel_records())
    for (const double generated : {0, 1}) {
      if (panel.generates.empty() && generated == 1) continue;
      edit([&](AppState& s) {
        s.panel = panel.id, s.position = 300, s.playing = Playing::paused;
        if (!panel.generates.empty()) set_setting(s, panel.id, panel.generates, generated);
      });
      act("play");
      EXPECT_EQ(session.state().playing, generated == 1 ? Playing::reverse : Playing::forward) << panel.id;
    }
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
  const auto path = session.state().picture;
  for (const char* file : {__FILE__, "/no/such/file.png"}) {
    session.open(file);
    ASSERT_TRUE(session.wait_for_picture(20));
    EXPECT_EQ(session.picture().title, before);
    EXPECT_EQ(session.state().picture, path);
    EXPECT_NE(session.message(), "");
  }
}

TEST_F(SessionTest, APictureThatCannotBeOpenedIsNoStepToTakeBackAndLeavesTheRunInView) {
  edit([](AppState& s) { s.position = 600; });
  act("play_reverse");
  wait();
  session.history().begin(session.state());
  AppState next = session.state();
  next.picture = "/no/such/file.png";
  session.change(next);
  ASSERT_TRUE(session.wait_for_picture(20));
  EXPECT_FALSE(session.history().can_undo());
  EXPECT_EQ(session.state().view, View::reverse);
  EXPECT_NE(session.lane(0).run, nullptr);
}

TEST_F(SessionTest, GoingBackAcrossPicturesBringsBackTheRunWithItsSlider) {
  edit([](AppState& s) { s.position = 600; });
  act("play_reverse");
  wait();
  edit([](AppState& s) { s.position = 300, s.playing = Playing::paused; });
  session.history().begin(session.state());
  AppState next = session.state();
  next.picture = session.library().pictures.front().path;
  session.change(next);
  ASSERT_TRUE(session.wait_for_picture(60));
  EXPECT_EQ(session.state().view, View::forward) << "another picture begins with the forward process";
  session.undo();
  ASSERT_TRUE(session.wait_for_picture(60));
  wait();
  EXPECT_EQ(session.state().view, View::reverse);
  EXPECT_EQ(session.state().position, 300);
  EXPECT_EQ(session.state().playing, Playing::paused);
  ASSERT_NE(session.lane(0).frame, nullptr);
  EXPECT_EQ(session.lane(0).frame->t, 300);
}

TEST_F(SessionTest, AFileThatNeverAnswersKeepsNobodyWaiting) {
  const auto path = session.state().picture;
  const std::string before = session.picture().title;
  const auto pipe = std::filesystem::temp_directory_path() / ("noiseglass-pipe-" + std::to_string(getpid()));
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  session.open(pipe);  // nobody writes to it: whoever reads it waits for ever
  EXPECT_EQ(session.picture().title, before);
  session.cancel_opening();
  EXPECT_FALSE(session.opening());
  EXPECT_EQ(session.state().picture, path);
  session.open(session.library().pictures.front().path);
  EXPECT_TRUE(session.wait_for_picture(20)) << "the next is not behind it in a queue";
  EXPECT_EQ(session.picture().title, session.library().pictures.front().title);
  std::filesystem::remove(pipe);
}

TEST_F(SessionTest, APictureIsTakenWithItsFitsOrNotAtAll) {
  const Shape digit = session.lane(0).x_0->shape;
  edit([&](AppState& s) { s.picture = session.library().pictures.front().path, s.working_size = 64; });
  for (int i = 0; i < 20000 && session.opening(); ++i) {
    ASSERT_EQ(session.lane(0).x_0->shape, digit);
    ASSERT_EQ(session.picture().path == session.state().picture, false);
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    session.tick(0);
  }
  EXPECT_EQ(session.picture().path, session.state().picture);
  EXPECT_EQ(std::max(session.lane(0).x_0->shape.width, session.lane(0).x_0->shape.height), 64);
  EXPECT_EQ(session.lane(1).x_0, session.lane(0).x_0) << "lanes with the same network share it";
}

TEST_F(SessionTest, BackToTheOldPictureGivesUpTheNewOne) {
  const auto path = session.state().picture;
  const std::uint64_t id = session.picture().id;
  const auto pipe = std::filesystem::path(::testing::TempDir()) / ("noiseglass-given-up-" + std::to_string(getpid()));
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);  // it never answers
  edit([&](AppState& s) { s.picture = pipe; });
  edit([&](AppState& s) { s.picture = path; });
  EXPECT_FALSE(session.opening());
  EXPECT_EQ(session.picture().id, id);
  EXPECT_EQ(session.message(), "");
  std::filesystem::remove(pipe);
}

TEST_F(SessionTest, WhileNoiseIsAddedThereAreQuickLooksAndAtRestTheWhole) {
  edit([&](AppState& s) { s.picture = session.library().pictures.front().path; });
  ASSERT_TRUE(session.wait_for_picture(60));
  const int before = session.lane(0).guesses;
  edit([](AppState& s) { s.position = 400, s.playing = Playing::forward; });
  wait();
  for (int i = 0; i < 2; ++i) {
    const LaneView& lane = session.lane(i);
    ASSERT_TRUE(lane.preview_current);
    EXPECT_TRUE(lane.preview->quick);
    EXPECT_EQ(std::max(lane.preview->x_0.shape.width, lane.preview->x_0.shape.height), 128);
    EXPECT_EQ(lane.preview->quality.psnr, 0) << "nothing is measured on a reduced copy";
  }
  EXPECT_GT(session.lane(0).guesses, before);
  edit([](AppState& s) { s.playing = Playing::paused; });
  wait();
  EXPECT_TRUE(session.lane(0).preview_current);
  EXPECT_FALSE(session.lane(0).preview->quick);
  EXPECT_EQ(session.lane(0).preview->x_0.shape, session.lane(0).x_0->shape);
  EXPECT_GT(session.lane(0).preview->quality.psnr, 60);
}

TEST_F(SessionTest, ARunBelongsToWhatItWasMadeFrom) {
  edit([](AppState& s) { s.position = 600; });
  act("play_reverse");
  wait();
  const auto run = session.lane(0).run;
  ASSERT_NE(run, nullptr);
  edit([](AppState& s) { s.view = View::forward, s.playing = Playing::paused; });
  EXPECT_EQ(session.lane(0).run, run) << "a look at the forward process leaves it";
  edit([](AppState& s) { ++s.seed; });
  EXPECT_EQ(session.lane(0).run, nullptr) << "it is not of this noise";
  edit([](AppState& s) { --s.seed; });
  EXPECT_EQ(session.lane(0).run, run);
  edit([&](AppState& s) { s.picture = session.library().pictures.front().path; });
  ASSERT_TRUE(session.wait_for_picture(60));
  EXPECT_EQ(session.lane(0).run, nullptr) << "nor of this picture";
}

TEST_F(SessionTest, ARunThatPlaysPassesFromMomentToMomentAndAtRestShowsOneThatWasComputed) {
  edit([](AppState& s) { s.position = 600; });
  act("play_reverse");
  wait();
  edit([](AppState& s) { s.position = 585, s.playing = Playing::reverse; });
  const LaneView& lane = session.lane(0);
  ASSERT_NE(lane.next, nullptr);
  EXPECT_EQ(lane.frame->t, 600);
  EXPECT_EQ(lane.next->t, 540);
  EXPECT_NEAR(lane.blend, 0.25, 1e-9);
  edit([](AppState& s) { s.playing = Playing::paused; });
  EXPECT_EQ(lane.next, nullptr);
  EXPECT_EQ(lane.frame->t, 600);
}

TEST_F(SessionTest, AGreyPictureStaysGreyAndSoDoesItsNoise) {
  bool any = false;
  for (const BundledPicture& picture : session.library().pictures) {
    session.open(picture.path);
    ASSERT_TRUE(session.wait_for_picture(60));
    any = any || session.picture().bytes.shape.channels == 1;
    EXPECT_EQ(session.lane(0).x_0->shape.channels, session.picture().bytes.shape.channels) << picture.title;
    EXPECT_EQ(session.shown_shape(0).channels, session.lane(0).x_0->shape.channels) << picture.title;
  }
  EXPECT_TRUE(any) << "one of them is grey";
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
      EXPECT_EQ(session.lane(1).run_problem, "");
      EXPECT_EQ(session.lane(1).run->frames.back()->t, 0);
    }
}

}  // namespace
}  // namespace noiseglass::app
