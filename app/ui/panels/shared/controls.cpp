#include "ui/panels/shared/controls.h"

#include "language/language.h"
#include "ui/widgets/box.h"
#include "ui/widgets/glossary.h"
#include "ui/widgets/hit_area.h"
#include "ui/widgets/layout_record.h"
#include "ui/widgets/lines.h"
#include "ui/widgets/say.h"
#include "ui/widgets/slider.h"
#include "ui/window/exporter.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>

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

float label_width(const Ui& ui, const Setting& setting) { return text_width(ui.theme.small, setting.label); }

void finish(Ui& ui, const char* id, ImVec2 top_left) {
  const ImVec2 max = ImGui::GetItemRectMax();
  const float label = label_width(ui, declared(ui, id));
  mark(ui, id, {top_left, {std::max({max.x, top_left.x + ui.theme.px(40), top_left.x + label}), max.y}});
  if (!controls_in_a_line(ui)) ImGui::Dummy({1, ui.theme.px(4)});
  end_control(ui);
}

/// Which of those that were asked for have room in a line of `width`: what a lesson points at first.
std::set<std::string> chosen_for(const std::vector<ControlsLayout::Asked>& asked, float width, float gap) {
  std::vector<std::size_t> order(asked.size());
  std::iota(order.begin(), order.end(), std::size_t(0));
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return asked[a].rank > asked[b].rank; });
  std::set<std::string> chosen;
  for (const std::size_t i : order) {
    if (asked[i].width > width) continue;
    width -= asked[i].width + gap;
    chosen.insert(asked[i].id);
  }
  return chosen;
}

/// Opens and closes the drawer, at the right end of the line.
void drawer_button(Ui& ui) {
  ControlsLayout& layout = ui.controls;
  const char* text = layout.drawer ? "Close" : "More…";
  const float width = ui.theme.px(76);
  ImGui::SetCursorScreenPos({layout.place.max.x - width, layout.place.min.y + ui.theme.px(19)});
  if (push_button(text, {width, 0})) layout.drawer = !layout.drawer;
  note_label(text);
  tooltip(ui.theme, "All settings of this panel, and notes on them.");
  mark(ui, "more", {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()});
}

/// A slider of our own look: a thin track and a round grip, as in the time bar. What is typed stands above it.
/// @returns what hands do to it beside dragging, which changes `share`
SliderHands slide(const Ui& ui, const char* id, double& share, const std::string& value) {
  const Theme& theme = ui.theme;
  // In a line its track is level with the middle of the buttons beside it.
  const float r = theme.px(7), height = controls_in_a_line(ui) ? ImGui::GetFrameHeight() : theme.px(20);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float left = at.x + r, right = at.x + room() - r, middle = at.y + height / 2;
  hit_area(id, {room(), height});
  const bool held = ImGui::IsItemActive(), hovered = ImGui::IsItemHovered();
  if (held) share = std::clamp(double(ImGui::GetIO().MousePos.x - left) / (right - left), 0.0, 1.0);
  const float x = left + float(share) * (right - left), half = theme.px(2);
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  draw.AddRectFilled({left, middle - half / 2}, {right, middle + half / 2}, line_colour(theme), half / 2);
  draw.AddRectFilled({left, middle - half}, {x, middle + half}, theme.dim, half);
  draw.AddCircleFilled({x, middle}, r - theme.px(held || hovered ? 0 : 1), theme.accent);
  const float end = at.x + room();
  return slider_hands(theme, value,
                      {{std::max(at.x, end - theme.px(96)), at.y - theme.px(24)}, {end, at.y - theme.px(4)}});
}

/// What was typed instead: taken, or refused with a sentence.
bool take_typed(Ui& ui, const char* id, const std::string& text) {
  try {
    set_setting_text(ui.next, ui.next.panel, id, text);
    return true;
  } catch (const UsageError& error) {
    refuse_typed(error.what());
    return false;
  }
}

