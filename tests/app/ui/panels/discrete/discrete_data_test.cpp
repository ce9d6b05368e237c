#include "ui/panels/discrete/data.h"

#include <gmock/gmock.h>

namespace noiseglass::app {
namespace {

const std::vector<std::string> known = {"the cat sleeps.", "the dog sleeps.", "a bird sings."};

TEST(DiscreteData, ThePersonsSentenceComesFirstAndOnlyOnce) {
  const DiscreteSet own = sentence_set("Hello, you!", known), shared = sentence_set("A bird sings.", known);
  ASSERT_EQ(own.members.size(), 4u);
  EXPECT_EQ(own.members.front(), tokens_of_text("hello, you!", 44));
  EXPECT_EQ(own.classes, 32);
  EXPECT_EQ(own.columns * own.rows, 44);
  EXPECT_EQ(shared.members.size(), 3u);
  EXPECT_EQ(shared.members.front(), tokens_of_text("a bird sings.", 44));
}

TEST(DiscreteData, APictureIsCutSquareAndBroughtToItsLevels) {
  ByteImage picture(Shape{100, 300, 1});
  for (int y = 0; y < 100; ++y)
    for (int x = 0; x < 300; ++x) picture.data[std::size_t(y) * 300 + x] = x < 100 ? 255 : x < 150 ? 0 : 128;
  const DiscreteSet set = picture_set({small_picture("bars", picture)}, 3);
  ASSERT_EQ(set.members.front().size(), 64u * 64);
  EXPECT_EQ(set.members.front()[0], 0) << "black: the white part at the left lies outside of the middle square";
  EXPECT_EQ(set.members.front()[63], 1) << "the middle one of three levels";
}

DiscreteRun finished(const DiscreteSet& set, const char* kind, int from, int steps, std::uint64_t seed) {
  DiscreteRun run(set, make_transition(kind, set.classes), make_schedule("linear", 100), from, steps, seed);
  while (!run.done()) run.advance();
  return run;
}

TEST(DiscreteRun, EndsInAMemberOfTheSet) {
  const DiscreteSet set = sentence_set("who is it?", known);
  for (const char* kind : {"uniform", "absorbing"})
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
      const DiscreteRun run = finished(set, kind, 100, 20, seed);
      EXPECT_EQ(run.frames().back().t, 0);
      EXPECT_THAT(set.members, ::testing::Contains(run.frames().back().x)) << kind << ", seed " << seed;
      EXPECT_NEAR(run.frames().back().weights.maxCoeff(), 1, 1e-12);
    }
}

/// A mask that has come off stays off, and what was under it is never changed again.
TEST(DiscreteRun, OfTheAbsorbingKindOnlyTakesMasksOff) {
  const DiscreteSet set = sentence_set("who is it?", known);
  const DiscreteRun run = finished(set, "absorbing", 100, 20, 3);
  EXPECT_THAT(run.frames().front().x, ::testing::Each(32));
  for (std::size_t k = 1; k < run.frames().size(); ++k)
    for (std::size_t i = 0; i < 44; ++i)
      EXPECT_TRUE(run.frames()[k - 1].x[i] == 32 || run.frames()[k].x[i] == run.frames()[k - 1].x[i]);
}

TEST(DiscreteRun, FromLittleNoiseComesBackToWhatItWas) {
  const DiscreteSet set = sentence_set("who is it?", known);
  for (const char* kind : {"uniform", "absorbing"})
    EXPECT_EQ(finished(set, kind, 10, 5, 4).frames().back().x, set.members.front()) << kind;
}

TEST(DiscreteRun, ShowsTheLatestStepThatTheSliderHasReached) {
  const DiscreteSet set = sentence_set("who is it?", known);
  const DiscreteRun run = finished(set, "uniform", 100, 4, 1);
  EXPECT_THAT(run.times(), ::testing::ElementsAre(100, 75, 50, 25, 0));
  for (const auto& [slider, shown] : {std::pair{100, 100}, {76, 100}, {75, 75}, {30, 50}, {1, 25}, {0, 0}})
    EXPECT_EQ(run.at(slider).t, shown);
}

TEST(DiscreteRun, HasNoStepTwiceWhenThereAreMoreStepsThanTime) {
  const DiscreteSet set = sentence_set("who is it?", known);
  EXPECT_THAT(finished(set, "uniform", 3, 50, 1).times(), ::testing::ElementsAre(3, 2, 1, 0));
}

}  // namespace
}  // namespace noiseglass::app
