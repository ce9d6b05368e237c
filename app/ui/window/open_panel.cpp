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

}  // namespace

void draw_open_panel(Ui& ui, const Rect& rect) {
  const PanelRecord* record = find_panel(ui.next.panel);
  if (!record) return;
  begin_area(("panel " + record->id).c_str(), rect);
  const Theme& theme = ui.theme;
  const float title = draw_text(theme.title, rect.min, theme.text, record->label);
  draw_text_cut(theme.body, {rect.min.x + title + theme.px(16), rect.min.y + theme.px(3)}, theme.dim, record->summary,
                rect.width() - title - theme.px(16));
  const Rect inside{{rect.min.x, rect.min.y + theme.px(36)}, rect.max};
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
