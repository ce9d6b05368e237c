// What comes with the program: every bundled lesson can be followed from first to last page.

#include "lessons/library.h"
#include "lessons/reader.h"
#include "session/panel_record.h"
#include "session/set_state.h"

#include "noiseglass/files.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace noiseglass::app {
namespace {

TEST(BundledLessons, HaveNoMistakeAndSetNothingThatIsNotThere) {
  const Library library = load_library();
  const auto all = lessons::bundled_lessons();
  ASSERT_FALSE(all.empty());
  for (const lessons::Lesson& lesson : all) {
    LessonReader reader(library, "");
    reader.open(lesson, {});
    for (const lessons::Mistake& mistake : reader.mistakes())
      ADD_FAILURE() << lesson.file.filename() << " line " << mistake.line << ": " << mistake.text;
  }
}

TEST(BundledLessons, HaveMinutesPagesQuestionsAndATakeaway) {
  for (const lessons::Lesson& lesson : lessons::bundled_lessons()) {
    SCOPED_TRACE(lesson.file.filename());
    EXPECT_GT(lesson.minutes, 0);
    EXPECT_TRUE(lesson.takeaway.ends_with('.')) << "one sentence";
    EXPECT_GE(lesson.pages.size(), 5u);
    int questions = 0;
    for (const lessons::Page& page : lesson.pages) {
      EXPECT_FALSE(page.blocks.empty()) << page.title;
      for (const lessons::Block& block : page.blocks) questions += std::holds_alternative<lessons::Question>(block);
    }
    EXPECT_GE(questions, 2);
  }
}

/// Names with a dot belong to a panel; hidden ones are settings or buttons of it.
TEST(BundledLessons, SpeakOnlyOfPanelsThatExist) {
  for (const lessons::Lesson& lesson : lessons::bundled_lessons())
    for (const lessons::Page& page : lesson.pages)
      for (const auto* names : {&page.highlight, &page.hide})
        for (const lessons::Name& name : *names) {
          const auto dot = name.name.find('.');
          if (dot == std::string::npos || name.name.starts_with("tab.") || name.name.starts_with("lane")) continue;
          EXPECT_NE(find_panel(name.name.substr(0, dot)), nullptr)
              << lesson.file.filename() << " line " << name.line << ": " << name.name;
        }
}

std::string guide() {
  const auto bytes = read_whole(assets_folder().parent_path() / "docs" / "writing-lessons.md");
  return {bytes.begin(), bytes.end()};
}

TEST(TheGuideToWritingLessons, HasAnExampleThatIsALesson) {
  const std::string text = guide(), begin = "````markdown\n";
  const auto from = text.find(begin), to = text.find("\n````", from + begin.size());
  ASSERT_NE(to, std::string::npos);
  const std::string example = text.substr(from + begin.size(), to - from - begin.size());
  const Library library = load_library();
  LessonReader reader(library, "");
  reader.open(lessons::parse_lesson(example, "example.md"), {});
  for (const lessons::Mistake& mistake : reader.mistakes()) ADD_FAILURE() << mistake.line << ": " << mistake.text;
  EXPECT_EQ(reader.page_count(), 2);
  EXPECT_EQ(reader.lesson().minutes, 5);
  reader.turn_to(1);
  reader.answer(0, 1, {});
  EXPECT_EQ(reader.take_state({})->position, 1000);
}

TEST(TheGuideToWritingLessons, NamesEveryKeyOfTheState) {
  const std::string text = guide();
  for (const StateKey& key : state_keys()) EXPECT_NE(text.find("`" + key.name + "`"), std::string::npos) << key.name;
}

}  // namespace
}  // namespace noiseglass::app
