// The bundled lessons as files: how they are found, and that their formulae have been typeset.

#include "lessons/equations.h"
#include "lessons/library.h"
#include "lessons/table.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>

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

TEST(Links, LeadToLessonsAndTheirPages) {
  const auto leads = [](const std::string& target) {
    const Link link = link_to(target, "some/where.md");
    return std::pair(link.lesson, link.page);
  };
  EXPECT_EQ(leads("6#3"), std::pair(std::string("6"), 3));
  EXPECT_EQ(leads("score"), std::pair(std::string("score"), 0));
  EXPECT_EQ(leads("#2"), std::pair(std::string(), 2));
  EXPECT_EQ(leads("mine.md"), std::pair(std::string("some/mine.md"), 0)) << "beside the lesson that has the link";
  EXPECT_TRUE(is_address("https://example.org"));
  EXPECT_FALSE(is_address("6#3"));
}

/// Of those that come with the program, each leads somewhere.
TEST(Links, OfTheBundledLessonsLeadSomewhere) {
  const auto check = [](const Lesson& lesson, const Spans& text) {
    for (const Span& span : text) {
      if (span.kind != Span::Kind::link || is_address(span.target)) continue;
      const Link link = link_to(span.target, lesson.file);
      EXPECT_NO_THROW({
        const Lesson there = link.lesson.empty() ? lesson : find_lesson(link.lesson);
        EXPECT_LE(link.page, int(there.pages.size())) << span.target;
      }) << lesson.title
         << ": " << span.target;
    }
  };
  for (const Lesson& lesson : bundled_lessons())
    for (const Page& page : lesson.pages)
      for (const Block& block : page.blocks) {
        if (const auto* paragraph = std::get_if<Paragraph>(&block)) check(lesson, paragraph->text);
        if (const auto* question = std::get_if<Question>(&block))
          for (const Answer& answer : question->answers) check(lesson, answer.why);
      }
}

TEST(Tables, GiveEachColumnWhatItNeedsWhereThereIsRoom) {
  EXPECT_EQ(share_out<double>({10, 20}, 100), (std::vector<double>{10, 20}));
  const auto shared = share_out<double>({10, 400, 100}, 200);
  EXPECT_EQ(shared[0], 10) << "a narrow one keeps its width";
  EXPECT_NEAR(shared[0] + shared[1] + shared[2], 200, 1e-9);
  EXPECT_GT(shared[1], shared[2]);
  EXPECT_TRUE(share_out<double>({}, 10).empty());
}

std::set<Tex> needed() {
  std::set<Tex> all;
  for (const Lesson& lesson : bundled_lessons())
    for (const auto& file : {lesson.file, plan_file(lesson)})
      for (const Tex& tex : formulae(read_lesson(file))) all.insert(tex);
  return all;
}

/// After a change of a formula: scripts/make_equations.
TEST(Formulae, OfTheLessonsAreTypesetAndNoneIsLeftOver) {
  const Equations equations = read_equations(assets_folder() / "equations");
  const std::set<Tex> wanted = needed();
  for (const Tex& tex : wanted) EXPECT_TRUE(equations.find(tex)) << "missing: " << tex.text;
  for (const auto& [tex, equation] : equations.known) EXPECT_TRUE(wanted.contains(tex)) << "stale: " << tex.text;
}

TEST(Formulae, LieInTheirBoxesWithInkInEverySymbol) {
  const Equations equations = read_equations(assets_folder() / "equations");
  for (const auto& [tex, e] : equations.known) {
    SCOPED_TRACE(tex.text);
    EXPECT_FALSE(e.marks.empty());
    EXPECT_GT(e.depth, 0);
    EXPECT_LT(e.depth, e.height);
    std::set<int> inked;
    for (const Mark& mark : e.marks) {
      inked.insert(mark.symbol);
      for (const Outline::Piece& piece : equations.glyphs[std::size_t(mark.glyph)].pieces) {
        const Outline::Point end = piece.points[std::max(0, int(piece.kind) - 1)];
        const float x = mark.sx * end.x + mark.tx, y = mark.sy * end.y + mark.ty;
        EXPECT_TRUE(x > -1 && x < e.width + 1 && y > -1 && y < e.height + 1) << x << ", " << y;
      }
    }
    for (int i = 0; i < int(e.symbols.size()); ++i) EXPECT_TRUE(inked.contains(i)) << e.symbols[std::size_t(i)];
  }
}

/// Beside the picture of a window of 1280×800 a lesson has that much: a formula that does not fit is broken in two.
TEST(Formulae, FitTheNarrowestLesson) {
  const Equations equations = read_equations(assets_folder() / "equations");
  for (const Lesson& lesson : bundled_lessons())
    for (const Tex& tex : formulae(lesson))
      if (const Equation* equation = equations.find(tex)) EXPECT_LE(equation->width, 290) << tex.text;
}

TEST(Formulae, OfAFileThatIsNoneAreRefusedInASentence) {
  const auto folder = std::filesystem::temp_directory_path() / "noiseglass-formulae";
  std::filesystem::create_directories(folder);
  const std::string formula = R"({"tex":"x","display":false,"width":9,"height":9,"depth":2,"symbols":[],"marks":)";
  for (const std::string& text : std::vector<std::string>{
           R"({)", R"({"units":1,"glyphs":[],"formulae":[]})", R"({"units":1000,"glyphs":["L1 1"],"formulae":[]})",
           R"({"units":1000,"glyphs":["M1"],"formulae":[]})", R"({"units":1000,"glyphs":["M1e30 0Z"],"formulae":[]})",
           R"({"units":1000,"glyphs":["A1 1"],"formulae":[]})",
           R"({"units":1000,"glyphs":[],"formulae":[)" + formula + "[[0,1,1,0,0]]}]}",
           R"({"units":1000,"glyphs":["M0 0Z"],"formulae":[)" + formula + "[[0,1,1,0,0,0]]}]}",
           R"({"units":1000,"glyphs":["M0 0Z"],"formulae":[)" + formula + "[[0,1e9,1,0,0]]}]}"}) {
    std::ofstream(folder / "index.json") << text;
    EXPECT_THROW(read_equations(folder), Error) << text;
  }
}

TEST(Formulae, WithoutOutlineAreReportedWithTheirLine) {
  const auto file = std::filesystem::temp_directory_path() / "noiseglass-formula.md";
  std::ofstream(file) << "# A lesson\n\n## A page\n\nAs $x_t$ and $\\frac{7}{9}\\,y$ are.\n";
  const auto mistakes = formulae_without_outline(read_lesson(file));
  ASSERT_EQ(mistakes.size(), 1u);
  EXPECT_EQ(mistakes[0].line, 5);
  EXPECT_THAT(mistakes[0].text, ::testing::HasSubstr("\\frac{7}{9}\\,y"));
}

TEST(Formulae, KnowTheirSymbols) {
  const Equations equations = read_equations(assets_folder() / "equations");
  std::set<std::string> names;
  for (const auto& [tex, equation] : equations.known) names.insert(equation.symbols.begin(), equation.symbols.end());
  for (const char* name : {"x_0", "x_t", "epsilon"}) EXPECT_TRUE(names.contains(name)) << name;
  for (const std::string& name : names)
    EXPECT_THAT(name, ::testing::AnyOf("x_0", "x_t", "x_0_hat", "epsilon", "epsilon_hat", "score"));
}

}  // namespace
}  // namespace noiseglass::lessons
