// A translated lesson is the same lesson in other words: its pages, states, answers and formulae are those of the
// English one, and what it calls a control is what stands beside that.

#include "language/language.h"
#include "lessons/library.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace noiseglass::lessons {
namespace {

std::string shape_of(
    const Spans& spans) {  // where in it a formula or a link stands does not count: a sentence may be turned round
  std::vector<std::string> formulae;
  for (const Span& span : spans)
    if (span.kind == Span::Kind::formula)
      formulae.push_back("$" + span.text + "$");
    else if (span.kind == Span::Kind::link)
      formulae.push_back("-> " + span.target);
  std::ranges::sort(formulae);
  std::string out;
  for (const std::string& one : formulae) out += one + " ";
  return out;
}

std::string shape_of(const std::vector<StateLine>& lines) {
  std::string out;
  for (const StateLine& line : lines) out += line.key + "=" + line.value + "\n";
  return out;
}

std::string shape_of(const std::vector<Expectation>& all) {
  std::string out;
  for (const Expectation& one : all) out += one.smaller + "<" + one.larger + "\n";
  return out;
}

std::string shape_of(const std::vector<Name>& names) {
  std::string out;
  for (const Name& name : names) out += name.name + "\n";
  return out;
}

struct Shape {
  std::string operator()(const Paragraph& paragraph) const { return "paragraph " + shape_of(paragraph.text); }
  std::string operator()(const Heading& heading) const { return "heading " + shape_of(heading.text); }
  std::string operator()(const List& list) const {
    std::string out = list.numbered ? "numbers\n" : "list\n";
    for (const Spans& item : list.items) out += "- " + shape_of(item) + "\n";
    return out;
  }
  std::string operator()(const Table& table) const {
    std::string out = "table of " + std::to_string(table.head.size()) + "\n";
    for (const auto& row : table.rows) {
      for (const Spans& cell : row) out += "| " + shape_of(cell);
      out += "\n";
    }
    return out;
  }
  std::string operator()(const Task& task) const {
    std::string out = "task\n";
    for (const Spans& paragraph : task.paragraphs) out += "> " + shape_of(paragraph) + "\n";
    return out;
  }
  std::string operator()(const Formula& formula) const { return "$$" + formula.tex + "$$"; }
  std::string operator()(const Picture& picture) const { return "picture " + picture.file.string(); }
  std::string operator()(const Question& question) const {
    std::string out = "question " + shape_of(question.text) + "\n";
    for (const Answer& answer : question.answers)
      out += (answer.right ? "[x] " : "[ ] ") + shape_of(answer.text) + "> " + shape_of(answer.why) + "\n";
    return out + shape_of(question.reveal) + shape_of(question.expect);
  }
};

/// What is in bold and is the name of a control, as it stands on the screen.
std::vector<std::string> controls_in(const Page& page) {
  std::vector<std::string> names;
  const auto add = [&](const Spans& spans) {
    for (const Span& span : spans)
      if (span.kind == Span::Kind::strong) names.push_back(span.text);
  };
  for (const Block& block : page.blocks) {
    if (const auto* paragraph = std::get_if<Paragraph>(&block)) add(paragraph->text);
    if (const auto* task = std::get_if<Task>(&block))
      for (const Spans& spans : task->paragraphs) add(spans);
    if (const auto* list = std::get_if<List>(&block))
      for (const Spans& spans : list->items) add(spans);
  }
  return names;
}

class EveryTranslatedLesson : public testing::TestWithParam<app::Language> {
 protected:
  void TearDown() override { app::use_language("en"); }
};

TEST_P(EveryTranslatedLesson, IsTheSameLesson) {
  for (const Lesson& english : bundled_lessons()) {
    app::use_language(GetParam().code);
    ASSERT_NE(file_read_for(english.file), english.file) << english.file << " is not translated";
    const Lesson other = read_lesson(english.file);
    SCOPED_TRACE(file_read_for(english.file).string());
    EXPECT_EQ(other.mistakes.size(), 0u) << (other.mistakes.empty() ? "" : other.mistakes.front().text);
    EXPECT_EQ(other.minutes, english.minutes);
    EXPECT_NE(other.title, english.title);
    EXPECT_NE(other.takeaway, english.takeaway);
    EXPECT_EQ(other.title.substr(0, 2), english.title.substr(0, 2)) << "its number";
    EXPECT_EQ(shape_of(other.state), shape_of(english.state));
    ASSERT_EQ(other.pages.size(), english.pages.size());
    for (std::size_t i = 0; i < other.pages.size(); ++i) {
      const Page &mine = other.pages[i], &theirs = english.pages[i];
      SCOPED_TRACE("page " + std::to_string(i + 1) + ", " + theirs.title);
      EXPECT_EQ(shape_of(mine.state), shape_of(theirs.state));
      EXPECT_EQ(shape_of(mine.expect), shape_of(theirs.expect));
      EXPECT_EQ(shape_of(mine.highlight), shape_of(theirs.highlight));
      EXPECT_EQ(shape_of(mine.hide), shape_of(theirs.hide));
      ASSERT_EQ(mine.blocks.size(), theirs.blocks.size());
      for (std::size_t k = 0; k < mine.blocks.size(); ++k)
        EXPECT_EQ(std::visit(Shape(), mine.blocks[k]), std::visit(Shape(), theirs.blocks[k])) << "block " << k + 1;
      const auto called = controls_in(mine);
      for (const std::string& name : controls_in(theirs)) {
        std::set<std::string> unknown;
        app::note_unknown_texts(&unknown);
        const std::string shown = app::tr(name);
        app::note_unknown_texts(nullptr);
        if (unknown.empty() && app::tr(name) != name)
          EXPECT_TRUE(std::ranges::find(called, shown) != called.end())
              << "“" << name << "” is “" << shown << "” on the screen, so it is to be called **" << shown << "**";
      }
    }
    app::use_language("en");
  }
}

std::vector<app::Language> others() { return {app::languages().begin() + 1, app::languages().end()}; }

INSTANTIATE_TEST_SUITE_P(Languages, EveryTranslatedLesson, testing::ValuesIn(others()),
                         [](const auto& language) { return language.param.code; });

}  // namespace
}  // namespace noiseglass::lessons
