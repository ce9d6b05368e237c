#include "ui/lessons/lessons.h"
#include "ui/panels/panel.h"
#include "ui/widgets/guard.h"

namespace noiseglass::app {
namespace {

/// Over a panel that failed. Each frame tries again, since the cause may be gone; it is made anew when asked to.
void draw_broken(Ui& ui, const Rect& rect, const std::string& id, const std::string& problem) {
  const Theme& theme = ui.theme;
  ImGui::SetCursorScreenPos(rect.min);
  ImGui::PushStyleColor(ImGuiCol_ChildBg, theme.ground);
  ImGui::BeginChild("broken", {rect.width(), rect.height()}, false);
  ImGui::Dummy({1, theme.px(12)});
  ImGui::TextWrapped("This panel cannot be drawn: %s", problem.c_str());
  if (ImGui::Button("Make it anew")) ui.data.opened.erase(id);
  ImGui::EndChild();
  ImGui::PopStyleColor();
}

/// The panel's name, and beside it what there is to see: in one line, or smaller in two. @returns the height
float draw_title(const Ui& ui, const Rect& rect, const PanelRecord& record) {
  const Theme& theme = ui.theme;
  const float left = rect.min.x + draw_text(theme.title, rect.min, theme.text, record.label) + theme.px(16);
  const float room = rect.max.x - left;
  if (text_width(theme.body, record.summary) <= room)
    draw_text(theme.body, {left, rect.min.y + theme.px(3)}, theme.dim, record.summary);
  else
    draw_text_wrapped(theme.small, {left, rect.min.y - theme.px(3)}, theme.dim, record.summary, room);
  return theme.px(36);
}

}  // namespace

void draw_open_panel(Ui& ui, const Rect& rect) {
  const PanelRecord* record = find_panel(ui.next.panel);
  if (!record) return;
  begin_area(("panel " + record->id).c_str(), rect);
  Rect inside = rect;
  if (!ui.data.lesson->reader.is_open()) inside.min.y += draw_title(ui, rect, *record);  // else the page says it
  std::string& problem = ui.data.broken[record->id];
  problem = draw_guarded([&] {
    auto& opened = ui.data.opened;
    if (!opened.contains(record->id)) opened[record->id] = make_panel(record->id);  // or there is none
    opened[record->id]->draw(ui, inside);
  });
  if (!problem.empty()) draw_broken(ui, inside, record->id, problem);
  ImGui::EndChild();
}

}  // namespace noiseglass::app
