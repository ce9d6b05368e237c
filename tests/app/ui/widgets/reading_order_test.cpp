// Tab goes where the eye goes: rows from top to bottom, columns from left to right, and each to its end.
#include "ui/widgets/reading_order.h"

#include <gmock/gmock.h>

#include <random>
#include <vector>

namespace noiseglass::app {
namespace {

using testing::ElementsAre;

Rect at(float x, float y, float width = 10, float height = 10) { return {{x, y}, {x + width, y + height}}; }

TEST(ReadingOrder, GoesByRows) {
  const std::vector<Rect> places = {at(50, 31), at(0, 30), at(20, 0), at(0, 1), at(40, 2)};
  EXPECT_THAT(reading_order(places), ElementsAre(3, 2, 4, 1, 0));
}

/// A column that reaches from top to bottom is read to its end before the one beside it.
TEST(ReadingOrder, DoesNotJumpBetweenColumns) {
  const std::vector<Rect> places = {at(100, 0, 40, 90), at(0, 0), at(0, 40), at(60, 20), at(60, 60), at(0, 80)};
  EXPECT_THAT(reading_order(places), ElementsAre(1, 2, 5, 3, 4, 0));
}

/// As in the window: tabs; then a bar, two columns and a timeline, and beside all of them a lesson.
TEST(ReadingOrder, TakesTheWindowApart) {
  const std::vector<Rect> places = {
      at(300, 20, 100, 280),  // the lesson, drawn first
      at(0, 0, 400, 20),      // tabs
      at(0, 240, 300, 60),    // timeline
      at(100, 40, 200, 190),  // pictures
      at(0, 40, 90, 190),     // strip
      at(0, 20, 300, 18),     // bar
  };
  EXPECT_THAT(reading_order(places), ElementsAre(1, 5, 4, 3, 2, 0));
}

TEST(ReadingOrder, NamesEachPlaceOnceWhateverLiesOverWhat) {
  std::mt19937 random(1);
  std::uniform_real_distribution<float> somewhere(0, 300), size(1, 80);
  for (int round = 0; round < 200; ++round) {
    std::vector<Rect> places;
    for (int i = 0; i < round % 40; ++i)
      places.push_back(at(somewhere(random), somewhere(random), size(random), size(random)));
    std::vector<std::size_t> all(places.size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
    EXPECT_THAT(reading_order(places), testing::UnorderedElementsAreArray(all));
  }
}

}  // namespace
}  // namespace noiseglass::app