bool slider(Ui& ui, const char* id, const char* format, bool log) {
  if (is_hidden(ui, id)) return false;
  const Setting& found = declared(ui, id);
  const double value = setting(ui, id);
  char text[32];
  std::snprintf(text, sizeof text, found.whole ? "%.0f" : format, value);
  const float words = label_width(ui, found) + text_width(ui.theme.small, text) + ui.theme.px(14);
  if (!begin_control(ui, id, std::max(ui.theme.px(130), words))) return false;
  const ImVec2 top_left = ImGui::GetCursorScreenPos();
  label_above(ui, found, text);
  const auto scale = [log](double v) { return log ? std::log(v) : v; };
  const double low = scale(found.min), high = scale(found.max);
  const double before = (scale(value) - low) / (high - low);
  double share = before;
  const SliderHands hands = slide(ui, id, share, number(value, 6));
  tooltip(ui.theme, found.help.c_str());
  const double moved = hands.moved(share, found.whole && !log ? 1 / (high - low) : 0.01);
  bool changed = moved != before;
  if (changed) {
    double wanted = low + moved * (high - low);
    if (log) wanted = std::exp(wanted);
    if (found.whole && std::lround(wanted) == std::lround(value) && share == before)
      wanted = value + std::copysign(1, moved - before);  // a step is never none
    set_setting(ui, id, wanted);
  }
  if (hands.typed) changed |= take_typed(ui, id, *hands.typed);
  finish(ui, id, top_left);
  return changed;
}

void begin_column(Ui& ui, const Rect& column) {
  const float pad = ui.theme.px(16);
  ImGui::SetCursorScreenPos({column.min.x + pad, column.min.y + pad});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::BeginChild("controls", {column.width() - 2 * pad, std::max(1.f, column.height() - 2 * pad)});
  ImGui::PopStyleVar();
}

/// The drawer: a surface of its own over the panel, whose inside is the column.
void begin_drawer(Ui& ui, const Rect& column) {
  ImGui::SetCursorScreenPos(column.min);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::PushStyleColor(ImGuiCol_ChildBg, ui.theme.surface);
  ImGui::BeginChild("drawer", {column.width(), std::max(1.f, column.height())}, true);
  ImGui::PopStyleColor();
  ImGui::PopStyleVar();
  begin_column(ui, column);
}

}  // namespace

double setting(const Ui& ui, const char* id) { return setting_value(ui.next, ui.next.panel, id); }
int setting_index(const Ui& ui, const char* id) { return int(std::lround(setting(ui, id))); }
bool setting_on(const Ui& ui, const char* id) { return setting(ui, id) != 0; }
void set_setting(Ui& ui, const char* id, double value) { set_setting(ui.next, ui.next.panel, id, value); }

Rect begin_controls(Ui& ui, const Rect& rect, float design_width, float wide) {
  const Theme& theme = ui.theme;
  ControlsLayout& layout = ui.controls;
  if (layout.panel != ui.next.panel) layout = {};
  layout.panel = ui.next.panel;
  layout.line = rect.width() < theme.px(wide) || theme.projecting;
  layout.drawer &= layout.line && !theme.projecting;
  layout.asked.clear();
  layout.notes = false;
  const float width = std::min(theme.px(design_width), rect.width() * 0.45f), gap = theme.px(16);
  if (!layout.line) {
    const Rect column{{rect.max.x - width, rect.min.y}, rect.max};
    ImGui::GetWindowDrawList()->AddRectFilled(column.min, column.max, theme.surface, theme.px(10));
    begin_column(ui, column);
    return {rect.min, {column.min.x - gap, rect.max.y}};
  }
  if (theme.projecting && layout.shown.empty()) {  // settings are away
    layout.place = {rect.min, {rect.max.x, rect.min.y}};
    return rect;
  }
  layout.place = {rect.min, {rect.max.x, rect.min.y + theme.px(50)}};
  layout.x = rect.min.x;
  const Rect rest{{rect.min.x, layout.place.max.y + theme.px(8)}, rect.max};
  if (layout.drawer) begin_drawer(ui, {{rect.max.x - theme.px(design_width), rest.min.y}, rect.max});
  return rest;
}

void end_controls(Ui& ui) {
  ControlsLayout& layout = ui.controls;
  if (!layout.line || layout.drawer) ImGui::EndChild();
  if (layout.drawer) ImGui::EndChild();
  if (!layout.line) return;
  if (layout.drawer) return drawer_button(ui);
  const float gap = ui.theme.px(20);
  if (ui.theme.projecting) {  // only what the lesson points at
    std::erase_if(layout.asked, [](const ControlsLayout::Asked& asked) { return asked.rank < 2; });
    layout.shown = chosen_for(layout.asked, layout.place.width(), gap);
    return;
  }
  layout.shown = chosen_for(layout.asked, layout.place.width(), gap);
  if (layout.shown.size() == layout.asked.size() && !layout.notes) return;
  layout.shown = chosen_for(layout.asked, layout.place.width() - ui.theme.px(76) - gap, gap);
  drawer_button(ui);
}

