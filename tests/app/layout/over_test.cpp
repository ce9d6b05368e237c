// What lies over the rest for a while: popups and tooltips; and what moves so that something can be seen.

#include "tests/app/layout/contract.h"

#include "lessons/library.h"
#include "ui/lessons/lessons.h"
#include "ui/panels/panel.h"
#include "ui/widgets/glossary.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace noiseglass::app {
namespace {

const WindowSize sizes[] = {{1024, 768, 1}, {1280, 800, 1}, {1366, 768, 1}, {1920, 1080, 1}, {1920, 1080, 2}};

ImVec2 middle(const Rect& rect) { return {(rect.min.x + rect.max.x) / 2, (rect.min.y + rect.max.y) / 2}; }

bool overlap(const Rect& a, const Rect& b) {
  return a.min.x < b.max.x && b.min.x < a.max.x && a.min.y < b.max.y && b.min.y < a.max.y;
}

void open_first_lesson(Stage& stage) {
  stage.contents().lesson().reader.open(lessons::bundled_lessons().front(), stage.session().state());
  stage.settle();
  stage.show("pictures");
}

TEST(Popups, OpenBelowWhatTheyBelongToAndCoverNeitherPlotsNorLesson) {
  for (const bool lesson : {false, true}) {
    Stage stage;
    if (lesson) open_first_lesson(stage);
    for (const WindowSize& size : sizes) {
      stage.resize(size);
      stage.settle(100);
      for (const char* owner : {"lane1.settings", "working_size"}) {
        SCOPED_TRACE(std::string(owner) + " " + size.text() + (lesson ? " with a lesson" : ""));
        if (!stage.contents().landmarks().contains(owner)) continue;  // where the bar has no room for it
        const Rect button = stage.place_of(owner);
        stage.click(middle(button));
        stage.settle();
        const auto popup = stage.over_all();
        ASSERT_TRUE(popup);
        EXPECT_GE(popup->min.y, button.max.y - 1);
        EXPECT_LE(popup->max.y, float(size.height));
        for (const char* other : {"plots", "lesson"})
          if (const auto at = stage.contents().landmarks().find(other); at != stage.contents().landmarks().end()) {
            EXPECT_FALSE(overlap(*popup, at->second)) << other;
          }
        stage.click({2, float(size.height) - 2});  // anywhere else closes it
        stage.settle();
        ASSERT_FALSE(stage.over_all());
      }
    }
  }
}

TEST(Tooltips, OfTheTimelineLeaveTheFilmstripsClear) {
  Stage stage;
  for (const WindowSize& size : sizes) {
    stage.resize(size);
    stage.settle(100);
    int seen = 0;
    for (const char* button :
         {"play", "clean", "step_clean", "step_noise", "noise", "loop", "play_forward", "play_reverse", "generate"}) {
      if (!stage.contents().landmarks().contains(button)) continue;
      stage.point_at(middle(stage.place_of(button)));
      const auto tip = stage.over_all();
      SCOPED_TRACE(std::string(button) + " " + size.text());
      ASSERT_TRUE(tip);
      ++seen;
      for (const char* strip : {"forward_strip", "reverse_strip"}) EXPECT_FALSE(overlap(*tip, stage.place_of(strip)));
      EXPECT_GE(tip->min.y, 0);
    }
    EXPECT_GE(seen, 6);
  }
}

TEST(Tooltips, MayComeInTheVeryFrameInWhichADialogDoes) {
  for (const char* dialog : {"help", "keys", "palette", "save_as", "export", "open"}) {
    Stage stage;
    stage.settle(100);
    const auto is_term = [](const auto& item) {
      return item.kind == LayoutRecord::Kind::text && item.name.size() < 60 && item.seen.width() >= 4 &&
             find_term(item.name);
    };
    const auto& items = stage.record().items;
    const auto term = std::ranges::find_if(items, is_term);
    ASSERT_NE(term, items.end());
    stage.hold(middle(term->seen), false);
    stage.contents().act(dialog);
    for (int i = 0; i < 3; ++i) stage.frame();  // ImGui asserts on it
    EXPECT_TRUE(stage.over_all()) << dialog;
  }
}

TEST(PictureStrip, ComesToThePictureThatIsOpen) {
  Stage stage;
  stage.resize({1280, 720, 1});
  stage.settle(100);
  const auto& pictures = stage.session().library().pictures;
  for (const std::size_t i : {pictures.size() - 1, std::size_t(0), pictures.size() / 2}) {
    AppState next = stage.session().state();
    next.picture = pictures[i].path;
    stage.session().apply(next);
    stage.session().wait_for_picture(20);
    stage.settle();
    const Rect place = stage.place_of("picture" + std::to_string(i)), lanes = stage.place_of("lane1.x_t");
    EXPECT_GE(place.min.y, 48) << i;
    EXPECT_LE(place.max.y, stage.place_of("forward_strip").min.y) << i;
    EXPECT_LT(place.max.x, lanes.min.x);
  }
}

TEST(Narration, IsWholeBesideALessonAtEveryNoiseLevel) {
  Stage stage;
  stage.resize({1280, 800, 1});
  open_first_lesson(stage);
  for (const int lanes : {1, 2})
    for (const double share : {0.0, 0.2, 0.5, 0.8, 1.0}) {
      AppState next = stage.session().state();
      next.lane_count = lanes, next.position = share * next.steps;
      next.lanes[1].schedule = "cosine";
      stage.session().apply(next);
      stage.settle(100);
      for (const Finding& finding : check_layout(stage, "", 0))
        EXPECT_TRUE(finding.kind != "overlap" && finding.kind != "cut" && finding.kind != "outside")
            << finding.kind << " " << finding.what << " at " << share << " with " << lanes;
    }
}

/// Every quantity, every entry of a legend, and how each picture came about.
TEST(Tooltips, SayWhatEachTermOnScreenMeans) {
  Stage stage;
  stage.resize({1920, 1080, 1});
  std::set<std::string> explained;
  std::vector<std::string> tabs = {"pictures"};
  for (const PanelRecord& record : panel_records()) tabs.push_back(record.id);
  for (const std::string& tab : tabs) {
    SCOPED_TRACE(tab);
    stage.show(tab);
    stage.settle(200);
    for (const LayoutRecord::Item& item : std::vector(stage.record().items)) {
      if (item.kind == LayoutRecord::Kind::control && item.name.starts_with("legend ")) {
        EXPECT_TRUE(find_term(item.name.substr(7))) << item.name;
      }
      if (item.kind != LayoutRecord::Kind::text || item.seen.width() < 4 || !find_term(item.name)) continue;
      if (item.name.size() > 60) continue;                       // a sentence that begins with one
      if (tab == "discrete" && item.name.size() == 1) continue;  // a letter of a sentence
      stage.point_at(middle(item.seen));
      EXPECT_TRUE(stage.over_all()) << item.name;
      explained.insert(find_term(item.name)->name);
    }
  }
  for (const char* name :
       {"t", "ᾱ", "β", "σ", "SNR", "x₀", "xₜ", "x̂₀", "ε̂", "ε", "exact", "learned", "Linear", "Cosine", "DDIM"})
    EXPECT_TRUE(explained.contains(name)) << name;
}

}  // namespace
}  // namespace noiseglass::app
