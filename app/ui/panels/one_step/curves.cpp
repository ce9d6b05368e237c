// The curves beside the flow: landscape times bell gives the step back, and how far a Gaussian is from it.

#include "ui/panels/one_step/panel.h"
#include "ui/panels/shared/controls.h"
#include "ui/widgets/hit_area.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace noiseglass::app {
namespace {

using Density = std::function<double(double)>;

/// A density drawn sideways: x upwards as in the flow, its height to the right. `largest` fills the width.
struct Column {
  const Theme& theme;
  Axes axes;  // x: height of the density, 0 … 1.08; y: x_s

  double largest(const Density& density) const {
    double most = 1e-300;
    for (int i = 0; i <= 400; ++i) most = std::max(most, density(axes.y_min + (axes.y_max - axes.y_min) * i / 400));
    return most;
  }
  void fill(const Density& density, double largest, ImU32 colour) const {
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    for (float y = axes.area.min.y; y < axes.area.max.y; ++y)
      draw.AddRectFilled({axes.area.min.x, y}, {axes.px(density(axes.y_at(y + 0.5f)) / largest), y + 1}, colour);
  }
  void line(const Density& density, double largest, ImU32 colour, float width) const {
    std::vector<ImVec2> points;
    for (float y = axes.area.min.y; y <= axes.area.max.y; y += 1.5f)
      points.push_back({axes.px(std::min(3.0, density(axes.y_at(y)) / largest)), y});
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    draw.PushClipRect(axes.area.min, {axes.area.max.x + 1, axes.area.max.y}, true);
    draw.AddPolyline(points.data(), int(points.size()), colour, 0, theme.px(width));
    draw.PopClipRect();
  }
};

std::vector<double> round_ticks(double low, double high) {
  const double raw = (high - low) / 5, power = std::pow(10, std::floor(std::log10(raw)));
  const double step = power * (raw / power > 5 ? 10 : raw / power > 2 ? 5 : raw / power > 1 ? 2 : 1);
  std::vector<double> ticks;
  for (double v = std::ceil(low / step) * step; v <= high; v += step) ticks.push_back(std::abs(v) < step / 100 ? 0 : v);
  return ticks;
}

/// Lines from the piece of the x axis at s to the column that shows it enlarged.
void draw_magnifier(const Theme& theme, const OneStepScene& scene, const Axes& flow, const Axes& column) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const float x = flow.px(scene.s);
  const ImVec2 high = flow.at(scene.s, scene.x_max), low = flow.at(scene.s, scene.x_min);
  const ImU32 colour = faded(theme.text, 0.3f);
  draw.PushClipRect(flow.area.min, {column.area.max.x, std::max(flow.area.max.y, column.area.max.y)}, true);
  draw.AddLine({x - theme.px(4), high.y}, {x + theme.px(4), high.y}, theme.text, theme.px(1.5f));
  draw.AddLine({x - theme.px(4), low.y}, {x + theme.px(4), low.y}, theme.text, theme.px(1.5f));
  const float edge = flow.area.max.x;
  draw.AddLine(high, {edge, high.y}, faded(theme.text, 0.18f), theme.px(1));
  draw.AddLine(low, {edge, low.y}, faded(theme.text, 0.18f), theme.px(1));
  const float left = column.area.min.x - theme.px(44);
  draw.AddLine({edge, high.y}, {left, column.area.min.y}, colour, theme.px(1));
  draw.AddLine({edge, low.y}, {left, column.area.max.y}, colour, theme.px(1));
  draw.PopClipRect();
}

std::string percent(double share) {
  return share < 0.001 ? "less than 0.1 %" : fixed(100 * share, share < 0.1 ? 1 : 0) + " %";
}

}  // namespace

