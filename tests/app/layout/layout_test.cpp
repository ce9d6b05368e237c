// What every tab and every page of every lesson owes whoever looks at it, at the sizes of windows that people have.
//
// NOISEGLASS_LAYOUT_TABLE=1 prints what is found with the share of the subject; NOISEGLASS_LAYOUT_PICTURES=FOLDER also
// writes what each looks like; NOISEGLASS_LAYOUT_THEME=light looks at the light theme,
// NOISEGLASS_LAYOUT_SIZES="1280x800@1 1920x1080@1" at those sizes only.

#include "tests/app/layout/contract.h"

#include "lessons/library.h"
#include "ui/lessons/lessons.h"
#include "ui/panels/panel.h"
#include "ui/widgets/layout.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <span>
#include <stdexcept>

namespace noiseglass::app {
namespace {

const WindowSize sizes[] = {{1024, 768, 1},    {1280, 720, 1},    {1280, 800, 1},  {1366, 768, 1},
                            {1280, 800, 1.25}, {1366, 768, 1.25}, {1920, 1080, 1}, {1920, 1080, 1.25},
                            {1920, 1080, 1.5}, {1920, 1080, 2},   {3840, 2160, 2}};
const WindowSize lesson_sizes[] = {{1280, 800, 1}, {1920, 1080, 1}};
const WindowSize projected_sizes[] = {{1280, 800, 1}, {1920, 1080, 1}, {3840, 2160, 1}};

/// Those of them that are asked for: all, unless somebody wants to look at a few.
std::vector<WindowSize> wanted(std::span<const WindowSize> all) {
  std::vector<WindowSize> some(all.begin(), all.end());
  if (const char* names = std::getenv("NOISEGLASS_LAYOUT_SIZES"))
    std::erase_if(some, [&](const WindowSize& size) {
      return (" " + std::string(names) + " ").find(" " + size.text() + " ") == std::string::npos;
    });
  return some;
}

/// What does not hold yet, as "kind | where" or "kind | where | a part of what is found". The list may only become
/// shorter: a line that nothing needs any more fails the test.
struct Shortfall {
  std::string kind, where, what;
  bool covers(const Finding& finding) const {
    return finding.kind == kind && finding.where == where && finding.what.find(what) != std::string::npos;
  }
};

std::vector<Shortfall> read_shortfalls() {
  std::ifstream file(PROJECT_ROOT "/tests/app/layout/shortfalls.txt");
  std::vector<Shortfall> all;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.front() == '#') continue;
    const auto first = line.find(" | "), second = line.find(" | ", first + 3);
    if (first == std::string::npos) throw std::runtime_error("not a shortfall: " + line);
    const bool has_what = second != std::string::npos;
    all.push_back({line.substr(0, first), line.substr(first + 3, has_what ? second - first - 3 : std::string::npos),
                   has_what ? line.substr(second + 3) : ""});
  }
  return all;
}

/// Takes what is found at one place after another, and judges it by the list of what is known.
class Findings {
 public:
  void add(Stage& stage, const std::string& where, const std::vector<Finding>& found) {
    if (std::getenv("NOISEGLASS_LAYOUT_TABLE")) {
      std::printf("%-44s %5.1f %%  %zu\n", where.c_str(), 100 * subject_share(stage.record(), stage.size()),
                  found.size());
      for (const Finding& finding : found) std::printf("    %-8s %s\n", finding.kind.c_str(), finding.what.c_str());
    }
    if (const char* folder = std::getenv("NOISEGLASS_LAYOUT_PICTURES")) {
      std::string name = where;
      std::ranges::replace(name, ' ', '-');
      stage.finish();
      stage.write_picture(std::string(folder) + "/" + name + ".png");
    }
    findings_.insert(findings_.end(), found.begin(), found.end());
  }
  /// @param about what this test looks at: shortfalls of other places are not its business
  void judge(const std::string& about) const {
    const std::vector<Shortfall> known = read_shortfalls();
    std::set<const Shortfall*> needed;
    for (const Finding& finding : findings_) {
      bool covered = false;
      for (const Shortfall& shortfall : known)
        if (shortfall.covers(finding)) covered = true, needed.insert(&shortfall);
      if (!covered) ADD_FAILURE() << finding.kind << " | " << finding.where << " | " << finding.what;
    }
    for (const Shortfall& shortfall : known)
      if (shortfall.where.starts_with(about) && !needed.contains(&shortfall))
        ADD_FAILURE() << "mended: take “" << shortfall.kind << " | " << shortfall.where
                      << "” out of the list of shortfalls";
  }

