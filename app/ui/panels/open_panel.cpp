#include "ui/explore/panel.h"

namespace noiseglass::ui {

void draw_open_panel(Ui& ui, const Rect& rect) {
  const PanelRecord* record = find_panel(ui.next.panel);
  if (!record) return;
  std::shared_ptr<Panel>& panel = ui.data.opened[record->id];
  if (!panel) panel = record->make();
  begin_area(("panel " + record->id).c_str(), rect);
  const Theme& theme = ui.theme;
  const float title = draw_text(theme.title, rect.min, theme.text, record->label);
  draw_text_cut(theme.body, {rect.min.x + title + theme.px(16), rect.min.y + theme.px(3)}, theme.dim, record->summary,
                rect.width() - title - theme.px(16));
  panel->draw(ui, {{rect.min.x, rect.min.y + theme.px(36)}, rect.max});
  ImGui::EndChild();
}

}  // namespace noiseglass::ui
