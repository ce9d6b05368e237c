#include "ui/lessons/lessons.h"
#include "ui/panels/panel.h"
#include "ui/widgets/hit_area.h"
#include "ui/widgets/layout.h"
#include "ui/widgets/layout_record.h"

#include <algorithm>

namespace noiseglass::app {
namespace {

struct Tab {
  std::string id, label, help;
};

/// What stands in the row: a tab, or a name with a menu of tabs.
struct TabGroup {
  std::string name;  ///< empty: its only tab stands for itself
  std::vector<Tab> tabs;

  const Tab* find(const std::string& id) const {
    const auto found = std::ranges::find(tabs, id, &Tab::id);
    return found == tabs.end() ? nullptr : &*found;
  }
};

std::vector<TabGroup> tab_groups() {
  std::vector<TabGroup> all = {
      {"", {{"pictures", "Pictures", "The forward and the reverse process on pictures, in two lanes side by side."}}}};
  for (const PanelRecord& record : panel_records()) {
    if (record.group.empty() || all.back().name != record.group) all.push_back({record.group, {}});
    all.back().tabs.push_back({record.id, record.label, record.summary});
  }
  return all;
}

void open_tab(Ui& ui, const std::string& id) {
  if (ui.next.panel == id) return;
  ui.next.panel = id;
  ui.next.playing = Playing::paused;
}

/// By the keyboard's arrows: the tab beside the open one, in whatever group it is.
void open_beside(Ui& ui, const std::vector<TabGroup>& groups, int moves) {
  if (moves == 0) return;
  std::vector<std::string> ids;
  for (const TabGroup& group : groups)
    for (const Tab& tab : group.tabs) ids.push_back(tab.id);
  const int here = int(std::ranges::find(ids, ui.next.panel) - ids.begin());
  open_tab(ui, ids[std::size_t(std::clamp(here + moves, 0, int(ids.size()) - 1))]);
}

// How a place in the row looks: its name, for a group that of the open panel, and the sign of a menu.
constexpr float tab_pad = 10, tab_arrow = 14;
const char* const between = "  ";

float tab_width(const Theme& theme, const TabGroup& group, const std::string& open) {
  const float pads = 2 * theme.px(tab_pad);
  if (group.name.empty()) return text_width(theme.body, group.tabs.front().label) + pads;
  const Tab* tab = group.find(open);
  return text_width(theme.body, tab ? group.name + between + tab->label : group.name) + theme.px(tab_arrow) + pads;
}

void draw_tab(const Theme& theme, const TabGroup& group, const Tab* open, const Rect& rect, bool hovered) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  if (open || hovered) draw.AddRectFilled(rect.min, rect.max, open ? theme.raised : theme.surface, theme.px(6));
  ImVec2 at{rect.min.x + theme.px(tab_pad), (rect.min.y + rect.max.y - theme.body->FontSize) / 2};
  const ImU32 colour = open || hovered ? theme.text : theme.dim;
  if (group.name.empty()) {
    draw_text(theme.body, at, colour, group.tabs.front().label);
    return;
  }
  at.x += draw_text(theme.body, at, open ? theme.dim : colour, group.name);
  if (open) {
    at.x += text_width(theme.body, between);
    draw_text(theme.body, at, theme.text, open->label);
  }
  const ImVec2 tip{rect.max.x - theme.px(tab_pad + 4), (rect.min.y + rect.max.y) / 2 + theme.px(1)};
  draw.AddTriangleFilled({tip.x - theme.px(4), tip.y - theme.px(2)}, {tip.x + theme.px(4), tip.y - theme.px(2)},
                         {tip.x, tip.y + theme.px(3)}, colour);
}

/// One panel in the menu of its group: its name, and below it what there is to see.
bool draw_entry(Ui& ui, const Tab& tab, float width) {
  const Theme& theme = ui.theme;
  const bool chosen = tab.id == ui.next.panel;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float pad = theme.px(10), room = width - 2 * pad;
  const float height = theme.px(34) + wrapped_height(theme.small, tab.help, room);
  const bool pressed = hit_area(("entry " + tab.id).c_str(), {width, height});
  focus_stop(Takes::press, nullptr, chosen);
  const Rect rect{at, {at.x + width, at.y + height}};
  ui.landmarks["tab." + tab.id] = rect;
  const bool hovered = ImGui::IsItemHovered();
  if (hovered || chosen)
    ImGui::GetWindowDrawList()->AddRectFilled(rect.min, rect.max, hovered ? theme.hovered : theme.raised, theme.px(6));
  draw_text(theme.strong, {at.x + pad, at.y + theme.px(6)}, theme.text, tab.label);
  draw_text_wrapped(theme.small, {at.x + pad, at.y + theme.px(27)}, theme.dim, tab.help, room);
  return pressed;
}

/// The menu of a group, below its place in the row.
void draw_menu(Ui& ui, const TabGroup& group, const Rect& owner) {
  const Theme& theme = ui.theme;
  if (ImGui::IsPopupOpen(group.name.c_str())) {
    const ImVec2 screen = ImGui::GetIO().DisplaySize;
    open_below(theme, owner, std::min(theme.px(400), screen.x - theme.px(16)), {{theme.px(8), 0}, screen});
  }
  if (!ImGui::BeginPopup(group.name.c_str())) return;
  ui.popups.open = group.name;
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, theme.px(2)});
  const float width = ImGui::GetContentRegionAvail().x;
  for (const Tab& tab : group.tabs)
    if (draw_entry(ui, tab, width)) {
      open_tab(ui, tab.id);
      ImGui::CloseCurrentPopup();
    }
  ImGui::PopStyleVar();
  if (ui.popups.escape) ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
}

