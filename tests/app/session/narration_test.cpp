#include "session/narration.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace noiseglass::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Scene forward(int t, double log_snr_a, double log_snr_b) {
  Scene scene;
  scene.t = t;
  scene.lanes = {{"Linear", log_snr_a}, {"Cosine", log_snr_b}};
  return scene;
}

TEST(Narration, SaysLessAndLessSurvives) {
  std::vector<std::string> clauses;
  for (double log_snr = 12; log_snr > -12; log_snr -= 0.5)
    if (const std::string clause = what_survives(log_snr); clauses.empty() || clauses.back() != clause)
      clauses.push_back(clause);
  EXPECT_EQ(clauses.size(), 7u);
  for (std::size_t i = 0; i < clauses.size(); ++i)
    EXPECT_EQ(std::count(clauses.begin(), clauses.end(), clauses[i]), 1) << clauses[i];
}

/// The budgerigar of lesson 1 at 33 % of the linear schedule (−3.1 dB), whose eye, bars and claws can be seen.
TEST(Narration, LosesNoShapesThatCanBeSeen) {
  const double minus_3_db = -0.71, minus_13_db = -3, minus_20_db = -4.6;
  EXPECT_EQ(what_survives(minus_3_db), "shapes survive, fine texture is gone");
  EXPECT_EQ(what_survives(minus_13_db), "only large areas of light and dark are left");
  EXPECT_EQ(what_survives(minus_20_db), "only a faint trace, hard to see");
  EXPECT_EQ(what_survives(minus_3_db, true), "only the strongest stripes are left")
      << "it has no shapes, and its fine stripes go no sooner";
}

TEST(Narration, NamesTheTimeAndTheLanesWhenTheyDiffer) {
  EXPECT_THAT(narrate(forward(420, -3, 0.3)),
              ::testing::AllOf(HasSubstr("t = 420 of 1000"), HasSubstr("Linear:"), HasSubstr("Cosine:")));
  EXPECT_THAT(narrate(forward(420, 0.2, 0.3)), Not(HasSubstr("Linear:")));
}

TEST(Narration, TheOracleIsCalledCheating) {
  Scene scene = forward(420, 0.2, 0.3);
  for (Scene::Lane& lane : scene.lanes) lane.denoiser = "oracle";
  EXPECT_THAT(narrate(scene), ::testing::AllOf(HasSubstr("cheating"), Not(HasSubstr("Linear:"))));
  scene.lanes[1].denoiser = "network";
  EXPECT_THAT(narrate(scene),
              ::testing::AllOf(HasSubstr("Linear: The oracle"), HasSubstr("Cosine: The network's estimate")));
}

TEST(Narration, WhatARunWasWorthIsSaidOfEachLane) {
  Scene scene = forward(0, 30, 30);
  scene.view = View::reverse, scene.run_from = 600;
  scene.lanes[0].from_log_snr = -5, scene.lanes[1].from_log_snr = 3;
  EXPECT_THAT(narrate(scene),
              ::testing::AllOf(HasSubstr("t = 600"), HasSubstr("Linear dreamed"), HasSubstr("Cosine restored it")));
  scene.lanes[1].denoiser = "oracle";
  EXPECT_THAT(narrate(scene), ::testing::AllOf(HasSubstr("Linear dreamed"), HasSubstr("Cosine cheated")));
  scene.t = 300;
  EXPECT_THAT(narrate(scene), HasSubstr("each lane's denoiser predicts"));
}

TEST(Narration, OfPureNoiseOnlyAModelMakesAPictureUp) {
  Scene scene = forward(1000, -10, -10);
  scene.view = View::reverse, scene.origin = Origin::noise, scene.run_from = 1000;
  EXPECT_THAT(narrate(scene), HasSubstr("no picture in it; the network will make one up."));
  scene.lanes[1].denoiser = "exact";
  EXPECT_THAT(narrate(scene),
              ::testing::AllOf(HasSubstr("Linear: the network will make one up."),
                               HasSubstr("Cosine: the exact denoiser will end at one of the pictures")));
  scene.lanes[0].denoiser = "exact";
  EXPECT_THAT(narrate(scene), ::testing::AllOf(HasSubstr("no picture in it; the exact denoiser will end at"),
                                               Not(HasSubstr("make one up"))));
}

TEST(Narration, GenerationIsNotCalledRecovery) {
  Scene scene = forward(0, 30, 30);
  scene.view = View::reverse, scene.origin = Origin::noise, scene.run_from = 1000;
  EXPECT_THAT(narrate(scene), HasSubstr("t = 0: a picture that never existed"));
  scene.samples = 64;
  EXPECT_THAT(narrate(scene), HasSubstr("64 pictures that never existed"));
  scene.samples = 1;
  scene.lanes[1].denoiser = "exact";  // it can only give back what it holds
  EXPECT_THAT(narrate(scene), ::testing::AllOf(HasSubstr("Linear: a picture that never existed"),
                                               HasSubstr("Cosine: one of the pictures that the exact denoiser knows")));
  scene.lanes[0].denoiser = "exact";
  EXPECT_THAT(narrate(scene),
              ::testing::AllOf(HasSubstr("t = 0: one of the pictures"), Not(HasSubstr("never existed"))));
  for (Scene::Lane& lane : scene.lanes) lane.denoiser = "network";
  scene.origin = Origin::picture, scene.run_from = 500;
  EXPECT_THAT(narrate(scene), HasSubstr("invented, not restored"));
  for (Scene::Lane& lane : scene.lanes) lane.from_log_snr = -5;
  EXPECT_THAT(narrate(scene), ::testing::AllOf(HasSubstr("dreamed"), Not(HasSubstr("restored"))));
  for (Scene::Lane& lane : scene.lanes) lane.from_log_snr = 5;
  EXPECT_THAT(narrate(scene), ::testing::AllOf(HasSubstr("restored"), Not(HasSubstr("dreamed"))));
}

}  // namespace
}  // namespace noiseglass::app
