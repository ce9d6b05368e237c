// What is said of a guess that is not, or not wholly, what is asked for.
#include "ui/window/parts.h"

#include <gtest/gtest.h>

#include <memory>

namespace noiseglass::app {
namespace {

LaneView lane_with(int t, bool quick, bool current) {
  auto preview = std::make_shared<Preview>();
  preview->t = 300, preview->quick = quick;
  LaneView lane;
  lane.t = t, lane.preview = preview, lane.preview_current = current;
  return lane;
}

TEST(GuessWords, AGuessOfAnotherTNamesWhatItWaitsFor) {
  EXPECT_EQ(about_guess_of(lane_with(420, true, false)), "of t = 300, computing 420");
  EXPECT_EQ(about_guess_of(lane_with(420, false, false)), "of t = 300, computing 420");
}

TEST(GuessWords, AGuessOfOtherNoiseWaitsForTheSameT) {
  EXPECT_EQ(about_guess_of(lane_with(300, false, false)), "computing t = 300");
}

TEST(GuessWords, AQuickLookIsCalledSoAndTheWholeNeedsNoWords) {
  EXPECT_EQ(about_guess_of(lane_with(300, true, true)), "at reduced size first");
  EXPECT_EQ(about_guess_of(lane_with(300, false, true)), "");
}

TEST(GuessWords, WhereThereIsNoGuessTheSentenceStandsInItsPlace) {
  EXPECT_EQ(about_guess_of(LaneView()), "");
  LaneView failed = lane_with(420, true, false);
  failed.preview_problem = "There is not enough memory for this.";
  EXPECT_EQ(about_guess_of(failed), "");
}

}  // namespace
}  // namespace noiseglass::app
