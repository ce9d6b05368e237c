#include "ui/panels/shared/controls.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace noiseglass::app {
namespace {

const Setting& declared(const Ui& ui, const char* id) {
  for (const Setting& setting : find_panel(ui.next.panel)->settings)
    if (setting.id == id) return setting;
  IM_ASSERT(!"a control for a setting that the panel's record does not declare");
  static const Setting none;
  return none;
}

std::string full_name(const Ui& ui, const char* id) { return ui.next.panel + "." + id; }

float room() { return ImGui::GetContentRegionAvail().x; }

void label_above(const Ui& ui, const Setting& setting, const std::string& value = "") {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_text(ui.theme.small, at, ui.theme.dim, setting.label);
  if (!value.empty())
    draw_text(ui.theme.small, {at.x + room() - text_width(ui.theme.small, value), at.y}, ui.theme.text, value);
  ImGui::Dummy({1, ui.theme.small->FontSize - ui.theme.px(2)});
}

void end_control(Ui& ui, const char* id, ImVec2 top_left) {
  const ImVec2 max = ImGui::GetItemRectMax();
  mark(ui, id, {top_left, {std::max(max.x, top_left.x + ui.theme.px(40)), max.y}});
  ImGui::Dummy({1, ui.theme.px(4)});
}

/// A slider of our own look: a thin track and a round grip, as in the time bar. @returns true while it changes `share`
bool slide(const Ui& ui, const char* id, double& share) {
  const Theme& theme = ui.theme;
  const float r = theme.px(7), height = theme.px(20);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float left = at.x + r, right = at.x + room() - r, middle = at.y + height / 2;
  ImGui::InvisibleButton(id, {room(), height});
  const bool held = ImGui::IsItemActive(), hovered = ImGui::IsItemHovered();
  const double before = share;
  if (held) share = std::clamp(double(ImGui::GetIO().MousePos.x - left) / (right - left), 0.0, 1.0);
  const float x = left + float(share) * (right - left), half = theme.px(2);
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  draw.AddRectFilled({left, middle - half}, {right, middle + half}, theme.raised, half);
  draw.AddRectFilled({left, middle - half}, {x, middle + half}, theme.dim, half);
  draw.AddCircleFilled({x, middle}, r - theme.px(held || hovered ? 0 : 1), theme.accent);
  return held && share != before;
}

bool slider(Ui& ui, const char* id, const char* format, bool log) {
  if (is_hidden(ui, id)) return false;
  const Setting& found = declared(ui, id);
  const double value = setting(ui, id);
  char text[32];
  std::snprintf(text, sizeof text, found.whole ? "%.0f" : format, value);
  const ImVec2 top_left = ImGui::GetCursorScreenPos();
  label_above(ui, found, text);
  const auto scale = [log](double v) { return log ? std::log(v) : v; };
  const double low = scale(found.min), high = scale(found.max);
  double share = (scale(value) - low) / (high - low);
  const bool changed = slide(ui, id, share);
  tooltip(ui.theme, found.help.c_str());
  if (changed) {
    const double moved = low + share * (high - low);
    set_setting(ui, id, log ? std::exp(moved) : moved);
  }
  end_control(ui, id, top_left);
  return changed;
}

}  // namespace

double setting(const Ui& ui, const char* id) { return setting_value(ui.next, ui.next.panel, id); }
int setting_index(const Ui& ui, const char* id) { return int(std::lround(setting(ui, id))); }
bool setting_on(const Ui& ui, const char* id) { return setting(ui, id) != 0; }
void set_setting(Ui& ui, const char* id, double value) { set_setting(ui.next, ui.next.panel, id, value); }

Rect begin_controls(Ui& ui, const Rect& rect, float design_width) {
  const Theme& theme = ui.theme;
  const float width = std::min(theme.px(design_width), rect.width() * 0.45f), pad = theme.px(16);
  const Rect column{{rect.max.x - width, rect.min.y}, rect.max};
  ImGui::GetWindowDrawList()->AddRectFilled(column.min, column.max, theme.surface, theme.px(10));
  ImGui::SetCursorScreenPos({column.min.x + pad, column.min.y + pad});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::BeginChild("controls", {width - 2 * pad, std::max(1.f, column.height() - 2 * pad)});
  ImGui::PopStyleVar();
  return {rect.min, {column.min.x - theme.px(16), rect.max.y}};
}

void end_controls() { ImGui::EndChild(); }

void control_heading(Ui& ui, const char* text) {
  if (ImGui::GetCursorPosY() > 1) ImGui::Dummy({1, ui.theme.px(6)});
  draw_text(ui.theme.strong, ImGui::GetCursorScreenPos(), ui.theme.text, text);
  ImGui::Dummy({1, ui.theme.strong->FontSize});
}

