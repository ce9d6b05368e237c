#include "ui/lessons/lessons.h"
#include "ui/panels/panel.h"
#include "ui/widgets/layout.h"
#include "ui/widgets/layout_record.h"

#include <algorithm>

namespace noiseglass::app {
namespace {

struct Tab {
  std::string id, label, help;
};

std::vector<Tab> tabs() {
  std::vector<Tab> all = {
      {"pictures", "Pictures", "The forward and the reverse process on pictures, in two lanes side by side."}};
  for (const PanelRecord& record : panel_records()) all.push_back({record.id, record.label, record.summary});
  return all;
}

void open_tab(Ui& ui, const std::string& id) {
  if (ui.next.panel == id) return;
  ui.next.panel = id;
  ui.next.playing = Playing::paused;
}

/// The tabs in a row. @returns their right end
float draw_row(Ui& ui, float x, const Rect& rect) {
  const Theme& theme = ui.theme;
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const float pad = theme.px(10), top = rect.min.y + theme.px(8), bottom = rect.max.y - theme.px(8);
  const std::vector<Tab> all = tabs();
  FocusKeys keys;
  int here = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Tab& tab = all[i];
    const bool open = ui.next.panel == tab.id;
    const float width = text_width(theme.body, tab.label) + 2 * pad;
    ImGui::SetCursorScreenPos({x, top});
    if (ImGui::InvisibleButton(("tab " + tab.id).c_str(), {width, bottom - top})) open_tab(ui, tab.id);
    if (open) keys = focus_stop(Takes::choices, "open tab"), here = int(i);
    ui.landmarks["tab." + tab.id] = {{x, top}, {x + width, bottom}};
    tooltip(theme, tab.help.c_str());
    const bool hovered = ImGui::IsItemHovered();
    if (open || hovered)
      draw.AddRectFilled({x, top}, {x + width, bottom}, open ? theme.raised : theme.surface, theme.px(6));
    draw_text(theme.body, {x + pad, (top + bottom - theme.body->FontSize) / 2},
              open || hovered ? theme.text : theme.dim, tab.label);
    x += width + theme.px(2);
  }
  if (keys.across != 0) open_tab(ui, all[std::size_t(std::clamp(here + keys.across, 0, int(all.size()) - 1))].id);
  return x;
}

/// One box to choose from, where there is no room for a row.
void draw_choice(Ui& ui, float x, const Rect& rect) {
  std::string label;
  for (const Tab& tab : tabs())
    if (tab.id == ui.next.panel) label = tab.label;
  ImGui::SetCursorScreenPos({x, rect.min.y + (rect.height() - ImGui::GetFrameHeight()) / 2});
  small_combo(ui.theme, "##tabs", label, ui.theme.px(150), "What to show.", [&] {
    for (const Tab& tab : tabs())
      if (list_entry(tab.label.c_str(), tab.id == ui.next.panel)) open_tab(ui, tab.id);
  });
  ui.landmarks["tabs"] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
}

}  // namespace

Rect draw_tabs(Ui& ui, const Rect& rect) {
  begin_area("tabs", rect);
  const Theme& theme = ui.theme;
  float x = rect.min.x + theme.px(16);
  float needed = theme.px(215);  // lessons, theme and help at the right, gaps
  for (const Tab& tab : tabs()) needed += text_width(theme.body, tab.label) + theme.px(22);
  const float brand = text_width(theme.title, "noiseglass") + theme.px(24);
  if (rect.width() > theme.px(400) + brand) {
    draw_text(theme.title, {x, rect.min.y + (rect.height() - theme.title->FontSize) / 2}, theme.text, "noiseglass");
    x += brand;
  }
  Rect free{rect.max, rect.max};
  if (x + needed < rect.max.x) {
    draw_row(ui, x - theme.px(10), rect);
  } else {
    draw_choice(ui, x, rect);
    free = {{ImGui::GetItemRectMax().x, rect.min.y}, rect.max};
  }

  const float row = rect.min.y + (rect.height() - ImGui::GetFrameHeight()) / 2;
  const float right = rect.max.x - theme.px(16 + 32 + 4) - text_width(theme.body, "Help") - theme.px(20);
  const float lessons = draw_lessons_button(ui, right - theme.px(4), row);
  ImGui::SetCursorScreenPos({right, row});
  static const Icon next_look[] = {Icon::sun, Icon::contrast, Icon::moon};
  if (icon_button(theme, "theme", next_look[std::size_t(ui.next.look)], hint(action("theme")).c_str()))
    perform("theme", ui.session, ui.next);
  ui.landmarks["theme"] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
  ImGui::SameLine(0, theme.px(4));
  if (push_button("Help")) ui.requests.act("help");
  ui.landmarks["help"] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
  note_label("Help");
  ImGui::EndChild();
  return {free.min, {std::max(free.min.x, lessons), free.max.y}};
}

}  // namespace noiseglass::app
