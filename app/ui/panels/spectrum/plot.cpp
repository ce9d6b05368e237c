#include "ui/panels/spectrum/plot.h"

#include "ui/panels/shared/axes.h"
#include "ui/panels/shared/legend.h"
#include "ui/widgets/layout.h"

#include <algorithm>
#include <cmath>

namespace noiseglass::app {
namespace {

constexpr double lowest = -4.5, highest = 5;  // powers of ten

void draw_scales(const Theme& theme, const Axes& axes, float bottom) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  static const std::pair<double, const char*> powers[] = {{-4, "10⁻⁴"}, {-2, "0.01"}, {0, "1"}, {2, "100"}, {4, "10⁴"}};
  for (const auto& [power, text] : powers) {
    const float y = std::round(axes.py(power));
    draw.AddLine({axes.area.min.x, y}, {axes.area.max.x, y}, faded(theme.border, 0.6f));
    draw_text(theme.small,
              {axes.area.min.x - theme.px(6) - text_width(theme.small, text), y - theme.small->FontSize / 2}, theme.dim,
              text);
  }
  for (int cycles = 1; std::log10(cycles) <= axes.x_max; cycles *= 2) {
    const float x = std::round(axes.px(std::log10(cycles)));
    draw.AddLine({x, axes.area.min.y}, {x, axes.area.max.y}, faded(theme.border, 0.6f));
    const std::string text = std::to_string(cycles);
    const float width = text_width(theme.small, text);
    draw_text(theme.small, {std::min(x - width / 2, axes.area.max.x + theme.px(4) - width), bottom}, theme.dim, text);
  }
}

/// Rings are gathered where they lie closer than the eye can tell them apart.
std::vector<ImVec2> line_of(const Axes& axes, const SpectrumCurve& curve) {
  std::vector<ImVec2> points;
  const int end = std::min(int(curve.power.size()), curve.end + 1);
  for (int k = 1; k < end;) {
    double sum = 0, where = 0;
    int count = 0;
    const float first = axes.px(std::log10(k));
    do {
      sum += curve.power[std::size_t(k)], where += std::log10(k);
      ++count, ++k;
    } while (k < end && axes.px(std::log10(k)) < first + 3);
    const double power = std::clamp(std::log10(std::max(sum / count, 1e-12)), lowest - 1, highest + 1);
    points.push_back(axes.at(where / count, power));
  }
  return points;
}

/// Where the line as it is drawn goes down through the floor, nearest to `near`; there, if it does not.
float crossing_of(const std::vector<ImVec2>& line, float near, float floor) {
  float found = near, distance = 1e9f;
  for (std::size_t i = 1; i < line.size(); ++i) {
    const ImVec2 a = line[i - 1], b = line[i];
    if (a.y > floor || b.y <= floor) continue;
    const float x = a.x + (floor - a.y) / (b.y - a.y) * (b.x - a.x);
    if (std::abs(x - near) < distance) found = x, distance = std::abs(x - near);
  }
  return found;
}

/// The curves' names, beside the title where there is room. @returns the height taken below it
float draw_names(const Theme& theme, const Rect& rect, const Rect& inside, const SpectrumPlot& plot,
                 const std::vector<LegendEntry>& legend) {
  const float tag = plot.tag.empty() ? 0 : text_width(theme.small, plot.tag) + theme.px(24);
  const float left = inside.max.x - tag - legend_width(theme, legend);
  if (left < inside.min.x + text_width(theme.strong, plot.title) + theme.px(24))
    return draw_legend(theme, inside.min, inside.max.x, legend) + theme.px(6);
  const float y = rect.min.y + theme.px(window_is_short(theme) ? 7 : 12);
  draw_legend(theme, {left, y}, inside.max.x, legend);
  return theme.px(4);
}

exports::Plot spectrum_on_paper(const SpectrumPlot& plot) {
  exports::Plot paper;
  paper.title = plot.title;
  paper.x_label = "cycles along the longest side", paper.y_label = "power";
  paper.log_x = paper.log_y = true;
  paper.x_min = 1, paper.x_max = std::max(2, plot.end);
  paper.y_min = 1e-4, paper.y_max = 1e5, paper.y_ticks = {1e-4, 1e-2, 1, 1e2, 1e4};
  for (int cycles = 1; cycles <= plot.end; cycles *= 2) paper.x_ticks.push_back(cycles);
  for (const SpectrumCurve& curve : plot.curves) {
    exports::Curve numbers = curve_on_paper(curve.label, {}, {});
    for (int k = 1; k <= curve.end && k < int(curve.power.size()); ++k)
      numbers.x.push_back(k), numbers.y.push_back(curve.power[std::size_t(k)]);
    if (numbers.label.empty()) numbers.label = "before and after";  // the pale ones
    paper.curves.push_back(std::move(numbers));
  }
  if (plot.floor > 0)
    paper.curves.push_back(curve_on_paper("noise, on average", {1, paper.x_max}, {plot.floor, plot.floor}));
  return paper;
}

}  // namespace