bool controls_in_a_line(const Ui& ui) { return ui.controls.line && !ui.controls.drawer; }

bool begin_control(Ui& ui, const char* id, float width, bool primary) {
  if (!controls_in_a_line(ui)) return true;
  ControlsLayout& layout = ui.controls;
  width = std::ceil(width);
  layout.asked.push_back({id, width, ui.marks.highlighted.contains(full_name(ui, id)) ? 2 : primary ? 1 : 0});
  if (!layout.shown.contains(id)) return false;
  ImGui::SetCursorScreenPos({layout.x, layout.place.min.y});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::BeginChild((std::string("control ") + id).c_str(), {width, layout.place.height()}, false,
                    ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
  ImGui::PopStyleVar();
  layout.x += width + ui.theme.px(20);
  return true;
}

void end_control(Ui& ui) {
  if (controls_in_a_line(ui)) ImGui::EndChild();
}

void skip_label(const Ui& ui) {
  if (controls_in_a_line(ui)) ImGui::SetCursorPosY(ImGui::GetCursorPosY() + ui.theme.px(19));
}

void control_heading(Ui& ui, const char* text) {
  if (controls_in_a_line(ui)) return;
  if (ImGui::GetCursorPosY() > 1) ImGui::Dummy({1, ui.theme.px(6)});
  draw_text(ui.theme.strong, ImGui::GetCursorScreenPos(), ui.theme.text, text);
  ImGui::Dummy({1, ui.theme.strong->FontSize});
}

void control_note(Ui& ui, const std::string& text) {
  ui.controls.notes = true;
  if (controls_in_a_line(ui)) return;
  ImGui::PushFont(ui.theme.small);
  ImGui::PushStyleColor(ImGuiCol_Text, ui.theme.dim);
  ImGui::PushTextWrapPos(0);
  say(text);
  const Rect place{ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
  note_text(text, place, ui.theme.small->FontSize);
  note_term(text, place);
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
  if (!begin_control(ui, id, std::max(ui.theme.px(168), label_width(ui, found)))) return false;
  const ImVec2 top_left = ImGui::GetCursorScreenPos();
  label_above(ui, found);
  bool changed = false;
  ImGui::SetNextItemWidth(room());
  if (begin_box(ui.theme, (std::string("##") + id).c_str(), found.choices[chosen])) {
    for (std::size_t i = 0; i < found.choices.size(); ++i)
      if (list_entry(found.choices[i].c_str(), int(i) == chosen) && int(i) != chosen)
        set_setting(ui, id, double(i)), changed = true;
    ImGui::EndCombo();
  }
  focus_stop(Takes::press);
  note_label(found.choices[chosen]);
  tooltip(ui.theme, found.help.c_str());
  finish(ui, id, top_left);
  return changed;
}

bool setting_segments(Ui& ui, const char* id) {
  if (is_hidden(ui, id)) return false;
  const Setting& found = declared(ui, id);
  int chosen = setting_index(ui, id);
  float width = 0;
  for (const std::string& choice : found.choices) width += text_width(ui.theme.small, choice) + ui.theme.px(20);
  if (!begin_control(ui, id, std::max(width, label_width(ui, found)))) return false;
  const ImVec2 top_left = ImGui::GetCursorScreenPos();
  label_above(ui, found);
  const bool changed = segmented(ui.theme, id, found.choices, chosen, found.help.c_str());
  if (changed) set_setting(ui, id, chosen);
  finish(ui, id, top_left);
  return changed;
}

bool setting_switch(Ui& ui, const char* id) {
  if (is_hidden(ui, id)) return false;
  const Theme& theme = ui.theme;
  const Setting& found = declared(ui, id);
  const bool on = setting_on(ui, id);
  const float height = controls_in_a_line(ui) ? ImGui::GetFrameHeight() : theme.px(24);
  const float width = theme.px(32), r = theme.px(7);
  if (!begin_control(ui, id, width + theme.px(12) + text_width(theme.body, found.label))) return false;
  skip_label(ui);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const bool pressed = hit_area(id, {room(), height});
  focus_stop(Takes::press);
  tooltip(theme, found.help.c_str());
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const float middle = at.y + height / 2;
  draw.AddRectFilled({at.x, middle - r - theme.px(2)}, {at.x + width, middle + r + theme.px(2)},
                     on                       ? theme.accent
                     : ImGui::IsItemHovered() ? theme.hovered
                                              : theme.raised,
                     r + theme.px(2));
  if (!on || theme.outlined)
    draw.AddRect({at.x, middle - r - theme.px(2)}, {at.x + width, middle + r + theme.px(2)}, line_colour(theme),
                 r + theme.px(2));
  draw.AddCircleFilled({on ? at.x + width - r - theme.px(2) : at.x + r + theme.px(2), middle}, r - theme.px(1),
                       on ? theme.on_accent : theme.dim);
  draw_text(theme.body, {at.x + width + theme.px(10), middle - theme.body->FontSize / 2}, theme.text, found.label);
  if (pressed) set_setting(ui, id, on ? 0 : 1);
  finish(ui, id, at);
  return pressed;
}

bool panel_button(Ui& ui, const char* id, const char* text, const char* help, bool primary, bool enabled) {
  if (is_hidden(ui, id)) return false;
  if (!begin_control(ui, id, ImGui::CalcTextSize(tr(text).c_str()).x + 2 * ImGui::GetStyle().FramePadding.x, primary))
    return false;
  skip_label(ui);
  ImGui::BeginDisabled(!enabled);
  if (primary) {
    ImGui::PushStyleColor(ImGuiCol_Button, ui.theme.accent);
    ImGui::PushStyleColor(ImGuiCol_ButtonHovered, faded(ui.theme.accent, 0.85f));
    ImGui::PushStyleColor(ImGuiCol_ButtonActive, faded(ui.theme.accent, 0.7f));
    ImGui::PushStyleColor(ImGuiCol_Text, ui.theme.on_accent);
  }
  const bool pressed = push_button((std::string(text) + "##" + id).c_str());
  note_label(text);
  if (primary) ImGui::PopStyleColor(4);
  ImGui::EndDisabled();
  tooltip(ui.theme, help);
  mark(ui, id, {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()});
  end_control(ui);
  return pressed;
}

void mark(Ui& ui, const char* id, const Rect& rect) {
  const std::string name = full_name(ui, id);
  ui.landmarks[name] = rect;
  note_control(name, rect);
  if (ui.marks.highlighted.contains(name)) draw_ring(ui.theme, rect, ui.theme.warning);
}

void mark_subject(Ui& ui, const char* id, const Rect& rect) {
  mark(ui, id, rect);
  note_subject(full_name(ui, id), rect);
  ui.exporter.seen.push_back({full_name(ui, id), rect});
}

void mark_subject(Ui& ui, const char* id, const Rect& rect, exports::Plot plot) {
  mark_subject(ui, id, rect);
  ui.exporter.seen.back().plot = std::make_shared<const exports::Plot>(std::move(plot));
}

exports::Plot on_paper(const Plot& plot, const std::string& title, const std::string& y_label) {
  exports::Plot out{title,      plot.x_label, y_label,      plot.x_min,   plot.x_max, plot.y_min,
                    plot.y_max, plot.log_y,   plot.x_ticks, plot.y_ticks, {}};
  for (const PlotCurve& curve : plot.curves) out.curves.push_back(curve_on_paper(curve.label, curve.x, curve.y));
  return out;
}

void mark_plot(Ui& ui, const char* id, const Rect& field, const Rect& with_axes) {
  mark(ui, id, field);
  note_subject(full_name(ui, id), with_axes);
  ui.exporter.seen.push_back({full_name(ui, id), with_axes});
}

void mark_plot(Ui& ui, const char* id, const Rect& field, const Rect& with_axes, exports::Plot plot) {
  mark_plot(ui, id, field, with_axes);
  ui.exporter.seen.back().plot = std::make_shared<const exports::Plot>(std::move(plot));
}

exports::Curve curve_on_paper(std::string label, std::vector<double> x, std::vector<double> y) {
  return {std::move(label), std::move(x), std::move(y), std::nan(""), std::nan("")};
}

FocusKeys probe_by_keys(Ui& ui, const char* across, const char* up, double step) {
  const FocusKeys keys = focus_stop(Takes::plane);
  if (across && keys.across != 0) set_setting(ui, across, setting(ui, across) + step * keys.across);
  if (up && keys.up != 0) set_setting(ui, up, setting(ui, up) + step * keys.up);
  return keys;
}

bool is_hidden(const Ui& ui, const char* id) { return ui.marks.hidden.contains(full_name(ui, id)); }

}  // namespace noiseglass::app