 private:
  std::vector<Finding> findings_;
};

std::vector<std::string> tabs() {
  std::vector<std::string> all = {"pictures"};
  for (const PanelRecord& record : panel_records()) all.push_back(record.id);
  return all;
}

class EveryTab : public testing::TestWithParam<std::string> {};

TEST_P(EveryTab, GivesItsSubjectTheRoomAtEverySize) {
  Stage stage;
  Findings findings;
  stage.show(GetParam());
  stage.settle(400);  // what it computes first
  for (const char* lesson : {"none", "open", "folded"}) {
    const std::string how = lesson;
    LessonData& data = stage.contents().lesson();
    if (how == "open") {
      data.reader.open(lessons::bundled_lessons().front(), stage.session().state());
      stage.settle();
      stage.show(GetParam());
    }
    data.folded = how == "folded";
    for (const WindowSize& size : wanted(sizes)) {
      stage.resize(size);
      stage.settle();
      const std::string where = GetParam() + " " + size.text() + " " + how;
      findings.add(stage, where, check_layout(stage, where, how == "open" ? owed_beside_lesson : owed_alone));
    }
  }
  findings.judge(GetParam() + " ");
}

INSTANTIATE_TEST_SUITE_P(Layout, EveryTab, testing::ValuesIn(tabs()), [](const auto& tab) { return tab.param; });

/// 64 samples in each lane, while they form and when they have: square as they are, they cannot have 40 % of a wide
/// window, but the rest of the contract holds.
TEST(LayoutOfAWall, IsLegibleAtEverySize) {
  for (const int lanes : {1, 2}) {
    Stage stage;
    Findings findings;
    AppState state = stage.session().state();
    for (const BundledPicture& picture : stage.session().library().pictures)
      if (picture.kind == "digit") state.picture = picture.path;
    state.lane_count = lanes;
    state.view = View::reverse, state.origin = Origin::noise, state.run_from = state.steps, state.wall = true;
    for (LaneState& lane : state.lanes) lane.sample_steps = 1, lane.class_index = 3;
    stage.session().apply(state);
    ASSERT_TRUE(stage.session().wait_for_picture(30));
    ASSERT_EQ(stage.session().samples(0), 64);
    const auto is_read = [&] {  // by the classifier, which says so above each wall
      return std::ranges::count_if(stage.record().items, [](const auto& item) {
               return item.name.find(" of 64 read as 3") != std::string::npos;
             }) == lanes;
    };
    for (int i = 0; i < 5000 && !is_read(); ++i) stage.settle();
    ASSERT_TRUE(is_read());
    for (const WindowSize& size : wanted(sizes)) {
      stage.resize(size);
      stage.settle();
      const std::string where = "wall" + std::to_string(lanes) + " " + size.text();
      findings.add(stage, where, check_layout(stage, where, 0));
      const Rect wall = stage.place_of("lane1.x_t");
      EXPECT_GE(wall.width(), 8 * 20 * size.scale) << where << ": a digit of less cannot be read";
    }
    findings.judge("wall" + std::to_string(lanes) + " ");
  }
}

