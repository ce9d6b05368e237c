#include "session/panel_record.h"
#include "ui/lessons/lessons.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <limits>

namespace noiseglass::app {
namespace {

constexpr double seconds_until_all_is_drawn = 8;  // what a panel must compute first may come later still

/// By a clock that goes on between frames: ImGui's stands still while the window does.
double seconds_on_page(const LessonData& data) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - data.page_began).count();
}

/// What a symbol of a formula stands for on screen, by names that may or may not be there now.
std::vector<std::string> things_of(const Ui& ui, const std::string& symbol) {
  std::vector<std::string> names = {ui.next.panel + "." + symbol};
  if (ui.next.panel != "pictures") return names;
  if (symbol == "epsilon") return names;  // the lanes show what is predicted; the true noise has no tile there
  const std::string tile = symbol == "x_0_hat" ? "x_0" : symbol == "epsilon_hat" ? "epsilon" : symbol;
  if (symbol != "x_0") return {"lane1." + tile, "lane2." + tile};
  const auto& pictures = ui.session.library().pictures;  // the clean picture itself, in the strip
  for (std::size_t i = 0; i < pictures.size(); ++i)
    if (pictures[i].path == ui.session.picture().path) names.push_back("picture" + std::to_string(i));
  return names;
}

bool all_answered(const LessonReader& reader) {
  const auto& blocks = reader.page().blocks;
  for (std::size_t i = 0; i < blocks.size(); ++i)
    if (std::holds_alternative<lessons::Question>(blocks[i]) && !reader.answer_to(int(i))) return false;
  return true;
}

}  // namespace

void begin_lesson_frame(Ui& ui) {
  ui.marks.hidden.clear();
  ui.marks.highlighted.clear();
  LessonData& data = ui.lesson;
  const LessonReader& reader = data.reader;
  const auto file = reader.is_open() ? reader.lesson().file : std::filesystem::path();
  if (file != data.shown_file) {
    data.pictures.clear();
    data.folded = false;
    data.own_equations = file.empty() ? nullptr : std::make_unique<EquationInk>(file.parent_path() / "equations");
  }
  if (file != data.shown_file || reader.page_index() != data.shown_page) {
    data.frames_on_page = 0;
    data.page_began = std::chrono::steady_clock::now();
    data.pointed_at.clear();
    data.unfolded.clear();
  }
  data.shown_file = file, data.shown_page = reader.page_index();
  if (!reader.is_open()) return;
  const bool answered = all_answered(reader);
  for (const lessons::Name& name : reader.page().hide)
    if (!answered || !name.name.ends_with("_strip")) ui.marks.hidden.insert(name.name);
  for (const lessons::Name& name : reader.page().highlight) ui.marks.highlighted.insert(name.name);
}

double seconds_to_missing_highlight(const LessonData& data) {
  if (!data.reader.is_open() || !data.awaits_highlight) return std::numeric_limits<double>::infinity();
  return seconds_until_all_is_drawn - seconds_on_page(data);
}

void draw_highlights(Ui& ui) {
  LessonData& data = ui.lesson;
  if (!data.reader.is_open()) return;
  ++data.frames_on_page;
  data.awaits_highlight = false;
  if (ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup)) return;
  for (const lessons::Name& name : data.reader.page().highlight) {
    const auto place = ui.landmarks.find(name.name);
    if (place == ui.landmarks.end() && ui.theme.projecting) continue;  // settings are away
    if (place == ui.landmarks.end()) {
      const bool late = seconds_on_page(data) > seconds_until_all_is_drawn;
      late ? data.reader.name_is_unknown(name) : void(data.awaits_highlight = true);
      continue;
    }
    data.reader.name_is_known(name);
    if (!find_panel(name.name.substr(0, name.name.find('.')))) {  // those of panels are drawn where they are marked
      draw_ring(ui.theme, place->second, ui.theme.warning);
    }
  }
  if (!data.pointed_at.empty())
    for (const std::string& name : things_of(ui, data.pointed_at))
      if (const auto place = ui.landmarks.find(name); place != ui.landmarks.end())
        draw_ring(ui.theme, place->second, symbol_colour(ui.theme, data.pointed_at, ui.theme.text));
}

std::string describe_lesson(const LessonReader& reader, const Marks& marks) {
  if (!reader.is_open()) return "null";
  nlohmann::json json = {
      {"title", reader.lesson().title}, {"page", reader.page_index()}, {"pages", reader.page_count()}};
  json["highlight"] = marks.highlighted;
  json["hide"] = marks.hidden;
  json["mistakes"] = nlohmann::json::array();
  for (const lessons::Mistake& mistake : reader.mistakes())
    json["mistakes"].push_back(std::to_string(mistake.line) + ": " + mistake.text);
  json["questions"] = nlohmann::json::array();
  const auto& blocks = reader.page().blocks;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const auto* question = std::get_if<lessons::Question>(&blocks[i]);
    if (!question) continue;
    int right = -1;
    for (std::size_t k = 0; k < question->answers.size(); ++k)
      if (question->answers[k].right) right = int(k);
    json["questions"].push_back({{"block", i},
                                 {"answers", question->answers.size()},
                                 {"right", right},
                                 {"given", reader.answer_to(int(i)).value_or(-1)}});
  }
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace noiseglass::app
