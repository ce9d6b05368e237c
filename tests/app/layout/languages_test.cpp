// In every language nothing is drawn that has not been translated, and the layout holds with its longer words.
//
// NOISEGLASS_LAYOUT_LANGUAGE=de draws the other tests of the layout in that language.

#include "tests/app/layout/contract.h"

#include "language/language.h"
#include "lessons/library.h"
#include "ui/lessons/lessons.h"
#include "ui/panels/panel.h"
#include "ui/widgets/layout.h"

#include "noiseglass/files.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <tuple>

namespace noiseglass::app {
namespace {

constexpr const char* typed_sentence = "the cat hides in the noise again.";  // what Discrete begins with

const WindowSize sizes[] = {{1280, 800, 1}, {1920, 1080, 1}};

std::vector<std::string> others() {
  std::vector<std::string> codes;
  for (const Language& language : languages())
    if (language.code != "en") codes.push_back(language.code);
  return codes;
}

std::vector<std::string> tabs() {
  std::vector<std::string> all = {"pictures"};
  for (const PanelRecord& record : panel_records()) all.push_back(record.id);
  return all;
}

/// Draws in a language, and notes what is drawn in no language but English.
struct In {
  explicit In(const std::string& code) {
    use_language(code);
    note_unknown_texts(&unknown);
  }
  ~In() {
    note_unknown_texts(nullptr);
    use_language("en");
  }
  std::set<std::string> unknown;
};

/// Names, and the letters that Discrete works on: data, in every language.
bool is_data(const std::string& text) {
  static const std::string sentences = [] {
    std::ifstream file(assets_folder() / "text" / "sentences.txt");
    return std::string(std::istreambuf_iterator<char>(file), {}) + typed_sentence;
  }();
  return text == "noiseglass" || text.ends_with(".jpg") || text.ends_with(".png") ||
         sentences.find(text) != std::string::npos;
}

void expect_all_known(const std::set<std::string>& unknown) {
  for (const std::string& text : unknown)
    if (!is_data(text)) ADD_FAILURE() << "drawn, but in no catalogue: “" << text << "”";
}

using Case = std::tuple<std::string, std::string>;

std::string name_of(const testing::TestParamInfo<Case>& info) {
  return std::get<0>(info.param) + "_" + std::get<1>(info.param);
}

class EveryTabInEveryLanguage : public testing::TestWithParam<Case> {};

TEST_P(EveryTabInEveryLanguage, HasRoomForItsWords) {
  const auto& [language, tab] = GetParam();
  Stage stage;
  In in(language);
  stage.show(tab);
  stage.settle(400);
  const char* pictures = std::getenv("NOISEGLASS_LAYOUT_PICTURES");
  const auto look = [&](const std::string& how, float owed) {
    for (const WindowSize& size : sizes) {
      stage.resize(size);
      stage.settle();
      const std::string where = language + " " + tab + " " + size.text() + how;
      for (const Finding& finding : check_layout(stage, where, owed))
        ADD_FAILURE() << finding.kind << " | " << finding.where << " | " << finding.what;
      if (!pictures) continue;
      stage.finish();
      stage.write_picture(std::string(pictures) + "/" + language + "-" + tab + "-" + size.text() + how + ".png");
    }
  };
  look("", owed_alone);
  stage.contents().lesson().reader.open(lessons::bundled_lessons().front(), stage.session().state());
  stage.settle();
  stage.show(tab);
  look("-lesson", owed_beside_lesson);
  expect_all_known(in.unknown);
}

INSTANTIATE_TEST_SUITE_P(Layout, EveryTabInEveryLanguage,
                         testing::Combine(testing::ValuesIn(others()), testing::ValuesIn(tabs())), name_of);

class EveryDialogInEveryLanguage : public testing::TestWithParam<std::string> {};

TEST_P(EveryDialogInEveryLanguage, SaysNothingInEnglish) {
  Stage stage;
  In in(GetParam());
  const char* pictures = std::getenv("NOISEGLASS_LAYOUT_PICTURES");
  for (const char* dialog : {"help", "export", "save_as", "tour"}) {
    stage.contents().act(dialog);
    stage.settle(20);
    if (pictures) {
      stage.finish();
      stage.write_picture(std::string(pictures) + "/" + GetParam() + "-dialog-" + dialog + ".png");
    }
    stage.contents().press_escape();
    stage.settle(20);
  }
  stage.contents().lesson().menu = true;
  stage.settle(20);
  expect_all_known(in.unknown);
}

INSTANTIATE_TEST_SUITE_P(Layout, EveryDialogInEveryLanguage, testing::ValuesIn(others()),
                         [](const auto& language) { return language.param; });

}  // namespace
}  // namespace noiseglass::app
