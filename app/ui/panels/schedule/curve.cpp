#include "ui/panels/schedule/parts.h"
#include "ui/panels/shared/axes.h"
#include "ui/panels/shared/controls.h"
#include "ui/panels/shared/legend.h"
#include "ui/widgets/hit_area.h"
#include "ui/widgets/lines.h"
#include "ui/widgets/plot.h"

#include <algorithm>
#include <cmath>

namespace noiseglass::app {
namespace {

constexpr double share_by_key = 0.01, log_snr_by_key = 0.25;

/// Own is drawn last, over the others.
void draw_curves(const Theme& theme, const ScheduleScene& scene, const Axes& axes) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  draw.PushClipRect(axes.area.min, axes.area.max, true);
  for (auto shown = scene.shown.rbegin(); shown != scene.shown.rend(); ++shown) {
    const Schedule& schedule = *shown->schedule;
    std::vector<ImVec2> points;
    const int stride = std::max(1, schedule.steps() / 500);
    for (int t = 1; t <= schedule.steps(); t += stride) points.push_back(axes.at(t, schedule.log_snr(t)));
    points.push_back(axes.at(schedule.steps(), schedule.log_snr(schedule.steps())));
    draw.AddPolyline(points.data(), int(points.size()), shown->colour, 0, theme.px(shown->own ? 2.5f : 1.5f));
  }
  draw.PopClipRect();
}

void draw_grip(const Theme& theme, ImVec2 at, ImU32 colour, bool lit) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  draw.AddCircleFilled(at, theme.px(lit ? 9 : 7.5f), theme.surface);
  draw.AddCircleFilled(at, theme.px(lit ? 7 : 5.5f), colour);
}

void move_knot(Ui& ui, const ScheduleScene& scene, std::size_t i, Knot wanted) {
  LaneState& lane = ui.next.lanes[0];
  if (lane.schedule != "custom") lane.choose_schedule("custom");
  lane.schedule_values["knots"] = to_value(with_knot_at(scene.knots, i, wanted));
}

void draw_handles(Ui& ui, const ScheduleScene& scene, const Axes& axes) {
  const Theme& theme = ui.theme;
  const double T = scene.own().steps();
  const float reach = theme.px(11);
  for (std::size_t i = 0; i < scene.knots.size(); ++i) {
    const Knot& knot = scene.knots[i];
    const ImVec2 at = axes.at(knot.share * T, std::clamp(knot.log_snr, axes.y_min, axes.y_max));
    const std::string name = "handle" + std::to_string(i + 1);
    ImGui::SetCursorScreenPos({at.x - reach, at.y - reach});
    hit_area(name.c_str(), {2 * reach, 2 * reach});
    const FocusKeys keys = focus_stop(Takes::plane);
    const bool held = ImGui::IsItemActive(), hovered = ImGui::IsItemHovered();
    if (hovered || held) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    if (held && ImGui::IsMouseDragging(ImGuiMouseButton_Left, 1)) {
      const ImVec2 mouse = ImGui::GetIO().MousePos;
      move_knot(ui, scene, i, {axes.x_at(mouse.x) / T, axes.y_at(mouse.y)});
    } else if (keys.across != 0 || keys.up != 0) {
      move_knot(ui, scene, i, {knot.share + share_by_key * keys.across, knot.log_snr + log_snr_by_key * keys.up});
    }
    draw_grip(theme, at, scene.shown.front().colour, held || hovered || keys.focused);
    mark(ui, name.c_str(), {{at.x - reach, at.y - reach}, {at.x + reach, at.y + reach}});
  }
}

void move_step(Ui& ui, const ScheduleScene& scene, std::size_t k, double t) {
  const double T = scene.own().steps(), above = k ? scene.timesteps[k - 1] - 1 : T;
  const double below = k + 1 < scene.timesteps.size() ? scene.timesteps[k + 1] + 1 : 1;
  LaneState& lane = ui.next.lanes[0];
  std::vector<double> times;
  for (const int step : scene.timesteps) times.push_back(step / T);
  times[k] = std::clamp(std::round(t), below, std::max(below, above)) / T;
  lane.times = std::move(times);
}

