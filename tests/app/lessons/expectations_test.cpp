// What the bundled lessons expect of their screens ("expect = …"), measured: every page and every reveal that claims
// something is run in a session without a window.

#include "lessons/library.h"
#include "lessons/reader.h"
#include "session/measures.h"
#include "session/panel_record.h"
#include "session/session.h"

#include <gmock/gmock.h>

#include <chrono>
#include <cmath>
#include <filesystem>
#include <thread>

namespace noiseglass::app {
namespace {

using lessons::Expectation;

/// Until nothing is being computed and a run, if one is shown, has come to its end.
void settle(Session& session) {
  for (int i = 0; i < 60000; ++i) {
    session.tick(0);
    if (!session.computing() && (!session.shows_run() || session.run_done())) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
}

double side(const Session& session, const std::string& text) {
  const auto value = lessons::number_in(text) ? lessons::number_in(text) : measure(session, text);
  EXPECT_TRUE(value) << text << " is not there to be measured";
  return value.value_or(std::nan(""));
}

void check(Session& session, const std::vector<Expectation>& expectations, const std::string& where) {
  if (expectations.empty()) return;
  settle(session);
  for (const Expectation& expectation : expectations) {
    if (is_fact(expectation.smaller) || is_fact(expectation.larger)) continue;  // measured where panels are drawn
    EXPECT_LT(side(session, expectation.smaller), side(session, expectation.larger))
        << where << ", line " << expectation.line << ": " << expectation.smaller << " < " << expectation.larger;
  }
}

class ExpectationsTest : public ::testing::Test {
 protected:
  void take(Session& session, LessonReader& reader) {
    if (auto state = reader.take_state(session.state())) session.apply(std::move(*state));
  }
  const std::filesystem::path places_ =
      std::filesystem::path(::testing::TempDir()) / "noiseglass-expectations-places.json";
};

TEST_F(ExpectationsTest, OfTheBundledLessonsHold) {
  int claims = 0;
  for (const lessons::Lesson& lesson : lessons::bundled_lessons()) {
    Session session([] {});
    LessonReader reader(session.library(), places_);
    reader.open(lesson, session.state());
    for (const lessons::Mistake& mistake : reader.mistakes())
      ADD_FAILURE() << lesson.title << ':' << mistake.line << ": " << mistake.text;
    for (int i = 0; i < reader.page_count(); ++i) {
      const lessons::Page& page = lesson.pages[std::size_t(i)];
      const std::string where = lesson.title + ", page " + std::to_string(i + 1);
      for (std::size_t block = 0; block < page.blocks.size() || block == 0; ++block) {
        const auto* question =
            block < page.blocks.size() ? std::get_if<lessons::Question>(&page.blocks[block]) : nullptr;
        if (block == 0 && !page.expect.empty()) {
          reader.turn_to(i);
          take(session, reader);
          check(session, page.expect, where);
          claims += int(page.expect.size());
        }
        if (!question || question->expect.empty()) continue;
        reader.turn_to(i);
        take(session, reader);
        reader.reveal_again(int(block), session.state());
        take(session, reader);
        check(session, question->expect, where + ", revealed");
        claims += int(question->expect.size());
      }
    }
    reader.leave();
  }
  EXPECT_GT(claims, 20);
  std::filesystem::remove(places_);
}

TEST_F(ExpectationsTest, AWrongOneIsNoticedAndAnUnknownNameIsAMistake) {
  Session session([] {});
  LessonReader reader(session.library(), places_);
  const std::string text =
      "# A\n\n## B\n\n```state\nt = 500\nlane1.schedule = cosine\nexpect = lane1.alpha_bar < "
      "0.5\nexpect = lane1.alpha_bar < 0.4\nexpect = lane1.apples < 3\n```\n";
  const lessons::Lesson lesson = lessons::parse_lesson(text, "some/where.md");
  ASSERT_EQ(lesson.pages[0].expect.size(), 3u);
  reader.open(lesson, session.state());
  ASSERT_EQ(reader.mistakes().size(), 1u);
  EXPECT_EQ(reader.mistakes()[0].line, 10);
  EXPECT_THAT(reader.mistakes()[0].text, ::testing::HasSubstr("lane1.apples"));
  take(session, reader);
  EXPECT_LT(measure(session, "lane1.alpha_bar").value(), 0.5);
  EXPECT_GT(measure(session, "lane1.alpha_bar").value(), 0.4);
  EXPECT_FALSE(measure(session, "lane1.apples"));
  std::filesystem::remove(places_);
}

}  // namespace
}  // namespace noiseglass::app
