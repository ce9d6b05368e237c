// A lesson on paper: its text wraps with its formulae in it, and every bundled lesson has a worksheet.
#include "export/worksheet.h"
#include "export/paragraph.h"
#include "export/plan.h"
#include "lessons/library.h"
#include "session/set_state.h"

#include "noiseglass/error.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace noiseglass::exports {
namespace {

using lessons::Span;

std::string_view text_of(const std::vector<char>& bytes) { return {bytes.data(), bytes.size()}; }

/// The least and greatest darkness of a part of the canvas, 0 for white.
int darkest(const ByteImage& picture, int top, int bottom) {
  int least = 255;
  for (int y = top; y < bottom; ++y)
    for (int i = 0; i < picture.shape.width * picture.shape.channels; ++i)
      least = std::min<int>(
          least, picture.data[std::size_t(y) * picture.shape.width * picture.shape.channels + std::size_t(i)]);
  return 255 - least;
}

TEST(Paragraph, WrapsAndIsAsHighAsItSays) {
  Canvas canvas(Canvas::Kind::picture, 400, 300);
  const Formulae formulae("nowhere.md");
  const lessons::Spans text = {{Span::Kind::text, "Noise is added to a picture in many small steps, and "},
                               {Span::Kind::strong, "that is exact"}};
  const double wide = draw_paragraph(canvas, formulae, text, 0, 0, 2000, 12, false);
  const double narrow = draw_paragraph(canvas, formulae, text, 0, 0, 120, 12, false);
  EXPECT_GT(wide, 12);
  EXPECT_GE(narrow, 3 * wide);
  EXPECT_EQ(darkest(canvas.pixels(), 0, 300), 0) << "it was only measured";
  EXPECT_EQ(draw_paragraph(canvas, formulae, text, 0, 20, 120, 12), narrow);
  const ByteImage drawn = canvas.pixels();
  EXPECT_EQ(darkest(drawn, 0, 20), 0);
  EXPECT_GT(darkest(drawn, 20, 20 + int(narrow)), 200);
  EXPECT_EQ(darkest(drawn, 20 + int(narrow) + 1, 300), 0);
}

TEST(Paragraph, HasTheTypesetFormulaInItsLine) {
  const lessons::Lesson lesson = lessons::find_lesson("forward");
  const Formulae formulae(lesson.file);
  const std::string tex = "\\bar\\alpha_t";
  ASSERT_TRUE(formulae.find({tex, false}).equation);
  Canvas with(Canvas::Kind::picture, 300, 60), without(Canvas::Kind::picture, 300, 60);
  draw_paragraph(with, formulae, {{Span::Kind::formula, tex}}, 10, 10, 280, 15);
  EXPECT_GT(darkest(with.pixels(), 0, 60), 150);
  const Span unknown{Span::Kind::formula, "\\nowhere"};  // as it was written
  draw_paragraph(without, formulae, {unknown}, 10, 10, 280, 15);
  EXPECT_GT(darkest(without.pixels(), 0, 60), 150);
}

class Worksheet : public ::testing::Test {
 protected:
  app::AppState state() const {
    app::AppState out = app::starting_state(library_);
    EXPECT_TRUE(app::set_state(out, {{"picture", "digit-3"}}, library_, "/").empty());
    return out;
  }
  const Library library_ = load_library();
};

TEST_F(Worksheet, IsThereForEveryBundledLesson) {
  const Source source(state(), library_);
  const auto all = lessons::bundled_lessons();
  ASSERT_EQ(all.size(), 13u);
  for (const lessons::Lesson& lesson : all) {
    const std::vector<char> pdf = worksheet(source, lesson, {});
    EXPECT_TRUE(text_of(pdf).starts_with("%PDF-")) << lesson.title;
    EXPECT_TRUE(text_of(pdf).ends_with("%%EOF\n")) << lesson.title;
  }
}

TEST_F(Worksheet, OfALessonWithoutQuestionsIsRefused) {
  const Source source(state(), library_);
  lessons::Lesson lesson;
  lesson.title = "Only words";
  EXPECT_THROW(worksheet(source, lesson, {}), UsageError);
}

TEST(LessonPlan, IsThereForEveryBundledLesson) {
  for (const lessons::Lesson& lesson : lessons::bundled_lessons()) {
    const std::vector<char> pdf = lesson_plan(lesson);
    EXPECT_TRUE(text_of(pdf).starts_with("%PDF-")) << lesson.title;
    EXPECT_TRUE(text_of(pdf).ends_with("%%EOF\n")) << lesson.title;
  }
}

TEST(LessonPlan, OfALessonOfOnesOwnIsRefused) {
  lessons::Lesson lesson;
  lesson.title = "Only words", lesson.file = "somewhere/own.md";
  EXPECT_THROW(lesson_plan(lesson), UsageError);
}

}  // namespace
}  // namespace noiseglass::exports
