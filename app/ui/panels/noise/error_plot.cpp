#include "ui/panels/noise/parts.h"
#include "ui/widgets/plot.h"

#include <algorithm>
#include <cmath>

namespace noiseglass::app {
namespace {

constexpr std::size_t least_points = 5;  // that make a curve

double error_of(const DenoisingError& error, bool of_picture) { return of_picture ? error.x_0 : error.epsilon; }

/// The axis that holds every value: from zero, or in whole powers of ten.
void fit_axis(Plot& plot, bool of_picture) {
  double low = 1, high = of_picture ? 1e-3 : 1;
  for (const PlotCurve& curve : plot.curves)
    for (double y : curve.y) {
      high = std::max(high, y);
      if (y > 1e-6) low = std::min(low, y);
    }
  if (low == 1) low = 1e-4;  // nothing has been measured yet
  if (plot.log_y) {
    const int bottom = std::max(-5, int(std::floor(std::log10(low)))), top = int(std::ceil(std::log10(high) - 0.05));
    plot.y_min = std::pow(10, bottom), plot.y_max = std::pow(10, std::max(top, bottom + 1)) * 1.1;
    for (int e = bottom; e <= top; ++e) plot.y_ticks.push_back(std::pow(10, e));
  } else {
    plot.y_min = 0, plot.y_max = high * 1.05;
    const double unit = std::pow(10, std::floor(std::log10(high / 4)));
    double step = unit;
    for (const double nice : {2.0, 5.0, 10.0})
      if (step < high / 4) step = nice * unit;
    for (double y = 0; y <= plot.y_max; y += step) plot.y_ticks.push_back(y);
  }
}

struct LegendEntry {
  std::string label, tag, value;
  ImU32 colour;
  bool dashed;
};

/// Name, how it came about, and the value at the cursor. @returns the right end
float draw_entry(const Theme& theme, float x, float y, const LegendEntry& entry) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const float middle = y + theme.small->FontSize / 2, line = theme.px(entry.dashed ? 1.5f : 2.5f);
  if (entry.dashed) {
    draw.AddLine({x, middle}, {x + theme.px(5), middle}, entry.colour, line);
    draw.AddLine({x + theme.px(9), middle}, {x + theme.px(14), middle}, entry.colour, line);
  } else {
    draw.AddLine({x, middle}, {x + theme.px(14), middle}, entry.colour, line);
  }
  x += theme.px(20);
  x += draw_text(theme.small, {x, y}, theme.text, entry.label) + theme.px(5);
  x += draw_text(theme.small, {x, y}, entry.tag == "cheating" ? theme.warning : theme.dim, entry.tag) + theme.px(8);
  x += draw_text(theme.strong, {x, y - theme.px(1)}, theme.text, entry.value);
  return x + theme.px(20);
}

float entry_width(const Theme& theme, const LegendEntry& entry) {
  return theme.px(20 + 5 + 8 + 20) + text_width(theme.small, entry.label) + text_width(theme.small, entry.tag) +
         text_width(theme.strong, entry.value);
}

std::string in_short(double value) { return std::isnan(value) ? "–" : value == 0 ? "0" : number(value, 2); }

}  // namespace

void ErrorPlot::measure(const Session& session) {
  const AppState& state = session.state();
  std::vector<CurveRequest> requests;
  for (int i = 0; i < state.lane_count; ++i) {
    const LaneView& lane = session.lane(i);
    CurveRequest request;
    request.key = Key(denoiser_key(state.lanes[i], lane), lane.schedule_key, state.seed);
    request.plan = plan_of(state.lanes[i], lane);
    request.schedule = lane.schedule;
    request.seed = state.seed;
    requests.push_back(std::move(request));
  }
  // The guess at the slider comes first: two networks at work at once would make the person wait.
  session.computing() ? curves_.pause() : curves_.want(requests);
  points_ = all_ = 0;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    shown_[i] = curves_.curve(requests[i].key);
    if (shown_[i].value) points_ += int(shown_[i].value->points.size());
    all_ += std::min(ErrorCurves::points_per_curve, requests[i].schedule->steps());
  }
}