void control_note(Ui& ui, const std::string& text) {
  ImGui::PushFont(ui.theme.small);
  ImGui::PushStyleColor(ImGuiCol_Text, ui.theme.dim);
  ImGui::PushTextWrapPos(0);
  ImGui::TextUnformatted(text.c_str());
  ImGui::PopTextWrapPos();
  ImGui::PopStyleColor();
  ImGui::PopFont();
}

bool setting_slider(Ui& ui, const char* id, const char* format) { return slider(ui, id, format, false); }
bool setting_slider_log(Ui& ui, const char* id, const char* format) { return slider(ui, id, format, true); }

bool setting_combo(Ui& ui, const char* id) {
  if (is_hidden(ui, id)) return false;
  const Setting& found = declared(ui, id);
  const int chosen = setting_index(ui, id);
  const ImVec2 top_left = ImGui::GetCursorScreenPos();
  label_above(ui, found);
  bool changed = false;
  ImGui::SetNextItemWidth(room());
  if (ImGui::BeginCombo((std::string("##") + id).c_str(), found.choices[chosen].c_str(), ImGuiComboFlags_HeightLarge)) {
    for (std::size_t i = 0; i < found.choices.size(); ++i)
      if (ImGui::Selectable(found.choices[i].c_str(), int(i) == chosen) && int(i) != chosen)
        set_setting(ui, id, double(i)), changed = true;
    ImGui::EndCombo();
  }
  tooltip(ui.theme, found.help.c_str());
  end_control(ui, id, top_left);
  return changed;
}

bool setting_segments(Ui& ui, const char* id) {
  if (is_hidden(ui, id)) return false;
  const Setting& found = declared(ui, id);
  int chosen = setting_index(ui, id);
  const ImVec2 top_left = ImGui::GetCursorScreenPos();
  label_above(ui, found);
  const bool changed = segmented(ui.theme, id, found.choices, chosen, found.help.c_str());
  if (changed) set_setting(ui, id, chosen);
  end_control(ui, id, top_left);
  return changed;
}

bool setting_switch(Ui& ui, const char* id) {
  if (is_hidden(ui, id)) return false;
  const Theme& theme = ui.theme;
  const Setting& found = declared(ui, id);
  const bool on = setting_on(ui, id);
  const float height = theme.px(24), width = theme.px(32), r = theme.px(7);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const bool pressed = ImGui::InvisibleButton(id, {room(), height});
  tooltip(theme, found.help.c_str());
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const float middle = at.y + height / 2;
  draw.AddRectFilled({at.x, middle - r - theme.px(2)}, {at.x + width, middle + r + theme.px(2)},
                     on                       ? theme.accent
                     : ImGui::IsItemHovered() ? theme.hovered
                                              : theme.raised,
                     r + theme.px(2));
  draw.AddCircleFilled({on ? at.x + width - r - theme.px(2) : at.x + r + theme.px(2), middle}, r - theme.px(1),
                       on ? theme.on_accent : theme.dim);
  draw_text(theme.body, {at.x + width + theme.px(10), middle - theme.body->FontSize / 2}, theme.text, found.label);
  if (pressed) set_setting(ui, id, on ? 0 : 1);
  end_control(ui, id, at);
  return pressed;
}

bool panel_button(Ui& ui, const char* id, const char* text, const char* help, bool primary, bool enabled) {
  if (is_hidden(ui, id)) return false;
  ImGui::BeginDisabled(!enabled);
  if (primary) {
    ImGui::PushStyleColor(ImGuiCol_Button, ui.theme.accent);
    ImGui::PushStyleColor(ImGuiCol_ButtonHovered, faded(ui.theme.accent, 0.85f));
    ImGui::PushStyleColor(ImGuiCol_ButtonActive, faded(ui.theme.accent, 0.7f));
    ImGui::PushStyleColor(ImGuiCol_Text, ui.theme.on_accent);
  }
  const bool pressed = ImGui::Button((std::string(text) + "##" + id).c_str());
  if (primary) ImGui::PopStyleColor(4);
  ImGui::EndDisabled();
  tooltip(ui.theme, help);
  mark(ui, id, {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()});
  return pressed;
}

void mark(Ui& ui, const char* id, const Rect& rect) {
  const std::string name = full_name(ui, id);
  ui.landmarks[name] = rect;
  if (!ui.data.highlighted.contains(name)) return;
  const float grow = ui.theme.px(4);
  ImGui::GetForegroundDrawList()->AddRect({rect.min.x - grow, rect.min.y - grow},
                                          {rect.max.x + grow, rect.max.y + grow}, ui.theme.warning, ui.theme.px(8), 0,
                                          ui.theme.px(2));
}

bool is_hidden(const Ui& ui, const char* id) { return ui.data.hidden.contains(full_name(ui, id)); }

}  // namespace noiseglass::app
