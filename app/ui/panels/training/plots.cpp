// The plots of the training panel: error against steps, error against t.

#include "ui/panels/training/view.h"
#include "ui/widgets/plot.h"

#include <algorithm>
#include <cmath>

namespace noiseglass::app {
namespace {

double error_of(const LearningPoint& point, Measure measure) {
  return measure == Measure::epsilon ? point.epsilon : point.x_0;
}
const std::vector<double>& by_t(const DenoisingErrors& errors, Measure measure) {
  return measure == Measure::epsilon ? errors.epsilon_by_t : errors.x_0_by_t;
}
std::string rate_text(double rate) { return number(rate, 2); }

/// A plot whose axes are both logarithmic.
struct LogLog {
  Rect area;
  double x_min, x_max, y_min, y_max;
  ImVec2 operator()(double x, double y) const {
    const auto share = [](double v, double low, double high) {
      return float(std::log(std::clamp(v, low / 2, high * 2) / low) / std::log(high / low));
    };
    return {area.min.x + share(x, x_min, x_max) * area.width(), area.max.y - share(y, y_min, y_max) * area.height()};
  }
};

void draw_axes(const Theme& theme, const LogLog& map) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  for (double decade = 1e-6; decade <= map.y_max; decade *= 10)
    for (const double digit : {1.0, 2.0, 5.0}) {
      const double y = digit * decade;
      const bool crowded = map.y_max / map.y_min > 30 && digit != 1;
      if (crowded || y < map.y_min * 1.02 || y > map.y_max * 0.98) continue;
      const float at = std::round(map(map.x_min, y).y);
      draw.AddLine({map.area.min.x, at}, {map.area.max.x, at}, theme.border);
      const std::string text = number(y, 2);
      draw_text(theme.small,
                {map.area.min.x - theme.px(6) - text_width(theme.small, text), at - theme.small->FontSize / 2},
                theme.dim, text);
    }
  for (double x = 1; x <= map.x_max; x *= 10) {
    const float at = std::round(map(x, map.y_min).x);
    draw.AddLine({at, map.area.min.y}, {at, map.area.max.y}, faded(theme.border, 0.6f));
    const std::string text = number(x, 6);
    const float width = text_width(theme.small, text);
    draw_text(theme.small, {std::min(at - width / 2, map.area.max.x - width), map.area.max.y + theme.px(3)}, theme.dim,
              text);
  }
  const char* label = "steps of training";
  draw_text(theme.small,
            {(map.area.min.x + map.area.max.x - text_width(theme.small, label)) / 2, map.area.max.y + theme.px(18)},
            theme.dim, label);
}

void draw_curve(const LogLog& map, const std::vector<LearningPoint>& curve, Measure measure, ImU32 colour,
                float thickness) {
  std::vector<ImVec2> line;
  for (const LearningPoint& point : curve)
    if (const double y = error_of(point, measure); std::isfinite(y)) line.push_back(map(std::max(point.steps, 1), y));
  ImGui::GetWindowDrawList()->AddPolyline(line.data(), int(line.size()), colour, 0, thickness);
}

/// Names and latest errors at the upper right, the run that is trained now first.
void draw_legend(const Theme& theme, const Rect& area, const LearningSnapshot& snapshot, Measure measure) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  float y = area.min.y + theme.px(4);
  const auto row = [&](const std::string& name, double error, ImU32 colour, bool strong, bool dashed = false) {
    const std::string text = name + "   " + number(error, 3);
    const float width = text_width(theme.small, text), x = area.max.x - theme.px(6) - width;
    draw.AddRectFilled({x - theme.px(26), y - theme.px(1)}, {area.max.x, y + theme.small->FontSize + theme.px(2)},
                       faded(theme.surface, 0.85f));
    const float middle = y + theme.small->FontSize / 2;
    const float thick = theme.px(strong ? 2.5f : 1.5f);
    draw.AddLine({x - theme.px(22), middle}, {x - theme.px(dashed ? 16 : 6), middle}, colour, thick);
    if (dashed) draw.AddLine({x - theme.px(12), middle}, {x - theme.px(6), middle}, colour, thick);
    draw_text(theme.small, {x, y}, strong ? theme.text : theme.dim, text);
    y += theme.small->FontSize + theme.px(4);
  };
  const bool rates = std::ranges::any_of(
      snapshot.kept, [&](const auto& run) { return run->choice.learning_rate != snapshot.now.choice.learning_rate; });
  row(run_name(snapshot.now, rates), error_of(snapshot.now.curve.back(), measure),
      target_colour(theme, snapshot.now.choice.target), true);
  for (auto run = snapshot.kept.rbegin(); run != snapshot.kept.rend(); ++run)
    row(run_name(**run, rates), error_of((*run)->curve.back(), measure),
        faded(target_colour(theme, (*run)->choice.target), 0.6f), false);
  row("exact", measure == Measure::epsilon ? snapshot.exact.epsilon : snapshot.exact.x_0, theme.text, false, true);
}

