#include "ui/panels/shared/legend.h"
#include "ui/widgets/layout.h"
#include "ui/widgets/plot.h"
#include "ui/window/exporter.h"
#include "ui/window/parts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

namespace noiseglass::app {
namespace {

constexpr double log_snr_limit = 14;

struct Quantity {
  const char* title;
  double y_min, y_max;
  bool log_y;
  std::vector<double> ticks;
  double (Schedule::*value)(int) const;
};

/// The SNR of the picture itself is drawn, and not that of the weights.
bool of_picture(const Ui& ui, const Quantity& quantity) {
  return quantity.value == &Schedule::snr_db && ui.next.snr_of == SnrOf::picture;
}

PlotCurve make_curve(const Ui& ui, int index, const Quantity& quantity) {
  const LaneView& lane = ui.session.lane(index);
  const Schedule& schedule = *lane.schedule;
  const bool over_t = ui.next.plot_axis == PlotAxis::t;
  PlotCurve curve;
  curve.colour = ui.theme.lane[index];
  curve.label = schedule_titles(ui.session)[index];
  const double shift = of_picture(ui, quantity) ? 10 * std::log10(lane.variance) : 0;
  const int stride = std::max(1, schedule.steps() / 1000);
  for (int t = 1; t <= schedule.steps(); t += stride) {
    curve.x.push_back(over_t ? t : schedule.log_snr(t));
    curve.y.push_back((schedule.*quantity.value)(t) + shift);
  }
  const int t = std::max(1, lane.t);
  curve.cursor_x = over_t ? lane.t : schedule.log_snr(t);
  return curve;
}

/// The slider position that puts lane 1 at `x` of the plot's axis.
double position_of(const Ui& ui, double x) {
  return ui.next.plot_axis == PlotAxis::t ? x : ui.session.lane(0).schedule->nearest_t(x);
}

}  // namespace

void draw_plots(Ui& ui, const Rect& rect) {
  static const Quantity quantities[] = {
      {"βₜ  noise variance added per step (log)", 1e-5, 1, true, {1e-4, 1e-2, 1}, &Schedule::beta},
      {"ᾱₜ  share of the picture's variance left", 0, 1, false, {0, 0.5, 1}, &Schedule::alpha_bar},
      {"SNR of the weights in dB", -90, 45, false, {-80, -40, 0, 40}, &Schedule::snr_db},
  };
  begin_area("plots", rect);
  ui.landmarks["plots"] = rect;
  const Theme& theme = ui.theme;
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  draw.AddRectFilled(rect.min, rect.max, theme.surface, theme.px(10));
  const float pad = theme.px(16);
  const float switch_width = text_width(theme.small, "over t") + text_width(theme.small, "ln SNR") + theme.px(40);
  const float switch_x = rect.max.x - theme.px(20) - switch_width, room = switch_x - theme.px(8) - rect.min.x - pad;
  const bool narrow = text_width(theme.strong, "Noise schedules") > room;
  draw_text(theme.strong, {rect.min.x + pad, rect.min.y + theme.px(14)}, theme.text,
            narrow ? "Schedules" : "Noise schedules");
  ImGui::SetCursorScreenPos({switch_x, rect.min.y + theme.px(9)});
  int axis = int(ui.next.plot_axis);
  if (segmented(theme, "axis", {"over t", "ln SNR"}, axis,
                "The x axis: the timestep, or the log signal-to-noise ratio λ."))
    ui.next.plot_axis = PlotAxis(axis);

  const auto titles = schedule_titles(ui.session);
  std::vector<LegendEntry> legend;
  for (int i = 0; i < ui.next.lane_count; ++i) legend.push_back({theme.lane[i], titles[std::size_t(i)]});
  const ImVec2 below{rect.min.x + pad, rect.min.y + theme.px(44)};
  const float top = below.y + draw_legend(theme, below, rect.max.x - pad, legend) + theme.px(6),
              bottom_label = theme.px(30);
  std::array<Part, 3> parts;  // where three have no room: what the lesson points at, then ᾱ, then the SNR
  for (int q = 0; q < 3; ++q)
    parts[q] = {theme.px(92), 1, ui.marks.highlighted.contains("plot" + std::to_string(q)) ? 3 : (q + 1) % 3};
  const auto places =
      rows({{rect.min.x, top}, {rect.max.x, rect.max.y - theme.px(8) - bottom_label}}, theme.px(4), parts);
  const int last = places[2] ? 2 : places[1] ? 1 : 0;  // it has the labels of the axis
  double dragged = 0;
  for (int q = 0; q < 3; ++q) {
    if (!places[q]) continue;
    Plot plot;
    const Quantity& quantity = quantities[q];
    plot.title = of_picture(ui, quantity) ? "the picture's own SNR in dB" : quantity.title;
    plot.y_min = quantity.y_min, plot.y_max = quantity.y_max, plot.log_y = quantity.log_y,
    plot.y_ticks = quantity.ticks;
    const bool over_t = ui.next.plot_axis == PlotAxis::t;
    const double T = ui.next.steps;
    plot.x_min = over_t ? 0 : log_snr_limit, plot.x_max = over_t ? T : -log_snr_limit;
    plot.x_ticks = over_t ? std::vector<double>{0, T / 4, T / 2, 3 * T / 4, T} : std::vector<double>{10, 5, 0, -5, -10};
    if (q == last) plot.x_label = over_t ? "timestep t" : "λ = ln SNR  (clean on the left)";
    for (int i = 0; i < ui.next.lane_count; ++i) plot.curves.push_back(make_curve(ui, i, quantity));
    const Rect area{{rect.min.x + pad, places[q]->min.y},
                    {rect.max.x - theme.px(8), places[q]->max.y + (q == last ? bottom_label : 0)}};
    const std::string id = "plot" + std::to_string(q);
    const float clear = q == last ? 0 : theme.px(4);  // a ring around it goes between the words of two plots
    ui.landmarks[id] = {{area.min.x - theme.px(4), area.min.y + theme.px(1)}, {area.max.x, area.max.y - clear}};
    exports::ExportRequest taken;
    taken.what = "plots", taken.of = exports::export_kind("plots").parts[std::size_t(q)].id;
    if (point_at(ui, {area.min, {area.max.x, places[q]->max.y}}, taken))
      draw_save_button(ui, id, {area.max.x - theme.px(12), area.min.y - theme.px(4)}, taken);
    if (draw_plot(theme, id.c_str(), area, plot, dragged)) {
      ui.next.position = position_of(ui, dragged);
      ui.next.playing = Playing::paused;
    }
  }
  ImGui::EndChild();
}

}  // namespace noiseglass::app