/// The tabs in a row. @returns their right end
float draw_row(Ui& ui, float x, const Rect& rect) {
  const Theme& theme = ui.theme;
  const float top = rect.min.y + theme.px(8), bottom = rect.max.y - theme.px(8);
  const std::vector<TabGroup> groups = tab_groups();
  int moves = 0;
  for (const TabGroup& group : groups) {
    const Tab* open = group.find(ui.next.panel);
    const bool menu = !group.name.empty();
    const Rect place{{x, top}, {x + tab_width(theme, group, ui.next.panel), bottom}};
    ImGui::SetCursorScreenPos(place.min);
    const std::string id = menu ? "group " + group.name : "tab " + group.tabs.front().id;
    const bool pressed = hit_area(id.c_str(), {place.width(), place.height()});
    if (open)
      moves = focus_stop(menu ? Takes::menu : Takes::choices, "open tab").across;
    else
      focus_stop(Takes::press);
    const bool hovered = ImGui::IsItemHovered();
    tooltip(theme, menu ? "" : group.tabs.front().help.c_str());
    for (const Tab& tab : group.tabs) ui.landmarks["tab." + tab.id] = place;
    draw_tab(theme, group, open, place, hovered);
    if (menu) {
      ui.landmarks["tabs." + group.name] = place;
      if (pressed) ImGui::OpenPopup(group.name.c_str());
      draw_menu(ui, group, place);
    } else if (pressed) {
      open_tab(ui, group.tabs.front().id);
    }
    x = place.max.x + theme.px(2);
  }
  open_beside(ui, groups, moves);
  return x;
}

/// One box to choose from, where there is no room for a row.
void draw_choice(Ui& ui, float x, const Rect& rect) {
  std::string label;
  for (const TabGroup& group : tab_groups())
    if (const Tab* tab = group.find(ui.next.panel)) label = tab->label;
  ImGui::SetCursorScreenPos({x, rect.min.y + (rect.height() - ImGui::GetFrameHeight()) / 2});
  small_combo(ui.theme, "##tabs", label, ui.theme.px(150), "What to show.", [&] {
    for (const TabGroup& group : tab_groups()) {
      if (!group.name.empty()) ImGui::TextDisabled("%s", group.name.c_str());
      for (const Tab& tab : group.tabs) {
        if (list_entry(tab.label.c_str(), tab.id == ui.next.panel)) open_tab(ui, tab.id);
        ui.landmarks["tab." + tab.id] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
      }
    }
  });
  ui.landmarks["tabs"] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
}

}  // namespace

Rect draw_tabs(Ui& ui, const Rect& rect) {
  begin_area("tabs", rect);
  const Theme& theme = ui.theme;
  float x = rect.min.x + theme.px(16);
  const float brand = text_width(theme.title, "noiseglass") + theme.px(24);
  if (rect.width() > theme.px(400) + brand) {
    draw_text(theme.title, {x, rect.min.y + (rect.height() - theme.title->FontSize) / 2}, theme.text, "noiseglass");
    x += brand;
  }
  float end = x + theme.px(215);  // lessons, theme and help at the right, gaps
  for (const TabGroup& group : tab_groups()) end += tab_width(theme, group, ui.next.panel) + theme.px(2);
  const bool shares = window_is_short(theme);  // the row, with the picture's controls, which need as much as this
  const bool in_row = end + (shares ? theme.px(450) : 0) < rect.max.x;
  Rect free{rect.max, rect.max};
  if (in_row) {
    const float right = draw_row(ui, x - theme.px(tab_pad), rect);
    if (shares) free.min = {right, rect.min.y};
  } else {
    draw_choice(ui, x, rect);
    free.min = {ImGui::GetItemRectMax().x, rect.min.y};
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