/// The steps of a run: marks below the axis, and through them faint lines up to the curve.
void draw_steps(Ui& ui, const ScheduleScene& scene, const Axes& axes, float height) {
  const Theme& theme = ui.theme;
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const float top = axes.area.max.y, half = theme.px(5);
  const bool movable = scene.timesteps.size() <= most_times;
  for (std::size_t k = 0; k < scene.timesteps.size(); ++k) {
    const int t = scene.timesteps[k];
    const float x = axes.px(t), y = axes.py(std::clamp(scene.own().log_snr(t), axes.y_min, axes.y_max));
    bool lit = false;
    if (movable) {
      const std::string name = "step" + std::to_string(k + 1);
      const Rect place{{x - theme.px(7), top}, {x + theme.px(7), top + height}};
      ImGui::SetCursorScreenPos(place.min);
      hit_area(name.c_str(), {place.width(), place.height()});
      const FocusKeys keys = focus_stop(Takes::slider);
      const bool held = ImGui::IsItemActive();
      lit = held || ImGui::IsItemHovered() || keys.focused;
      if (lit) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
      const double by_key = std::max(1.0, std::round(scene.own().steps() / 100.0));
      if (held && ImGui::IsMouseDragging(ImGuiMouseButton_Left, 1))
        move_step(ui, scene, k, axes.x_at(ImGui::GetIO().MousePos.x));
      else if (keys.steps() != 0)
        move_step(ui, scene, k, t + by_key * keys.steps());
      mark(ui, name.c_str(), place);
    }
    draw.AddLine({x, y}, {x, top}, faded(theme.dim, lit ? 1 : 0.45f), theme.px(1));
    const ImU32 colour = lit ? theme.accent : theme.text;
    draw.AddTriangleFilled({x, top + theme.px(2)}, {x - half, top + height - theme.px(3)},
                           {x + half, top + height - theme.px(3)}, colour);
    draw.AddCircleFilled({x, y}, theme.px(2.5f), colour);
  }
}

exports::Plot log_snr_on_paper(const ScheduleScene& scene) {
  const double T = scene.own().steps();
  exports::Plot paper;
  paper.title = "Log-SNR λ over t", paper.x_label = "timestep t", paper.y_label = "log-SNR λ";
  paper.x_max = T, paper.x_ticks = {0, T / 4, T / 2, 3 * T / 4, T};
  paper.y_min = -knot_limits::highest_log_snr, paper.y_max = knot_limits::highest_log_snr;
  paper.y_ticks = {-20, -10, 0, 10, 20};
  for (const ShownSchedule& shown : scene.shown) {
    exports::Curve curve = curve_on_paper(shown.name, {}, {});
    for (int t = 1; t <= shown.schedule->steps(); ++t)
      curve.x.push_back(t), curve.y.push_back(shown.schedule->log_snr(t));
    paper.curves.push_back(std::move(curve));
  }
  exports::Curve steps = curve_on_paper("steps of a run", {}, {});
  for (const int t : scene.timesteps) steps.x.push_back(t), steps.y.push_back(scene.own().log_snr(t));
  paper.curves.push_back(std::move(steps));
  return paper;
}

}  // namespace

int steps_in_the_middle(const ScheduleScene& scene) {
  return int(
      std::ranges::count_if(scene.timesteps, [&](int t) { return std::abs(scene.own().log_snr(t)) <= mixed_log_snr; }));
}

std::vector<int> timesteps_of(const LaneState& lane, const Schedule& schedule) {
  LaneRun run;
  run.plan.lane = lane;
  run.schedule = std::shared_ptr<const Schedule>(std::shared_ptr<const Schedule>(), &schedule);
  run.from = schedule.steps();
  return run.timesteps();
}