/// Nobody can read it there, but it comes back whole: what has no room has no place, and everything else a real one.
TEST_P(EveryTab, OutlivesAWindowWithoutRoom) {
  Stage stage;
  AppState state = stage.session().state();
  state.lane_count = 2;
  stage.session().apply(state);
  stage.show(GetParam());
  stage.settle();
  const auto look = [&](const std::string& where) {
    stage.settle(4);
    for (const auto& item : stage.record().items)
      EXPECT_TRUE(std::isfinite(item.rect.min.x + item.rect.min.y + item.rect.max.x + item.rect.max.y))
          << where << ": " << item.name;
    EXPECT_NE(stage.contents().describe().find("\"broken\": {}"), std::string::npos) << where;
  };
  for (const bool wall : {false, true})
    for (const WindowSize& size : {WindowSize{320, 240, 1}, WindowSize{320, 240, 2}, WindowSize{8, 8, 1}}) {
      state = stage.session().state();
      state.wall = wall;
      if (wall) state.view = View::reverse, state.origin = Origin::noise, state.run_from = state.steps;
      stage.session().apply(state);
      stage.resize(size);
      look(size.text() + (wall ? " wall" : ""));
    }
  stage.contents().lesson().reader.open(lessons::bundled_lessons().front(), stage.session().state());
  look("with a lesson");
  stage.contents().act("project");
  look("projected");
}

class EveryTabProjected : public testing::TestWithParam<std::string> {};

TEST_P(EveryTabProjected, IsReadFromTheLastRow) {
  Stage stage;
  Findings findings;
  stage.show(GetParam());
  stage.settle(400);
  stage.project();
  for (const WindowSize& size : wanted(projected_sizes)) {
    stage.resize(size);
    stage.settle();
    const std::string where = GetParam() + "-projected " + size.text();
    findings.add(stage, where, check_layout(stage, where, owed_alone));
  }
  findings.judge(GetParam() + "-projected ");
}

INSTANTIATE_TEST_SUITE_P(Layout, EveryTabProjected, testing::ValuesIn(tabs()),
                         [](const auto& tab) { return tab.param; });

/// Answers the questions of the open page.
void answer_all(LessonReader& reader, const AppState& now) {
  const auto& blocks = reader.page().blocks;
  for (std::size_t i = 0; i < blocks.size(); ++i)
    if (std::holds_alternative<lessons::Question>(blocks[i])) {
      reader.answer(int(i), 0, now);
      reader.reveal_again(int(i), now);  // at the next size it was answered already
    }
}

class EveryLesson : public testing::TestWithParam<int> {};

TEST_P(EveryLesson, HasEveryPageLegibleAndWhatItSpeaksOfInSight) {
  Stage stage;
  Findings findings;
  const std::string name = "lesson" + std::to_string(GetParam() + 1);
  LessonReader& reader = stage.contents().lesson().reader;
  reader.open(lessons::bundled_lessons().at(std::size_t(GetParam())), stage.session().state());
  const auto check_page = [&](int page, const std::string& when, float owed) {
    for (const WindowSize& size : wanted(lesson_sizes)) {
      stage.resize(size);
      reader.turn_to(page);
      if (!when.empty()) answer_all(reader, stage.session().state());
      stage.settle(80);
      const std::string where = name + " page" + std::to_string(page + 1) + when + " " + size.text();
      std::vector<Finding> found = check_layout(stage, where, owed);
      std::ranges::move(check_mentioned(stage, where), std::back_inserter(found));
      findings.add(stage, where, found);
    }
  };
  for (int page = 0; page < reader.page_count(); ++page) {
    // A part of the subject that would give the answer away has its room, and nothing in it, until there is one.
    const bool hides = !reader.lesson().pages[std::size_t(page)].hide.empty();
    const bool asks = std::ranges::any_of(reader.lesson().pages[std::size_t(page)].blocks, [](const auto& block) {
      return std::holds_alternative<lessons::Question>(block);
    });
    check_page(page, "", hides ? 0 : owed_beside_lesson);
    if (hides || asks) check_page(page, " answered", owed_beside_lesson);
  }
  findings.judge(name + " ");
}

constexpr int lesson_count = 13;
TEST(Layout, IsLookedAtForAsManyLessonsAsThereAre) { EXPECT_EQ(int(lessons::bundled_lessons().size()), lesson_count); }
INSTANTIATE_TEST_SUITE_P(Layout, EveryLesson, testing::Range(0, lesson_count));

}  // namespace
}  // namespace noiseglass::app
