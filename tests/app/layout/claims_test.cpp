// What the bundled lessons expect of the panels on their pages ("expect = score.score_length > 2.8"), measured: each
// page and each reveal that claims something is drawn, until what it shows has been computed.

#include "tests/app/layout/stage.h"

#include "lessons/library.h"
#include "session/panel_record.h"
#include "ui/lessons/lessons.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <string>
#include <vector>

namespace noiseglass::app {
namespace {

using lessons::Expectation;

double side(const Stage& stage, const std::string& text) {
  if (const auto number = lessons::number_in(text)) return *number;
  const auto facts = stage.contents().facts();
  const auto found = facts.find(text.substr(text.find('.') + 1));
  return found == facts.end() ? std::nan("") : found->second;
}

bool is_of_panel(const Expectation& expectation) { return is_fact(expectation.smaller) || is_fact(expectation.larger); }

/// Draws until all of them hold, for as long as something may still be computed; then says which do not.
int check(Stage& stage, const std::vector<Expectation>& expectations, const std::string& where) {
  std::vector<Expectation> claims;
  std::ranges::copy_if(expectations, std::back_inserter(claims), is_of_panel);
  const auto holds = [&](const Expectation& claim) { return side(stage, claim.smaller) < side(stage, claim.larger); };
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(claims.empty() ? 0 : 240);
  do stage.settle();
  while (!std::ranges::all_of(claims, holds) && std::chrono::steady_clock::now() < end);
  for (const Expectation& claim : claims)
    EXPECT_TRUE(holds(claim)) << where << ", line " << claim.line << ": " << claim.smaller << " < " << claim.larger
                              << ", where the left side is " << side(stage, claim.smaller) << " and the right "
                              << side(stage, claim.larger);
  return int(claims.size());
}

TEST(Claims, OfTheBundledLessonsAboutTheirPanelsHold) {
  int claims = 0;
  for (const lessons::Lesson& lesson : lessons::bundled_lessons()) {
    Stage stage;
    LessonReader& reader = stage.contents().lesson().reader;
    reader.open(lesson, stage.session().state());
    for (int i = 0; i < reader.page_count(); ++i) {
      const lessons::Page& page = lesson.pages[std::size_t(i)];
      const std::string where = lesson.title + ", page " + std::to_string(i + 1);
      if (std::ranges::any_of(page.expect, is_of_panel)) {
        reader.turn_to(i);
        claims += check(stage, page.expect, where);
      }
      for (std::size_t block = 0; block < page.blocks.size(); ++block) {
        const auto* question = std::get_if<lessons::Question>(&page.blocks[block]);
        if (!question || std::ranges::none_of(question->expect, is_of_panel)) continue;
        reader.turn_to(i);
        stage.settle();
        reader.reveal_again(int(block), stage.session().state());
        claims += check(stage, question->expect, where + ", revealed");
      }
    }
  }
  EXPECT_GT(claims, 20);
}

/// From a slider at t = 0 every schedule comes out with the picture itself: its PSNR is no number, which no claim can
/// be about.
TEST(Claims, AreAboutFiniteNumbers) {
  Stage stage;
  stage.show("schedule");
  AppState state = stage.session().state();
  state.position = 0, state.settings["schedule.scored"] = 1;
  stage.session().change(state);
  const auto is_tried = [&] {
    return std::ranges::any_of(stage.record().items, [](const auto& item) { return item.name == "∞ dB"; });
  };
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  do stage.settle();
  while (!is_tried() && std::chrono::steady_clock::now() < end);
  ASSERT_TRUE(is_tried());
  for (const auto& [name, value] : stage.contents().facts()) EXPECT_TRUE(std::isfinite(value)) << name << ": " << value;
}

/// A name that no panel knows would be a claim that nobody can test.
TEST(Claims, AreAboutNumbersThatThePanelsHave) {
  Stage stage;
  for (const PanelRecord& record : panel_records()) {
    stage.show(record.id);
    stage.settle();
    for (const auto& [name, value] : stage.contents().facts())
      EXPECT_TRUE(is_fact(record.id + "." + name))
          << record.id << " shows " << name << ", which its record does not name";
  }
}

}  // namespace
}  // namespace noiseglass::app
