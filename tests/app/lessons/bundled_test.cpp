// The bundled lessons as files: how they are found, and that their formulae have been typeset.

#include "lessons/equations.h"
#include "lessons/library.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>

namespace noiseglass::lessons {
namespace {

TEST(BundledLessons, AreFoundByNumberNameOrFile) {
  const Lesson first = find_lesson("1");
  EXPECT_EQ(find_lesson("forward").file, first.file);
  EXPECT_EQ(find_lesson("1-forward").file, first.file);
  EXPECT_EQ(find_lesson(first.file.string()).title, first.title);
  EXPECT_THROW(find_lesson("froward"), UsageError);
  EXPECT_THROW(find_lesson("no/such/file.md"), Error);
  EXPECT_EQ(bundled_lessons().front().file, first.file);
}

TEST(BundledLessons, AreNumberedInTheirOrder) {
  const auto all = bundled_lessons();
  for (std::size_t i = 0; i < all.size(); ++i)
    EXPECT_TRUE(all[i].title.starts_with(std::to_string(i + 1) + " ")) << all[i].title;
}

std::set<Tex> needed() {
  std::set<Tex> all;
  for (const Lesson& lesson : bundled_lessons())
    for (const Tex& tex : formulae(lesson)) all.insert(tex);
  return all;
}

/// After a change of a formula: scripts/make_equations.
TEST(Formulae, OfTheLessonsAreTypesetAndNoneIsLeftOver) {
  const Equations equations = read_equations(assets_folder() / "equations");
  const std::set<Tex> wanted = needed();
  for (const Tex& tex : wanted) EXPECT_TRUE(equations.find(tex)) << "missing: " << tex.text;
  for (const auto& [tex, equation] : equations.known) EXPECT_TRUE(wanted.contains(tex)) << "stale: " << tex.text;
}

TEST(Formulae, HaveInkOnEverySheetAndInEverySymbol) {
  const Equations equations = read_equations(assets_folder() / "equations");
  ASSERT_EQ(equations.sheets.size(), 2u);
  for (const Equations::Sheet& sheet : equations.sheets) {
    const ByteImage mask = read_picture(sheet.file);
    ASSERT_EQ(mask.shape.channels, 1);
    const auto inked = [&](float left, float top, float right, float bottom) {
      bool ink = false;
      const int scale = sheet.scale;
      EXPECT_LE(right * float(scale), float(mask.shape.width));
      EXPECT_LE(bottom * float(scale), float(mask.shape.height));
      for (int y = int(top * float(scale)); y < std::min(mask.shape.height, int(bottom * float(scale))); ++y)
        for (int x = int(left * float(scale)); x < std::min(mask.shape.width, int(right * float(scale))); ++x)
          ink |= mask.data[std::size_t(y) * mask.shape.width + x] > 64;
      return ink;
    };
    for (const auto& [tex, e] : equations.known) {
      SCOPED_TRACE(tex.text);
      EXPECT_TRUE(inked(e.x, e.y, e.x + e.width, e.y + 2 * e.height));
      EXPECT_GT(e.depth, 0);
      EXPECT_LT(e.depth, e.height);
      const float below = e.y + e.height;  // the ink of symbols
      for (const Symbol& s : e.symbols)
        EXPECT_TRUE(inked(e.x + s.left, below + s.top, e.x + s.right, below + s.bottom)) << s.name;
    }
  }
}

TEST(Formulae, KnowTheirSymbols) {
  const Equations equations = read_equations(assets_folder() / "equations");
  std::set<std::string> names;
  for (const auto& [tex, equation] : equations.known)
    for (const Symbol& symbol : equation.symbols) names.insert(symbol.name);
  for (const char* name : {"x_0", "x_t", "epsilon"}) EXPECT_TRUE(names.contains(name)) << name;
  for (const std::string& name : names)
    EXPECT_THAT(name, ::testing::AnyOf("x_0", "x_t", "x_0_hat", "epsilon", "epsilon_hat", "score"));
}

}  // namespace
}  // namespace noiseglass::lessons
