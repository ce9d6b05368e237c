#include "ui/widgets/plot.h"
#include "ui/widgets/dialog.h"
#include "ui/widgets/hit_area.h"
#include "ui/widgets/layout_record.h"
#include "ui/widgets/lines.h"
#include "ui/widgets/say.h"

#include <algorithm>
#include <cmath>

namespace noiseglass::app {
namespace {

struct Mapping {
  const Plot& plot;
  Rect area;
  float x(double value) const {
    return area.min.x + float((value - plot.x_min) / (plot.x_max - plot.x_min)) * area.width();
  }
  double value_x(float pixel) const {
    const double f = std::clamp((pixel - area.min.x) / area.width(), 0.f, 1.f);
    return plot.x_min + f * (plot.x_max - plot.x_min);
  }
  float y(double value) const {
    auto height = [&](double v) { return plot.log_y ? std::log10(std::max(v, 1e-300)) : v; };
    const double f = (height(value) - height(plot.y_min)) / (height(plot.y_max) - height(plot.y_min));
    return area.max.y - float(std::clamp(f, -0.02, 1.02)) * area.height();
  }
};

void draw_axes(const Theme& theme, const Plot& plot, const Mapping& map) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  for (double tick : plot.y_ticks) {
    const float y = std::round(map.y(tick));
    draw.AddLine({map.area.min.x, y}, {map.area.max.x, y}, theme.border);
    const std::string text = number(tick, 4);
    draw_text(theme.small,
              {map.area.min.x - theme.px(6) - text_width(theme.small, text), y - theme.small->FontSize / 2}, theme.dim,
              text);
  }
  for (double tick : plot.x_ticks) {
    const float x = std::round(map.x(tick));
    draw.AddLine({x, map.area.min.y}, {x, map.area.max.y}, faded(theme.border, 0.6f));
    if (plot.x_label.empty()) continue;
    const std::string text = number(tick, 4);
    const float w = text_width(theme.small, text);
    const float left = std::clamp(x - w / 2, map.area.min.x - theme.px(8), map.area.max.x - w);
    draw_text(theme.small, {left, map.area.max.y + theme.px(3)}, theme.dim, text);
  }
  const float foot = std::round(map.area.max.y);  // the axis itself; what is inside is only to guide the eye
  draw.AddLine({map.area.min.x, foot}, {map.area.max.x, foot}, line_colour(theme));
  if (!plot.x_label.empty())
    draw_text(
        theme.small,
        {(map.area.min.x + map.area.max.x - text_width(theme.small, plot.x_label)) / 2, map.area.max.y + theme.px(18)},
        theme.dim, plot.x_label);
}

void draw_curve(const Theme& theme, const PlotCurve& curve, const Mapping& map) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  std::vector<ImVec2> points;
  for (std::size_t i = 0; i < curve.x.size(); ++i)
    if (std::isfinite(curve.y[i]) && std::isfinite(curve.x[i])) {
      const ImVec2 p{map.x(curve.x[i]), map.y(curve.y[i])};
      if (points.empty() || std::abs(p.x - points.back().x) + std::abs(p.y - points.back().y) > 0.7f)
        points.push_back(p);
    }
  if (!curve.dashed) {
    draw.AddPolyline(points.data(), int(points.size()), curve.colour, 0, theme.px(2));
    return;
  }
  const float dash = theme.px(5), period = theme.px(9);
  float along = 0;  // the length so far, so that dashes run on around corners
  for (std::size_t i = 1; i < points.size(); ++i) {
    const ImVec2 a = points[i - 1], d{points[i].x - a.x, points[i].y - a.y};
    const float length = std::hypot(d.x, d.y);
    for (float from = -std::fmod(along, period); from < length; from += period) {
      const float start = std::clamp(from, 0.f, length) / length, end = std::clamp(from + dash, 0.f, length) / length;
      if (end > start)
        draw.AddLine({a.x + d.x * start, a.y + d.y * start}, {a.x + d.x * end, a.y + d.y * end}, curve.colour,
                     theme.px(1.5f));
    }
    along += length;
  }
}

void show_values(const Theme& theme, const Plot& plot, double x) {
  if (dialog_appears()) return;
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {theme.px(10), theme.px(8)});
  ImGui::BeginTooltip();
  ImGui::TextDisabled("%s = %s", std::abs(plot.x_max) > 40 ? "t" : "ln SNR", number(x, 4).c_str());
  for (const PlotCurve& curve : plot.curves) {
    const double y = value_at(plot, curve, x);
    ImGui::PushStyleColor(ImGuiCol_Text, curve.colour);
    say(curve.label);
    ImGui::PopStyleColor();
    ImGui::SameLine();
    ImGui::Text("%s", std::isnan(y) ? "–" : number(y, 4).c_str());
  }
  ImGui::EndTooltip();
  ImGui::PopStyleVar();
}

}  // namespace

double value_at(const Plot& plot, const PlotCurve& curve, double x) {
  for (std::size_t i = 1; i < curve.x.size(); ++i) {
    const double a = curve.x[i - 1], b = curve.x[i];
    if ((x - a) * (x - b) > 0 || a == b) continue;
    const double share = (x - a) / (b - a), from = curve.y[i - 1], to = curve.y[i];
    if (plot.log_y && from > 0 && to > 0) return from * std::pow(to / from, share);
    return from + (to - from) * share;
  }
  return std::nan("");
}

bool draw_plot(const Theme& theme, const char* id, const Rect& rect, const Plot& plot, double& dragged_x) {
  const float bottom = plot.x_label.empty() ? theme.px(8) : theme.px(38);
  const Mapping map{
      plot, {{rect.min.x + theme.px(44), rect.min.y + theme.px(24)}, {rect.max.x - theme.px(12), rect.max.y - bottom}}};
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  draw_text(theme.small, rect.min, theme.text, plot.title);
  draw_axes(theme, plot, map);
  draw.PushClipRect({map.area.min.x, map.area.min.y - 2}, {map.area.max.x + 2, map.area.max.y + 2}, true);
  for (const PlotCurve& curve : plot.curves) draw_curve(theme, curve, map);
  draw.PopClipRect();

  ImGui::SetCursorScreenPos(map.area.min);
  hit_area(id, {std::max(1.f, map.area.width()), std::max(1.f, map.area.height())});
  note_subject(id, {{rect.min.x, map.area.min.y - theme.small->FontSize / 2}, rect.max});
  const bool active = ImGui::IsItemActive();
  const float mouse = ImGui::GetIO().MousePos.x;
  if (active) dragged_x = map.value_x(mouse);
  for (const PlotCurve& curve : plot.curves) {
    const float x = std::round(std::clamp(map.x(curve.cursor_x), map.area.min.x, map.area.max.x));
    draw.AddLine({x, map.area.min.y}, {x, map.area.max.y}, faded(theme.text, 0.55f), theme.px(1));
    const double y = value_at(plot, curve, curve.cursor_x);
    const float height = map.y(y);
    if (!(height >= map.area.min.y && height <= map.area.max.y))
      continue;  // there is no such value, or it is off the axis
    draw.AddCircleFilled({x, height}, theme.px(5.5f), theme.surface);
    draw.AddCircleFilled({x, height}, theme.px(4), curve.colour);
  }
  if (ImGui::IsItemHovered() || active) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
    show_values(theme, plot, map.value_x(mouse));
  }
  return active;
}

}  // namespace noiseglass::app