/// Averages over equal parts of 1 … T as a line of steps.
PlotCurve steps_curve(const std::string& label, ImU32 colour, const std::vector<double>& parts, int T, double t) {
  PlotCurve curve;
  curve.label = label, curve.colour = colour, curve.cursor_x = t;
  for (std::size_t part = 0; part < parts.size(); ++part)
    for (const std::size_t end : {part, part + 1}) {
      curve.x.push_back(double(end) / double(parts.size()) * T);
      curve.y.push_back(parts[part]);
    }
  return curve;
}

}  // namespace

std::string measure_name(Measure measure) { return measure == Measure::epsilon ? "ε̂" : "x̂₀"; }

std::string target_name(Target target) { return target == Target::epsilon ? "ε" : target == Target::x_0 ? "x₀" : "v"; }

ImU32 target_colour(const Theme& theme, Target target) {
  return target == Target::epsilon ? theme.epsilon : target == Target::x_0 ? theme.x_0 : theme.lane[0];
}

std::string run_name(const LearningRun& run, bool with_rate) {
  return "predicts " + target_name(run.choice.target) +
         (with_rate ? ", rate " + rate_text(run.choice.learning_rate) : "");
}

void draw_loss_curves(const Theme& theme, const Rect& rect, const LearningSnapshot& snapshot, Measure measure) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  draw.AddRectFilled(rect.min, rect.max, theme.surface, theme.px(10));
  draw_text(theme.strong, {rect.min.x + theme.px(12), rect.min.y + theme.px(8)}, theme.text,
            "Error of " + measure_name(measure) + " while it learns");
  const double floor = measure == Measure::epsilon ? snapshot.exact.epsilon : snapshot.exact.x_0;
  double highest = 2 * floor;
  int most = 1000;
  const auto include = [&](const LearningRun& run) {
    for (const LearningPoint& point : run.curve)
      if (std::isfinite(error_of(point, measure))) highest = std::max(highest, error_of(point, measure));
    most = std::max(most, run.steps);
  };
  include(snapshot.now);
  for (const auto& run : snapshot.kept) include(*run);
  const LogLog map{
      {{rect.min.x + theme.px(56), rect.min.y + theme.px(36)}, {rect.max.x - theme.px(14), rect.max.y - theme.px(42)}},
      1,
      most * 1.1,
      floor * 0.8,
      std::min(highest * 1.2, floor * 40)};
  draw_axes(theme, map);
  draw.PushClipRect({map.area.min.x, map.area.min.y - theme.px(2)}, {map.area.max.x, map.area.max.y}, true);
  for (const auto& run : snapshot.kept)
    draw_curve(map, run->curve, measure, faded(target_colour(theme, run->choice.target), 0.45f), theme.px(1.5f));
  draw_curve(map, snapshot.now.curve, measure, target_colour(theme, snapshot.now.choice.target), theme.px(2.5f));
  draw.PopClipRect();
  const float y = map(1, floor).y;
  for (float x = map.area.min.x; x < map.area.max.x; x += theme.px(8))
    draw.AddLine({x, y}, {std::min(x + theme.px(4), map.area.max.x), y}, theme.text, theme.px(1.2f));
  draw_legend(theme, map.area, snapshot, measure);
}

