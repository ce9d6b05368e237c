#include "session/schedule_scores.h"

#include "session/results.h"

#include "noiseglass/judge.h"
#include "noiseglass/knots.h"
#include "noiseglass/library.h"
#include "noiseglass/network_denoiser.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <thread>

namespace noiseglass::app {
namespace {

const ModelInfo& digits(const Library& library) {
  return *std::ranges::find(library.models, std::string("digits"), &ModelInfo::name);
}

Image gradient(Shape shape) {
  Image image(shape);
  for (std::size_t i = 0; i < image.data.size(); ++i) image.data[i] = float(i % 97) / 48.f - 1;
  return image;
}

TEST(MiddleOf, IsTheMiddleOfALargePictureAndTheWholeOfASmallOne) {
  const Image large = gradient({300, 129, 3}), middle = middle_of(large);
  EXPECT_EQ(middle.shape, (Shape{128, 128, 3}));
  EXPECT_EQ(middle.at(0, 0, 2), large.at(86, 0, 2));
  EXPECT_EQ(middle.at(127, 127, 0), large.at(213, 127, 0));
  const Image small = gradient({32, 28, 1});
  EXPECT_EQ(middle_of(small).data, small.data);
}

ScheduleScore score_of(const ScheduleTrial& trial) {
  ScheduleScore last;
  try_schedule(trial, {}, [&](ScheduleScore score) { last = score; });
  return last;
}

/// The way back with the exact denoiser of Gaussian data, against the core's own run.
TEST(TrySchedule, MeasuresThePictureThatComesBack) {
  const auto schedule =
      std::make_shared<const Schedule>(make_schedule("custom", 1000, {{"knots", points_from_text("0:8,0.3:1,1:-8")}}));
  const auto picture = std::make_shared<const Image>(gradient({20, 30, 3}));
  LaneState lane;
  lane.denoiser = "gaussian", lane.sample_steps = 6;
  ScheduleTrial trial;
  trial.run = {{lane, "", picture}, schedule, 400, Origin::picture, 11, Epsilon::one};
  const ScheduleScore score = score_of(trial);
  ASSERT_TRUE(score.done);

  DenoiserSources sources;
  sources.mean = Eigen::ArrayXd::Zero(Eigen::Index(picture->shape.size()));
  sources.std = 0.5;
  const auto denoiser = find_record("denoiser", denoiser_records(), "gaussian").make(sources);
  const auto sampler = make_sampler("ddim", {*schedule, make_timesteps("trailing", *schedule, 400, 6), denoiser,
                                             to_state(corrupt(*picture, *schedule, 400, 11)), 11, true});
  SamplerStep last;
  while (!sampler->done()) last = sampler->step();
  EXPECT_NEAR(score.psnr, psnr_db(to_image(last.x_t), *picture), 1e-4);
}

/// Samples are those of the command line: seed and class count up together.
TEST(TrySchedule, CountsWhatTheJudgeReadsAsAsked) {
  const Library library = load_library();
  const ModelInfo& model = digits(library);
  const auto schedule = std::make_shared<const Schedule>(make_schedule("cosine", 1000));
  const Shape shape{model.size, model.size, model.channels};
  LaneState lane;
  lane.sample_steps = 4;
  ScheduleTrial trial;
  trial.run = {
      {lane, model.path, std::make_shared<const Image>(shape)}, schedule, 1000, Origin::noise, 3, Epsilon::one};
  trial.samples = 12, trial.judge = judge_of("digits"), trial.classes = 10;
  std::vector<int> shown;
  ScheduleScore last;
  try_schedule(trial, {}, [&](ScheduleScore score) { shown.push_back(score.of), last = score; });
  EXPECT_EQ(shown, (std::vector<int>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}));

  const Judge judge = Judge::load(judge_of("digits"));
  const auto network = Network::load(model.path);
  int read = 0;
  for (int i = 0; i < 12; ++i) {
    const auto sampler = make_sampler(
        "ddim",
        {*schedule, make_timesteps("trailing", *schedule, 4), make_network_denoiser(network, i % 10, 1),
         to_state(gaussian_image({std::uint64_t(3 + i), streams::forward}, shape)), std::uint64_t(3 + i), true});
    SamplerStep step;
    while (!sampler->done()) step = sampler->step();
    read += judge.class_of(to_image(step.x_t)) == i % 10;
  }
  EXPECT_EQ(last.read, read);
  EXPECT_TRUE(last.done);
  EXPECT_GT(read, 4);
}

TEST(ScheduleScores, DoWhatIsWantedAndKeepIt) {
  const auto picture = std::make_shared<const Image>(gradient({8, 8, 1}));
  const auto trial_of = [&](int from) {
    LaneState lane;
    lane.denoiser = "gaussian", lane.sample_steps = 3;
    ScheduleTrial trial;
    trial.key = Key(from);
    trial.run = {
        {lane, "", picture}, std::make_shared<const Schedule>(make_schedule("linear", 100)), from, Origin::picture, 1,
        Epsilon::one};
    return trial;
  };
  ScheduleScores scores;
  const auto wait_for = [&](const Key& key) {
    for (int i = 0; i < 2000; ++i) {
      if (const auto found = scores.find(key); found.value && found.value->done) return found.value->psnr;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    ADD_FAILURE() << "nothing came";
    return 0.0;
  };
  EXPECT_FALSE(scores.find(Key(50)));
  scores.want({trial_of(50), trial_of(20)}, [] {});
  const double first = wait_for(Key(50));
  EXPECT_EQ(first, score_of(trial_of(50)).psnr);
  wait_for(Key(20));
  scores.want({trial_of(80)}, [] {});
  wait_for(Key(80));
  EXPECT_EQ(wait_for(Key(50)), first);
}

/// A network that is missing is a sentence, where the score would be.
TEST(ScheduleScores, SayWhyThereIsNone) {
  LaneState lane;
  ScheduleTrial trial;
  trial.key = Key("none");
  trial.run = {{lane, "", std::make_shared<const Image>(Shape{8, 8, 1})},
               std::make_shared<const Schedule>(make_schedule("linear", 100)),
               50,
               Origin::picture,
               1,
               Epsilon::one};
  ScheduleScores scores;
  scores.want({trial}, [] {});
  std::string problem;
  for (int i = 0; i < 2000 && problem.empty(); ++i) {
    problem = scores.find(trial.key).problem;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  EXPECT_NE(problem.find("no trained network"), std::string::npos);
}

}  // namespace
}  // namespace noiseglass::app
