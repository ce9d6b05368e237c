#include "ui/widgets/layout.h"

#include <gtest/gtest.h>

#include <array>

namespace noiseglass::app {
namespace {

const Rect area{{100, 50}, {700, 350}};  // 600 × 300

TEST(Layout, EveryPartGetsItsLeastAndTheRestIsShared) {
  const std::array<Part, 2> parts{{{100, 3}, {100, 1}}};
  const auto placed = columns(area, 20, parts);
  EXPECT_EQ(placed[0]->width(), 100 + 380 * 3 / 4);
  EXPECT_EQ(placed[1]->width(), 100 + 380 / 4);
  EXPECT_EQ(placed[0]->min.x, 100);
  EXPECT_EQ(placed[1]->max.x, 700);
  EXPECT_EQ(placed[1]->min.x - placed[0]->max.x, 20);
}

TEST(Layout, WhereThereIsNoRoomTheLeastImportantGoesAndTheOthersGrow) {
  const std::array<Part, 3> parts{{{200, 1, 2}, {200, 1, 0}, {200, 1, 1}}};
  const auto placed = rows(area, 20, parts);  // 300 high: one of three
  EXPECT_TRUE(placed[0]);
  EXPECT_FALSE(placed[1]);
  EXPECT_FALSE(placed[2]);
  EXPECT_EQ(placed[0]->height(), 300);
}

TEST(Layout, TheLastPartStaysHoweverSmallTheRoom) {
  const std::array<Part, 1> parts{{{1000}}};
  EXPECT_EQ(columns(area, 20, parts)[0]->width(), 600);
}

TEST(Layout, WhatOnePartCannotUseGoesToTheOthers) {
  const std::array<Part, 2> parts{{{100, 1, 0, 150}, {100, 1}}};
  const auto placed = columns(area, 20, parts);
  EXPECT_EQ(placed[0]->width(), 150);
  EXPECT_EQ(placed[1]->width(), 430);
}

TEST(Layout, PicturesLieInTheGridThatMakesThemLargest) {
  const auto flat = picture_grid(area, 4, 1, 20);  // 600 × 300: 2 × 2 gives 140, a row 135
  EXPECT_EQ(flat[0].width(), 140);
  EXPECT_EQ(flat[3].min.x, 100 + 160);
  EXPECT_EQ(flat[3].max.y, 350);
  const auto wide = picture_grid({{0, 0}, {600, 150}}, 4, 1, 20);
  EXPECT_EQ(wide[3].min.y, wide[0].min.y);
  for (const Rect& place : wide) EXPECT_EQ(place.width(), 135);
}

TEST(Layout, PicturesLeaveRoomForTheirWords) {
  const auto places = picture_grid(area, 1, 1, 20, 30);
  EXPECT_EQ(places[0].min.y, 80);
  EXPECT_EQ(places[0].max.y, 350);
}

}  // namespace
}  // namespace noiseglass::app