void draw_bayes_columns(Ui& ui, const OneStepScene& scene, const Rect& rect, const Axes& flow) {
  const Theme& theme = ui.theme;
  const std::string x_s = x_sub(scene.s), x_t = x_sub(scene.t);
  const Rect inside = draw_card(theme, rect, "Where did " + x_t + " come from?", "exact");
  const float legend = theme.px(58), axis = theme.px(34), gap = theme.px(18);
  const float width = (inside.width() - axis - gap) * 0.5f;
  const Rect first{{inside.min.x + axis, inside.min.y + legend},
                   {inside.min.x + axis + width, inside.max.y - theme.px(4)}};
  const Rect second{{first.max.x + gap, first.min.y}, {inside.max.x, first.max.y}};
  const Column factors{theme, {first, 0, 1.08, scene.x_min, scene.x_max}};
  const Column product{theme, {second, 0, 1.08, scene.x_min, scene.x_max}};
  draw_magnifier(theme, scene, flow, factors.axes);
  draw_y_ticks(theme, factors.axes, round_ticks(scene.x_min, scene.x_max));
  for (const double tick : round_ticks(scene.x_min, scene.x_max)) {
    const float y = std::round(product.axes.py(tick));
    ImGui::GetWindowDrawList()->AddLine({second.min.x, y}, {second.max.x, y}, faded(theme.border, 0.6f));
  }

  const Density landscape = [&](double x) { return scene.step.landscape().density(x); };
  const Density bell = [&](double x) { return scene.bell.density(x); };
  factors.fill(landscape, factors.largest(landscape), faded(theme.dim, 0.35f));
  factors.line(landscape, factors.largest(landscape), theme.dim, 1.5f);
  factors.line(bell, factors.largest(bell), theme.epsilon, 2);

  const Density exact = [&](double x) { return scene.exact.density(x); };
  const Density stand_in = [&](double x) { return scene.stand_in.density(x); };
  const Density given = [&](double x) { return scene.given_x_0.density(x); };
  const bool knows = setting_on(ui, "given_x_0") && scene.given_x_0.std > 0;
  double largest = product.largest(exact);
  const double most = 3 * largest;  // a narrow one may leave the picture, but does not press the others flat
  if (scene.stand_in.std > 0) largest = std::max(largest, std::min(product.largest(stand_in), most));
  if (knows) largest = std::max(largest, std::min(product.largest(given), most));
  product.fill(exact, largest, faded(theme.x_t, 0.16f));
  if (knows) product.line(given, largest, theme.x_0, 1.5f);
  if (scene.stand_in.std > 0) product.line(stand_in, largest, theme.x_0_hat, 4);
  product.line(exact, largest, theme.x_t, 1.5f);  // on top: where both are the same, each can be seen

  const float line = theme.px(18);
  draw_key(theme, {first.min.x, inside.min.y}, faded(theme.dim, 0.8f), "landscape q(" + x_s + ")", first.max.x);
  draw_key(theme, {first.min.x, inside.min.y + line}, theme.epsilon, "× bell q(" + x_t + " | " + x_s + ")",
           first.max.x);
  draw_text_fitting(theme.small, {first.min.x, inside.min.y + 2 * line}, theme.dim, "each scaled to its own height",
                    width);
  draw_key(theme, {second.min.x, inside.min.y}, theme.x_t, "= q(" + x_s + " | " + x_t + "), true", second.max.x);
  draw_key(theme, {second.min.x, inside.min.y + line}, theme.x_0_hat, "Gaussian stand-in", second.max.x);
  if (setting_on(ui, "given_x_0"))
    draw_key(theme, {second.min.x, inside.min.y + 2 * line}, theme.x_0,
             scene.s > 0 ? "knows x₀: cheating" : "knows x₀: a point", second.max.x);
  const auto paper = [&](const std::vector<std::pair<std::string, Density>>& densities) {
    exports::Plot out;
    out.title = "Where did " + x_t + " come from?", out.x_label = x_s, out.y_label = "density";
    out.x_min = scene.x_min, out.x_max = scene.x_max, out.x_ticks = round_ticks(scene.x_min, scene.x_max);
    double highest = 0;
    for (const auto& [name, density] : densities) {
      exports::Curve curve = curve_on_paper(name, {}, {});
      for (int i = 0; i <= 400; ++i) {
        curve.x.push_back(scene.x_min + (scene.x_max - scene.x_min) * i / 400);
        curve.y.push_back(density(curve.x.back()));
      }
      highest = std::max(highest, std::ranges::max(curve.y));
      out.curves.push_back(std::move(curve));
    }
    out.y_ticks = round_ticks(0, std::max(highest, 1e-9)), out.y_max = std::max(highest, 1e-9);
    return out;
  };
  std::vector<std::pair<std::string, Density>> products = {{"q(" + x_s + " | " + x_t + "), true", exact}};
  if (scene.stand_in.std > 0) products.emplace_back("Gaussian stand-in", stand_in);
  if (knows) products.emplace_back("knows x₀: cheating", given);
  mark_plot(ui, "factors", first, {inside.min, first.max},
            paper({{"landscape q(" + x_s + ")", landscape}, {"bell q(" + x_t + " | " + x_s + ")", bell}}));
  mark_plot(ui, "curves", second, {{second.min.x, inside.min.y}, second.max}, paper(products));
}