void draw_spectrum(Ui& ui, const Rect& rect, const SpectrumPlot& plot) {
  const Theme& theme = ui.theme;
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const Rect inside = draw_card(theme, rect, plot.title, plot.tag);
  std::vector<LegendEntry> legend;
  for (const SpectrumCurve& curve : plot.curves)
    if (!curve.label.empty()) legend.push_back({curve.colour, curve.label});
  if (plot.floor > 0) legend.push_back({theme.epsilon, "noise, on average"});
  const float taken = draw_names(theme, rect, inside, plot, legend);
  const Axes axes{{{inside.min.x + theme.px(40), inside.min.y + taken}, {inside.max.x, inside.max.y - theme.px(36)}},
                  0,
                  std::log10(std::max(2, plot.end)),
                  lowest,
                  highest};
  draw_scales(theme, axes, axes.area.max.y + theme.px(3));
  const std::string unit = "cycles along the longest side: coarse → fine";
  draw_text(theme.small, {axes.area.min.x, axes.area.max.y + theme.px(19)}, theme.dim, unit);
  draw.PushClipRect(axes.area.min, axes.area.max, true);
  const float floor = axes.py(std::log10(std::max(plot.floor, 1e-12)));
  if (plot.floor > 0) draw.AddLine({axes.area.min.x, floor}, {axes.area.max.x, floor}, theme.epsilon, theme.px(2));
  for (const SpectrumCurve& curve : plot.curves) {
    const std::vector<ImVec2> points = line_of(axes, curve);
    draw.AddPolyline(points.data(), int(points.size()), curve.colour, 0, theme.px(curve.width));
    if (curve.crossing > 0 && curve.crossing <= curve.end && plot.floor > 0) {
      const ImVec2 at{crossing_of(points, axes.px(std::log10(curve.crossing)), floor), floor};
      draw.AddCircleFilled(at, theme.px(6), theme.surface);
      draw.AddCircleFilled(at, theme.px(4.5f), curve.colour);
    }
  }
  if (plot.drowned >= 0 && plot.drowned <= plot.end) {
    const float left = plot.drowned <= 1 ? axes.area.min.x : axes.px(std::log10(plot.drowned - 0.5));
    draw.AddRectFilled({left, axes.area.min.y}, axes.area.max, faded(theme.ground, 0.62f));
    draw.AddLine({left, axes.area.min.y}, {left, axes.area.max.y}, theme.dim, theme.px(1));
  }
  draw.PopClipRect();
  if (plot.drowned >= 0 && plot.drowned <= plot.end) {
    const float left = plot.drowned <= 1 ? axes.area.min.x : axes.px(std::log10(plot.drowned - 0.5));
    const std::string words = "drowned in noise";
    if (axes.area.max.x - left > text_width(theme.small, words) + theme.px(16))
      draw_text(theme.small, {left + theme.px(8), axes.area.min.y + theme.px(4)}, theme.text, words);
  }
  mark_plot(ui, "curve", axes.area, {{inside.min.x, axes.area.min.y}, {inside.max.x, axes.area.max.y + theme.px(34)}},
            spectrum_on_paper(plot));
}

}  // namespace noiseglass::app
