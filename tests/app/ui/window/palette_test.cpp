// What people type finds what they mean, and all of it comes from the tables.
#include "ui/window/palette/entries.h"

#include "lessons/library.h"
#include "session/actions.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace noiseglass::app {
namespace {

const std::vector<PaletteEntry>& all() {
  static const auto entries = palette_entries(lessons::bundled_lessons());
  return entries;
}

/// The first that is found, as a line.
std::string first(const std::string& query) {
  const auto found = fitting(all(), query);
  if (found.empty()) return "";
  const PaletteEntry& entry = found.front();
  return entry.kind == PaletteEntry::Kind::setting ? entry.name + " = " + entry.value : entry.name;
}

TEST(Palette, FindsSettingsByTheirValueAndByTheirName) {
  EXPECT_EQ(first("cosine"), "lane.schedule = cosine");
  EXPECT_EQ(first("guidance 4"), "lane.guidance = 4");
  EXPECT_EQ(first("cfg 4"), "lane.guidance = 4") << "as others call it";
  EXPECT_EQ(first("seed 12"), "seed = 12");
}

TEST(Palette, FindsLessonsAndActions) {
  EXPECT_EQ(lessons::short_name(first("lesson score")), "score");
  EXPECT_EQ(first("undo"), "undo");
  EXPECT_EQ(first("Add Noise"), "play_forward");
  EXPECT_EQ(first("expt"), "export") << "letters may be missing";
  EXPECT_EQ(first("no such thing"), "");
}

TEST(Palette, HasEveryAction) {
  for (const Action& action : actions()) {
    if (action.id == "palette") continue;  // it is open
    EXPECT_TRUE(std::ranges::any_of(all(), [&](const PaletteEntry& entry) { return entry.name == action.id; }))
        << action.id;
  }
  EXPECT_EQ(fitting(all(), "  ").size(), all().size());
}

TEST(Palette, AWordThatIsOneCountsMoreThanOneThatHoldsIt) {
  EXPECT_GT(fit("score", "Score"), fit("score", "Scores"));
  EXPECT_GT(fit("ore", "ore"), fit("ore", "score"));
  EXPECT_EQ(fit("score x", "score"), 0);
}

}  // namespace
}  // namespace noiseglass::app