void draw_schedule_curve(Ui& ui, const ScheduleScene& scene, const Rect& rect) {
  const Theme& theme = ui.theme;
  const double T = scene.own().steps();
  const std::string counted = std::to_string(steps_in_the_middle(scene)) + " of " +
                              std::to_string(scene.timesteps.size()) + " steps in the band";
  const Rect inside = draw_card(theme, rect, "Log-SNR λ over t", is_hidden(ui, "count") ? "" : counted);
  std::vector<LegendEntry> legend;
  for (const ShownSchedule& shown : scene.shown) legend.push_back({shown.colour, shown.name});
  const float high = draw_legend(theme, inside.min, inside.max.x, legend), band = theme.px(15);
  const Axes axes{{{inside.min.x + theme.px(30), inside.min.y + high + theme.px(8)},
                   {inside.max.x - theme.px(12), inside.max.y - band - theme.px(20)}},
                  0,
                  T,
                  -knot_limits::highest_log_snr,
                  knot_limits::highest_log_snr};
  if (axes.area.height() < theme.px(60)) return;
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const ImVec2 band_top = axes.at(0, mixed_log_snr), band_foot = axes.at(T, -mixed_log_snr);
  draw.AddRectFilled(band_top, band_foot, faded(theme.dim, theme.dark ? 0.16f : 0.12f));
  const std::string about = "picture and noise are both to be seen";
  if (const float wide = text_width(theme.small, about); wide < axes.area.width() * 0.5f)
    draw_text(theme.small, {band_foot.x - wide - theme.px(8), band_top.y + theme.px(3)}, theme.dim, about);
  draw_y_ticks(theme, axes, {-20, -10, 0, 10, 20});
  Axes numbers = axes;
  numbers.area.max.y += band;
  draw_x_ticks(theme, numbers, {0, T / 4, T / 2, 3 * T / 4, T}, false);
  draw.AddLine({axes.area.min.x, axes.area.max.y}, axes.area.max, line_colour(theme));
  draw_curves(theme, scene, axes);
  draw_steps(ui, scene, axes, band);
  const float x = axes.px(ui.session.lane(0).t);
  draw.AddLine({x, axes.area.min.y}, {x, axes.area.max.y}, faded(theme.text, 0.55f), theme.px(1));
  draw_handles(ui, scene, axes);

  ImGui::SetCursorScreenPos(axes.area.min);  // below the handles, which were made before: the slider's t
  hit_area("curve", {axes.area.width(), axes.area.height()});
  if (ImGui::IsItemActive()) {
    ui.next.position = std::round(axes.x_at(ImGui::GetIO().MousePos.x));
    ui.next.playing = Playing::paused;
  }
  mark_plot(ui, "curve", axes.area, {inside.min, {inside.max.x, inside.max.y}}, log_snr_on_paper(scene));
}

void draw_schedule_quantity(Ui& ui, const ScheduleScene& scene, bool alpha_bar, const Rect& rect) {
  const Theme& theme = ui.theme;
  const double T = scene.own().steps();
  Plot plot;
  plot.title = alpha_bar ? "ᾱₜ  share of the picture's variance left" : "βₜ  noise added in one step (log scale)";
  plot.x_max = T;
  plot.x_ticks = {0, T / 4, T / 2, 3 * T / 4, T};
  if (alpha_bar)
    plot.y_ticks = {0, 0.5, 1};
  else
    plot.y_min = 1e-5, plot.log_y = true, plot.y_ticks = {1e-4, 1e-2, 1}, plot.x_label = "timestep t";
  for (auto shown = scene.shown.rbegin(); shown != scene.shown.rend(); ++shown) {
    PlotCurve curve;
    curve.label = shown->name, curve.colour = shown->colour, curve.cursor_x = ui.session.lane(0).t;
    const int stride = std::max(1, shown->schedule->steps() / 500);
    for (int t = 1; t <= shown->schedule->steps(); t += stride) {
      curve.x.push_back(t);
      curve.y.push_back(alpha_bar ? shown->schedule->alpha_bar(t) : shown->schedule->beta(t));
    }
    plot.curves.push_back(std::move(curve));
  }
  double dragged = 0;
  const char* id = alpha_bar ? "alpha_bar" : "beta";
  exports::Plot paper = on_paper(plot, plot.title, alpha_bar ? "ᾱ" : "β");
  paper.x_label = "timestep t";
  mark_subject(ui, id, rect, std::move(paper));
  if (!draw_plot(theme, id, rect, plot, dragged)) return;
  ui.next.position = std::round(dragged);
  ui.next.playing = Playing::paused;
}

}  // namespace noiseglass::app