void ErrorPlot::draw(Ui& ui, const Rect& rect) {
  const Theme& theme = ui.theme;
  if (rect.height() < theme.px(90)) return;
  const bool of_picture = setting_index(ui, "error") == 1, log = setting_on(ui, "log");
  const auto titles = lane_titles(ui.session);
  const bool own_picture = std::ranges::none_of(ui.session.library().pictures, [&](const BundledPicture& bundled) {
    return bundled.path == ui.session.picture().path;
  });

  Plot plot;
  plot.title = of_picture ? "Mean squared error of x̂₀ on this picture" : "Mean squared error of ε̂ on this picture";
  plot.x_max = ui.next.steps;
  plot.log_y = log;
  for (int i = 0; i <= 4; ++i) plot.x_ticks.push_back(ui.next.steps * i / 4.0);
  plot.x_label = "t";
  std::vector<LegendEntry> legend;
  std::string problem;
  for (int i = 0; i < ui.session.state().lane_count; ++i) {
    const ErrorCurve measured = shown_[i].value ? *shown_[i].value : ErrorCurve();
    if (!shown_[i].problem.empty()) problem = shown_[i].problem;
    const bool is_exact = denoiser_of(ui.session.state().lanes[i]).needs.data_set;
    PlotCurve guess;
    guess.label = titles[i], guess.colour = theme.lane[i], guess.cursor_x = ui.session.lane(i).t;
    PlotCurve exact = guess;
    exact.label += ", exact", exact.dashed = true, exact.colour = faded(theme.lane[i], 0.75f);
    for (const ErrorPoint& point : measured.points) {
      guess.x.push_back(point.t), guess.y.push_back(error_of(point.guess, of_picture));
      exact.x.push_back(point.t), exact.y.push_back(error_of(point.exact, of_picture));
    }
    legend.push_back(
        {titles[i], guess_of(ui, i).tag, in_short(value_at(plot, guess, guess.cursor_x)), guess.colour, false});
    if (measured.points.size() < least_points) continue;  // a line through two would say what nobody has measured
    if (!is_exact) plot.curves.push_back(exact);
    plot.curves.push_back(std::move(guess));
  }
  PlotCurve oracle;
  oracle.label = "Oracle", oracle.colour = theme.epsilon, oracle.dashed = true;
  oracle.x = {0, double(ui.next.steps)}, oracle.y = {0, 0};
  oracle.cursor_x = ui.session.lane(0).t;
  legend.push_back({own_picture ? "memorised set, without this picture" : "memorised set", "exact", "",
                    ui.session.state().lane_count == 1 ? theme.lane[0] : theme.dim, true});
  legend.push_back({"oracle", "cheating", "0", theme.epsilon, true});
  fit_axis(plot, of_picture);
  if (!log) plot.curves.push_back(std::move(oracle));  // zero has no place on a logarithmic axis

  float x = rect.min.x + theme.px(44), y = rect.min.y + theme.px(22);
  for (const LegendEntry& entry : legend) {
    if (x + entry_width(theme, entry) > rect.max.x && x > rect.min.x + theme.px(44))
      x = rect.min.x + theme.px(44), y += theme.px(20);
    x = draw_entry(theme, x, y, entry);
  }
  if (points_ < all_ && problem.empty()) {
    const std::string text = "measuring: " + std::to_string(points_) + " of " + std::to_string(all_);
    draw_text(theme.small, {rect.max.x - text_width(theme.small, text) - theme.px(12), rect.min.y}, theme.dim, text);
  }
  if (!problem.empty())
    draw_text_wrapped(theme.small, {rect.min.x + theme.px(56), y + theme.px(40)}, theme.warning, problem,
                      rect.width() - theme.px(80));
  draw_text(theme.strong, rect.min, theme.text, plot.title);
  const exports::Plot paper = on_paper(plot, plot.title, of_picture ? "error of x̂₀" : "error of ε̂");
  plot.title.clear();
  double dragged = 0;
  const Rect area{{rect.min.x, y}, rect.max};
  mark_subject(ui, "curve", rect, paper);
  if (!draw_plot(theme, "error curve", area, plot, dragged)) return;
  ui.next.position = std::round(dragged);
  ui.next.playing = Playing::paused;
}

}  // namespace noiseglass::app