void draw_step_errors(Ui& ui, const OneStepScene& scene, const StepErrors& errors, const Rect& rect) {
  const Theme& theme = ui.theme;
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const Rect inside = draw_card(theme, rect, "The Gaussian is off by " + percent(scene.total_variation), "exact");
  draw_text_fitting(
      theme.small, {inside.min.x, inside.min.y - theme.px(4)}, theme.dim,
      "the share of probability in the wrong place" +
          (std::isfinite(scene.kl) ? "  ·  KL " + number(std::max(0.0, scene.kl), 2) + " nats" : std::string()),
      inside.width());
  const Axes axes{{{inside.min.x + theme.px(34), inside.min.y + theme.px(22)},
                   {inside.max.x - theme.px(14), inside.max.y - theme.px(20)}},
                  0,
                  std::log(std::max(2.0, double(scene.t))),
                  0,
                  1};
  draw_y_ticks(theme, axes, {0, 0.5, 1});
  for (const int size : {1, 3, 10, 30, 100, 300, 1000}) {
    if (size > scene.t) continue;
    const float x = axes.px(std::log(size));
    const std::string text = std::to_string(size);
    draw_text(theme.small, {x - text_width(theme.small, text) / 2, axes.area.max.y + theme.px(3)}, theme.dim, text);
  }
  const std::string label = "size of the step";
  draw_text(theme.small, {axes.area.min.x + theme.px(6), axes.area.min.y}, theme.dim, label);
  std::vector<ImVec2> points;
  for (std::size_t i = 0; i < errors.sizes.size(); ++i)
    points.push_back(axes.at(std::log(errors.sizes[i]), std::min(1.0, errors.total_variation[i])));
  draw.AddPolyline(points.data(), int(points.size()), theme.x_0_hat, 0, theme.px(2));
  const ImVec2 here = axes.at(std::log(double(scene.t - scene.s)), std::min(1.0, scene.total_variation));
  draw.AddLine({here.x, axes.area.min.y}, {here.x, axes.area.max.y}, faded(theme.text, 0.5f), theme.px(1));
  draw.AddCircleFilled(here, theme.px(6), theme.surface);
  draw.AddCircleFilled(here, theme.px(4.5f), theme.x_0_hat);
  ImGui::SetCursorScreenPos(axes.area.min);
  hit_area("errors", {std::max(1.f, axes.area.width()), std::max(1.f, axes.area.height())});
  if (ImGui::IsItemHovered()) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  if (ImGui::IsItemActive()) set_setting(ui, "step", std::round(std::exp(axes.x_at(ImGui::GetIO().MousePos.x))));
  exports::Plot paper;
  paper.title = "How far the Gaussian is off", paper.x_label = label;
  paper.y_label = "the share of probability in the wrong place";
  paper.x_min = 1, paper.x_max = std::max(2.0, double(scene.t)), paper.log_x = true;
  for (double size = 1; size <= scene.t; size *= 10) paper.x_ticks.push_back(size);
  paper.y_ticks = {0, 0.5, 1};
  paper.curves = {curve_on_paper("Gaussian stand-in", errors.sizes, errors.total_variation)};
  mark_plot(ui, "errors", axes.area, inside, std::move(paper));
}

}  // namespace noiseglass::app
