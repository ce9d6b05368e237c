// What looking at every picture of every tab and lesson has shown to be wrong, and must not come back.

#include "tests/app/layout/stage.h"

#include "lessons/library.h"
#include "ui/lessons/lessons.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace noiseglass::app {
namespace {

using Item = LayoutRecord::Item;

const WindowSize sizes[] = {{1024, 768, 1}, {1280, 800, 1}, {1920, 1080, 1}};

bool is_seen(const Stage& stage, LayoutRecord::Kind kind, const std::string& name) {
  return std::ranges::any_of(stage.record().items, [&](const Item& item) {
    return item.kind == kind && item.name == name && item.seen.width() > 1;
  });
}

void open_page(Stage& stage, std::size_t lesson, int page) {
  LessonReader& reader = stage.contents().lesson().reader;
  reader.open(lessons::bundled_lessons().at(lesson), stage.session().state());
  reader.turn_to(page);
  stage.settle(80);
}

/// A curve without its entry is a curve that nobody can name.
TEST(Legends, NameEveryCurveOfThePixelAtEverySize) {
  for (const bool projected : {false, true}) {
    Stage stage;
    stage.show("pixel");
    if (projected) stage.project();
    for (const WindowSize& size : sizes) {
      stage.resize(size);
      stage.settle();
      if (!stage.contents().landmarks().contains("pixel.paths")) continue;  // it has no room at all
      for (const auto& [curve, brief] : {std::pair{"in one shot: one ε for every t", "one ε"},
                                         {"step by step: fresh ε each time", "fresh ε"},
                                         {"√ᾱ·x₀ ± 2σ", "± 2σ"}})
        EXPECT_TRUE(is_seen(stage, LayoutRecord::Kind::text, curve) || is_seen(stage, LayoutRecord::Kind::text, brief))
            << curve << " " << size.text() << (projected ? " projected" : "");
    }
  }
}

/// β and σ may go where two lanes stand beside each other; where the lane is may not.
TEST(LaneHeader, KeepsTheTimeWhereThereIsLittleRoom) {
  Stage stage;
  stage.resize({1280, 800, 1});
  open_page(stage, 4, 2);  // 5 steps and 50, beside each other
  ASSERT_LT(stage.place_of("lane1.x_t").max.x, stage.place_of("lane2.x_t").min.x);
  EXPECT_TRUE(is_seen(stage, LayoutRecord::Kind::text, "t"));
  EXPECT_TRUE(is_seen(stage, LayoutRecord::Kind::text, "ᾱ"));
}

/// Letters of the clean sentence, line by line as they stand on the screen.
std::vector<std::string> lines_of_letters(const Stage& stage) {
  std::map<int, std::map<float, std::string>> by_height;
  const Rect tiles = stage.place_of("discrete.tiles");
  for (const Item& item : stage.record().items)
    if (item.kind == LayoutRecord::Kind::text && item.name.size() == 1 && item.rect.min.x >= tiles.min.x &&
        item.rect.max.x <= tiles.max.x && item.rect.min.y >= tiles.min.y && item.rect.max.y <= tiles.max.y)
      by_height[int(item.rect.min.y)][item.rect.min.x] = item.name;
  std::vector<std::string> lines;
  for (const auto& [y, letters] : by_height) {
    lines.emplace_back();
    for (const auto& [x, letter] : letters) lines.back() += letter;
  }
  return lines;
}

TEST(Discrete, BreaksItsSentenceBetweenWords) {
  Stage stage;
  stage.show("discrete");
  AppState next = stage.session().state();
  next.position = 0;  // nothing is masked: the three lines of letters are the same
  stage.session().apply(next);
  for (const WindowSize& size : sizes) {
    stage.resize(size);
    stage.settle();
    const std::string all = "thecathidesinthenoiseagain.";
    for (const std::string& line : lines_of_letters(stage)) {
      const auto from = all.find(line);
      ASSERT_NE(from, all.npos) << line;
      for (const std::size_t end : {from, from + line.size()})  // where words begin and end, without their gaps
        EXPECT_TRUE(std::ranges::count(std::vector<std::size_t>{0, 3, 6, 11, 13, 16, 21, 27}, end))
            << line << " " << size.text();
    }
  }
}

TEST(NoisePrediction, ComparesItsPicturesWithTheOriginal) {
  Stage stage;
  stage.show("noise");
  stage.settle(400);
  EXPECT_TRUE(stage.contents().landmarks().contains("noise.x_t.wipe"));
  EXPECT_FALSE(stage.contents().landmarks().contains("noise.epsilon.wipe")) << "noise has no original";
}

}  // namespace
}  // namespace noiseglass::app
