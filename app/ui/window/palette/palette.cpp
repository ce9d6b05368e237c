#include "ui/window/palette/palette.h"

#include "language/language.h"
#include "lessons/library.h"
#include "session/actions.h"
#include "session/set_state.h"
#include "ui/lessons/lessons.h"
#include "ui/widgets/dialog.h"
#include "ui/widgets/say.h"

#include "noiseglass/files.h"

#include <imgui_stdlib.h>

#include <algorithm>
#include <string>
#include <utility>

namespace noiseglass::app {

/// What cannot be done now is not offered.
void Palette::begin(Ui& ui) {
  LessonData& lesson = ui.lesson;
  if (lesson.contents.empty()) lesson.contents = lessons::bundled_lessons();
  all_ = palette_entries(lesson.contents);
  std::erase_if(all_, [&](const PaletteEntry& entry) {
    return entry.kind == PaletteEntry::Kind::action && !is_enabled(action(entry.name), ui.session);
  });
  found_ = all_;
  typed_.clear(), problem_.clear();
  chosen_ = moved_ = 0;
  focus_.want();
}

/// @returns whether it is done; else a sentence says why not
bool Palette::choose(Ui& ui, const PaletteEntry& entry) {
  if (entry.kind == PaletteEntry::Kind::action) {
    ui.requests.act(entry.name);
  } else if (entry.kind == PaletteEntry::Kind::lesson) {
    ui.lesson.reader.open(lessons::find_lesson(entry.name), ui.next);
  } else if (entry.asks && entry.value.empty()) {
    problem_ = "Type the value after it, as in \"" + entry.label + " …\": " + entry.about + ".";
    return false;
  } else {
    const auto wrong = set_state(ui.next, {{entry.name, entry.value}}, ui.session.library(), working_folder());
    if (wrong.empty()) return true;
    problem_ = wrong.front().text;
    return false;
  }
  return true;
}

/// @returns whether one was clicked, which is the chosen one then
bool Palette::draw_list(Ui& ui) {
  const Theme& theme = ui.theme;
  bool clicked = false;
  ImGui::Indent(theme.px(8));  // room for the bar of the chosen one
  for (int i = 0; i < int(found_.size()); ++i) {
    const PaletteEntry& entry = found_[std::size_t(i)];
    ImGui::PushID(i);
    // The one that Enter takes has a bar and a fill; the one under the mouse only a fainter fill.
    const bool is_chosen = i == chosen_;
    ImGui::PushStyleColor(ImGuiCol_Header, theme.hovered);
    ImGui::PushStyleColor(ImGuiCol_HeaderHovered, is_chosen ? theme.hovered : faded(theme.raised, 0.7f));
    if (ImGui::Selectable(tr_label(entry.label).c_str(), is_chosen)) chosen_ = i, clicked = true;
    ImGui::PopStyleColor(2);
    ImGui::PopID();
    const Rect line{ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
    if (ImGui::IsItemVisible()) ui.landmarks["command" + std::to_string(i)] = line;
    if (is_chosen)
      ImGui::GetWindowDrawList()->AddRectFilled(line.min, {line.min.x + theme.px(3), line.max.y}, theme.accent);
    if (i == chosen_ && moved_ != 0) ImGui::SetScrollHereY();
    const float left = line.min.x + std::max(theme.px(210), text_width(theme.body, entry.label) + theme.px(12));
    draw_text_cut(theme.small, {left, line.min.y + theme.px(6)}, theme.dim, entry.about, line.max.x - left);
  }
  ImGui::Unindent(theme.px(8));
  moved_ = 0;
  if (found_.empty()) say_dim("Nothing has that name.");
  return clicked;
}

void Palette::draw(Ui& ui) {
  static const char* id = "Commands";
  if (std::exchange(asked_, false)) {
    open_dialog(id);
    begin(ui);
  }
  if (!begin_dialog(ui.theme, id, {680, 420})) return;
  ui.popups.open = id;
  ImGui::SetNextItemWidth(-1);
  const bool changed = focus_.give_to(ui.wake, [&] {
    return ImGui::InputTextWithHint("##command", tr("cosine, guidance 4, lesson score …").c_str(), &typed_);
  });
  if (changed) found_ = fitting(all_, typed_), chosen_ = 0, problem_.clear();
  if (const int count = int(found_.size()); count > 0) chosen_ = ((chosen_ + moved_) % count + count) % count;
  ImGui::BeginChild("found", {0, problem_.empty() ? 0 : -ui.theme.px(48)}, false);
  const bool clicked = draw_list(ui);
  ImGui::EndChild();
  if (!problem_.empty()) say_wrapped(problem_);
  bool done = ui.popups.escape;
  if ((clicked || ui.popups.enter) && !done && chosen_ < int(found_.size())) {
    const PaletteEntry entry = found_[std::size_t(chosen_)];
    done = choose(ui, entry);
    if (!done) focus_.want();
  }
  if (done) ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
}

}  // namespace noiseglass::app
