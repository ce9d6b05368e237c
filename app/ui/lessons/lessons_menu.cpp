#include "ui/lessons/lessons.h"
#include "ui/widgets/dialog.h"
#include "ui/widgets/layout_record.h"
#include "ui/widgets/say.h"

#include "language/language.h"
#include "lessons/library.h"
#include "ui/widgets/hit_area.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"

#include <algorithm>

namespace noiseglass::app {
namespace {

constexpr const char* first_group = "The nine lessons";

std::string place_text(const LessonReader& reader, const lessons::Lesson& lesson) {
  const lessons::Place place = reader.places().of(lesson);
  const int last = int(lesson.pages.size()) - 1;
  if (place.furthest >= last && last > 0) return "read";
  if (place.furthest > 0) return "page " + std::to_string(place.page + 1) + " of " + std::to_string(last + 1);
  return lesson.minutes ? std::to_string(lesson.minutes) + " minutes" : "";
}

std::filesystem::path equations_folder() {
  try {
    return assets_folder() / "equations";
  } catch (const Error&) {  // the window has said that the assets are missing
    return {};
  }
}

void draw_heading(const Theme& theme, const std::string& group) {
  const std::string heading = group.empty() ? tr(first_group) : group;
  const AsWritten words_of_the_lesson;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_text(theme.small, {at.x + theme.px(12), at.y + theme.px(2)}, theme.dim, heading);
  ImGui::Dummy({1, theme.px(20)});
}

/// One row: title, how long or how far, and what to take away. @returns true when pressed
bool draw_row(Ui& ui, const lessons::Lesson& lesson, int index, float width) {
  const Theme& theme = ui.theme;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float pad = theme.px(12), room = width - 2 * pad;
  const float takeaway = [&] {
    const AsWritten words_of_the_lesson;
    return wrapped_height(theme.small, lesson.takeaway, room);
  }();
  const float height = theme.px(36) + takeaway;
  const bool pressed = hit_area(("lesson" + std::to_string(index)).c_str(), {width, height});
  focus_stop(Takes::press);
  ui.landmarks["contents." + std::to_string(index)] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
  const LessonReader& reader = ui.lesson.reader;
  const bool open = reader.is_open() && reader.lesson().file == lesson.file;
  if (ImGui::IsItemHovered() || open)
    ImGui::GetWindowDrawList()->AddRectFilled(at, {at.x + width, at.y + height},
                                              ImGui::IsItemHovered() ? theme.hovered : theme.raised, theme.px(6));
  const std::string place = place_text(reader, lesson);
  const float place_width = text_width(theme.small, place), left = at.x + pad;
  draw_text(theme.small, {at.x + width - pad - place_width, at.y + theme.px(9)}, theme.dim, place);
  const AsWritten words_of_the_lesson;
  draw_text_cut(theme.strong, {left, at.y + theme.px(8)}, theme.text, lesson.title, room - place_width - theme.px(12));
  draw_text_wrapped(theme.small, {left, at.y + theme.px(28)}, theme.dim, lesson.takeaway, room);
  return pressed;
}

}  // namespace

LessonData::LessonData(const Library& library) : reader(library), equations(equations_folder()) {}

float draw_lessons_button(Ui& ui, float right, float top) {
  const float width = text_width(ui.theme.body, "Lessons") + ui.theme.px(20);
  ImGui::SetCursorScreenPos({right - width, top});
  if (push_button("Lessons", {width, 0})) ui.lesson.menu = true;
  tooltip(ui.theme, "Lessons of about ten minutes each, from the first grain of noise to what not to trust.");
  note_label("Lessons");
  ui.landmarks["lessons"] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
  return right - width;
}

void draw_lessons_menu(Ui& ui) {
  static const char* id = "Lessons";
  const Theme& theme = ui.theme;
  LessonData& data = ui.lesson;
  if (std::exchange(data.menu, false)) {
    data.contents = lessons::bundled_lessons();
    open_dialog(id);
  }
  bool open = true;
  if (!begin_dialog(ui.theme, id, {640, 0}, &open)) return;
  ui.popups.open = id;
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, theme.px(4)});
  const float inner = ImGui::GetContentRegionAvail().x;
  for (std::size_t i = 0; i < data.contents.size(); ++i) {
    if (i == 0 || data.contents[i].group != data.contents[i - 1].group) draw_heading(theme, data.contents[i].group);
    if (draw_row(ui, data.contents[i], int(i), inner)) {
      data.reader.open(data.contents[i], ui.next);
      ImGui::CloseCurrentPopup();
    }
  }
  if (data.contents.empty()) say_wrapped("The bundled lessons were not found.");
  ImGui::Dummy({1, theme.px(4)});
  ImGui::PushFont(theme.small);
  ImGui::PushStyleColor(ImGuiCol_Text, theme.dim);
  say_wrapped("A lesson is a text file: write your own (docs/writing-lessons.md) and drop it on the window.");
  ImGui::PopStyleColor();
  ImGui::PopFont();
  ImGui::PopStyleVar();
  if (ui.popups.escape) ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
}

bool open_lesson(LessonData& data, Session& session, const std::string& name_or_file) {
  try {
    data.reader.open(lessons::find_lesson(name_or_file), session.state());
    return true;
  } catch (const Error& error) {
    session.say(error.what());
    return false;
  }
}

void follow_link(LessonData& data, Session& session) {
  const std::string target = std::exchange(data.follow, {});
  if (target.empty()) return;
  if (lessons::is_address(target)) {
    ImGui::SetClipboardText(target.c_str());
    return session.say("Copied: " + target);
  }
  const lessons::Link link = lessons::link_to(target, data.reader.lesson().file);
  if (!link.lesson.empty() && !open_lesson(data, session, link.lesson)) return;
  if (link.page > 0) data.reader.turn_to(link.page - 1);
}

}  // namespace noiseglass::app
