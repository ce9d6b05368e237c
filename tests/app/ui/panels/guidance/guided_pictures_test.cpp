#include "ui/panels/guidance/guided_pictures.h"

#include "noiseglass/library.h"
#include "noiseglass/network_denoiser.h"
#include "noiseglass/sampler.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <thread>

namespace noiseglass::app {
namespace {

const ModelInfo& digits() {
  static const Library library = load_library();
  for (const ModelInfo& model : library.models)
    if (model.name == "digits") return model;
  throw Error("The network \"digits\" is not among the assets.");
}

GuidedRequest request(int class_index, double guidance, int steps = 6, bool detailed = false) {
  GuidedRequest made;
  made.model_path = digits().path;
  made.shape = {digits().size, digits().size, digits().channels};
  made.class_index = class_index;
  made.guidance = guidance;
  made.schedule = std::make_shared<Schedule>(make_schedule("linear", 1000));
  made.schedule_key = Key("linear");
  made.steps = steps;
  made.seed = 7;
  made.detailed = detailed;
  return made;
}

std::shared_ptr<const GuidedPicture> wait_for(const GuidedPictures& pictures, const GuidedRequest& wanted) {
  for (int i = 0; i < 120'000; ++i) {
    const auto picture = pictures.find(wanted);
    if ((picture.value && picture.value->done) || !picture.problem.empty()) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return pictures.find(wanted).value;
}

/// What the core makes of the same request.
Image generate(const GuidedRequest& wanted) {
  const auto denoiser = make_network_denoiser(Network::load(wanted.model_path), wanted.class_index, wanted.guidance);
  const auto sampler =
      make_sampler("ddim", {*wanted.schedule, make_timesteps("trailing", *wanted.schedule, wanted.steps), denoiser,
                            to_state(gaussian_image({wanted.seed, streams::forward}, wanted.shape)), wanted.seed,
                            wanted.guidance == 1});
  SamplerStep step;
  while (!sampler->done()) step = sampler->step();
  return to_image(step.x_t);
}

TEST(GuidedPictures, AreThoseOfTheCore) {
  GuidedPictures pictures([] {});
  for (const double guidance : {0.0, 1.0, 3.0}) {
    const GuidedRequest wanted = request(4, guidance);
    pictures.want({wanted});
    const auto picture = wait_for(pictures, wanted);
    ASSERT_TRUE(picture && picture->done) << guidance;
    EXPECT_LT(mean_squared_error(picture->picture, generate(wanted)), 1e-9) << guidance;
  }
}

// The two predictions that are shown are those that the weight combines: ε̂ = ε̂_free + w·(ε̂_class − ε̂_free).
TEST(GuidedPictures, CombineTheTwoPredictionsThatTheyShow) {
  GuidedPictures pictures([] {});
  const GuidedRequest wanted = request(8, 2.5, 5, true);
  pictures.want({wanted});
  const auto picture = wait_for(pictures, wanted);
  ASSERT_TRUE(picture && picture->done);
  ASSERT_EQ(picture->moments.size(), 5u);
  double changed = 0;
  for (const auto& moment : picture->moments)
    for (std::size_t i = 0; i < moment->epsilon.data.size(); ++i) {
      const float free = moment->epsilon_free.data[i], with = moment->epsilon_class.data[i];
      EXPECT_NEAR(moment->epsilon.data[i], free + 2.5f * (with - free), 2e-4);
      changed = std::max(changed, double(std::abs(with - free)));
    }
  EXPECT_GT(changed, 0.05) << "the class must make a difference somewhere";
  EXPECT_EQ(picture->at(1000)->t, 1000);
  EXPECT_EQ(picture->at(650)->t, picture->moments[1]->t);  // 1000, 800, 600 …: the noisier of its neighbours
  EXPECT_EQ(picture->at(0)->t, picture->moments.back()->t);
}

TEST(GuidedPictures, AreMadeInTheOrderInWhichTheyAreWantedAndKept) {
  std::atomic<int> news = 0;
  GuidedPictures pictures([&] { ++news; });
  const GuidedRequest first = request(1, 2), second = request(2, 2);
  pictures.want({first, second});
  ASSERT_TRUE(wait_for(pictures, second)->done);
  const auto made = pictures.find(first).value;
  ASSERT_TRUE(made && made->done);
  const int before = news;
  pictures.want({second, first});
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_EQ(news, before) << "nothing is made twice";
  EXPECT_EQ(pictures.find(first).value, made);
}

TEST(GuidedPictures, WhatIsNoLongerWantedIsGivenUp) {
  GuidedPictures pictures([] {});
  const GuidedRequest slow = request(3, 2, 1000), quick = request(5, 2, 2);
  pictures.want({slow});
  while (!pictures.find(slow)) std::this_thread::yield();
  pictures.want({quick});
  ASSERT_TRUE(wait_for(pictures, quick)->done);
  EXPECT_FALSE(pictures.find(slow).value->done);
}

TEST(GuidedPictures, SayWhatIsWrong) {
  GuidedPictures pictures([] {});
  GuidedRequest wanted = request(0, 1);
  wanted.model_path = "nowhere.safetensors";
  pictures.want({wanted});
  EXPECT_EQ(wait_for(pictures, wanted), nullptr);
  EXPECT_NE(pictures.find(wanted).problem.find("nowhere.safetensors"), std::string::npos);
}

}  // namespace
}  // namespace noiseglass::app