exports::Plot loss_on_paper(const LearningSnapshot& snapshot, Measure measure) {
  exports::Plot plot;
  plot.title = "Error of " + measure_name(measure) + " while it learns";
  plot.x_label = "steps of training", plot.y_label = "mean squared error of " + measure_name(measure);
  plot.log_y = true;
  const double floor = measure == Measure::epsilon ? snapshot.exact.epsilon : snapshot.exact.x_0;
  double highest = 2 * floor;
  const auto add = [&](const LearningRun& run) {
    exports::Curve curve{run_name(run, true), {}, {}, std::nan(""), std::nan("")};
    for (const LearningPoint& point : run.curve) {
      curve.x.push_back(point.steps), curve.y.push_back(error_of(point, measure));
      if (std::isfinite(curve.y.back())) highest = std::max(highest, curve.y.back());
    }
    plot.x_max = std::max(plot.x_max, double(run.steps));
    plot.curves.push_back(std::move(curve));
  };
  add(snapshot.now);
  for (const auto& run : snapshot.kept) add(*run);
  plot.curves.push_back({"exact", {0, plot.x_max}, {floor, floor}, std::nan(""), std::nan("")});
  plot.y_min = std::pow(10, std::floor(std::log10(floor))), plot.y_max = std::pow(10, std::ceil(std::log10(highest)));
  for (double tick = plot.y_min; tick <= plot.y_max * 1.01; tick *= 10) plot.y_ticks.push_back(tick);
  for (int i = 0; i <= 4; ++i) plot.x_ticks.push_back(std::round(plot.x_max * i / 4));
  return plot;
}

Plot errors_by_t(const Theme& theme, const LearningSnapshot& snapshot, Measure measure, double t) {
  const int T = snapshot.schedule->steps();
  Plot plot;
  plot.x_max = T;
  plot.log_y = true;
  plot.x_ticks = {0, T / 4.0, T / 2.0, 3 * T / 4.0, double(T)};
  plot.x_label = "timestep t";
  double highest = 0;  // a network that predicts x₀ has large errors of ε̂ where there is little noise
  const auto look = [&](const DenoisingErrors& errors) {
    for (const double error : by_t(errors, measure)) highest = std::max(highest, error);
  };
  look(snapshot.now.errors);
  for (const auto& run : snapshot.kept) look(run->errors);
  if (measure == Measure::epsilon) {
    plot.y_min = 1e-5, plot.y_max = highest > 20 ? 2000 : 20, plot.y_ticks = {1e-4, 1e-2, 1};
    if (highest > 20) plot.y_ticks.push_back(100);
  } else {
    plot.y_min = 1e-3, plot.y_max = 1e3, plot.y_ticks = {1e-2, 1, 100};
  }
  for (const auto& run : snapshot.kept)
    plot.curves.push_back(steps_curve(run_name(*run, true), faded(target_colour(theme, run->choice.target), 0.5f),
                                      by_t(run->errors, measure), T, t));
  plot.curves.push_back(steps_curve("exact", faded(theme.text, 0.8f), by_t(snapshot.exact, measure), T, t));
  plot.curves.back().dashed = true;
  plot.curves.push_back(steps_curve(run_name(snapshot.now, true), target_colour(theme, snapshot.now.choice.target),
                                    by_t(snapshot.now.errors, measure), T, t));
  return plot;
}

bool draw_errors_by_t(const Theme& theme, const Rect& rect, const Plot& plot, Measure measure, double& t) {
  ImGui::GetWindowDrawList()->AddRectFilled(rect.min, rect.max, theme.surface, theme.px(10));
  draw_text(theme.strong, {rect.min.x + theme.px(12), rect.min.y + theme.px(8)}, theme.text,
            "Error of " + measure_name(measure) + " by t");
  return draw_plot(theme, "errors by t",
                   {{rect.min.x + theme.px(12), rect.min.y + theme.px(12)}, {rect.max.x - theme.px(2), rect.max.y}},
                   plot, t);
}

}  // namespace noiseglass::app
