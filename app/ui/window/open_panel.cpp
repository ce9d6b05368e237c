#include "ui/lessons/lessons.h"
#include "ui/panels/panel.h"
#include "ui/widgets/guard.h"

namespace noiseglass::app {
namespace {

/// In place of a panel that failed; it is made anew when asked to.
void draw_broken(Ui& ui, const Rect& rect, const std::string& id) {
  const Theme& theme = ui.theme;
  ImGui::SetCursorScreenPos({rect.min.x, rect.min.y + theme.px(12)});
  ImGui::PushTextWrapPos(rect.width());
  ImGui::TextUnformatted(("This panel stopped: " + ui.data.broken[id]).c_str());
  ImGui::PopTextWrapPos();
  if (!ImGui::Button("Try again")) return;
  ui.data.opened.erase(id);
  ui.data.broken.erase(id);
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
  if (problem.empty())
    problem = draw_guarded([&] {
      std::shared_ptr<Panel>& panel = ui.data.opened[record->id];
      if (!panel) panel = make_panel(record->id);
      panel->draw(ui, inside);
    });
  if (!problem.empty()) draw_broken(ui, inside, record->id);
  ImGui::EndChild();
}

}  // namespace noiseglass::app
