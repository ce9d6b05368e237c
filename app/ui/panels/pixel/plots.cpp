// The pieces of the pixel panel: loupe and sum, histogram, ways through time.

#include "ui/panels/pixel/panel.h"
#include "ui/panels/shared/axes.h"
#include "ui/panels/shared/controls.h"
#include "ui/panels/shared/legend.h"
#include "ui/widgets/hit_area.h"
#include "ui/widgets/layout.h"

#include <algorithm>
#include <cmath>

namespace noiseglass::app {
namespace {

std::string signed_number(double value) { return fixed(value, 2); }

std::string with_commas(std::size_t count) {
  std::string text = std::to_string(count);
  for (int i = int(text.size()) - 3; i > 0; i -= 3) text.insert(std::size_t(i), ",");
  return text;
}

/// The pixels around the one that is looked at, each as a square of its x_t.
void draw_loupe(const PixelScene& scene, const Rect& rect, const Theme& theme) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const int count = 2 * loupe_radius + 1;
  const float side = rect.width() / float(count);
  const Shape& shape = scene.source.shape;
  draw.AddRectFilled(rect.min, rect.max, theme.raised);
  for (int dy = 0; dy < count; ++dy)
    for (int dx = 0; dx < count; ++dx) {
      const int row = scene.row + dy - loupe_radius, column = scene.column + dx - loupe_radius;
      if (row < 0 || column < 0 || row >= shape.height || column >= shape.width) continue;
      int rgb[3];
      for (int c = 0; c < 3; ++c) {
        const double x = x_t_of(scene, row, column, std::min(c, shape.channels - 1));
        rgb[c] = int(std::lround(std::clamp((x + 1) * 127.5, 0.0, 255.0)));
      }
      draw.AddRectFilled({std::round(rect.min.x + side * float(dx)), std::round(rect.min.y + side * float(dy))},
                         {std::round(rect.min.x + side * float(dx + 1)), std::round(rect.min.y + side * float(dy + 1))},
                         IM_COL32(rgb[0], rgb[1], rgb[2], 255));
    }
  const float a = side * float(loupe_radius), b = side * float(loupe_radius + 1);
  draw.AddRect({rect.min.x + a - 2, rect.min.y + a - 2}, {rect.min.x + b + 2, rect.min.y + b + 2},
               IM_COL32(0, 0, 0, 255), 0, 0, theme.px(2));
  draw.AddRect({rect.min.x + a, rect.min.y + a}, {rect.min.x + b, rect.min.y + b}, IM_COL32(255, 255, 255, 255), 0, 0,
               theme.px(2));
}

void draw_bar(const Theme& theme, const Axes& axes, float y, float height, double from, double to, ImU32 colour) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const float a = axes.px(std::clamp(from, axes.x_min, axes.x_max)),
              b = axes.px(std::clamp(to, axes.x_min, axes.x_max));
  draw.AddRectFilled({std::min(a, b), y}, {std::max(std::max(a, b), std::min(a, b) + 1), y + height}, colour,
                     theme.px(2));
}

void draw_sum_bars(const Theme& theme, const PixelScene& scene, const Rect& rect) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const PixelParts& parts = scene.parts;
  const float label = theme.px(74), value = theme.px(48), row = rect.height() / 3.6f,
              bar = std::min(row * 0.62f, theme.px(22));
  const Axes axes{
      {{rect.min.x + label, rect.min.y}, {rect.max.x - value, rect.min.y + 3 * row}}, -pixel_reach, pixel_reach, 0, 1};
  draw_x_ticks(theme, axes, {-3, -2, -1, 0, 1, 2, 3});
  const float zero = std::round(axes.px(0));
  draw.AddLine({zero, axes.area.min.y}, {zero, axes.area.max.y}, theme.dim, theme.px(1));
  const struct {
    const char* name;
    double from, to;
    ImU32 colour;
  } rows[] = {{"√ᾱ·x₀", 0, parts.signal, theme.x_0},
              {"+ √(1−ᾱ)·ε", parts.signal, parts.x_t(), theme.epsilon},
              {"= xₜ", 0, parts.x_t(), theme.x_t}};
  for (int i = 0; i < 3; ++i) {
    const float y = std::round(rect.min.y + row * float(i) + (row - bar) / 2),
                text = y + (bar - theme.small->FontSize) / 2;
    draw_text(theme.small, {rect.min.x, text}, rows[i].colour, rows[i].name);
    draw_bar(theme, axes, y, bar, rows[i].from, rows[i].to, rows[i].colour);
    const std::string shown = signed_number(rows[i].to - rows[i].from);
    draw_text(theme.small, {rect.max.x - text_width(theme.small, shown), text}, theme.text, shown);
    if (i == 2) continue;
    const float x =
        axes.px(std::clamp(rows[i].to, axes.x_min, axes.x_max));  // down to the next bar, which starts there
    draw.AddLine({x, y + bar}, {x, y + row}, faded(theme.text, 0.6f), theme.px(1));
  }
}

}  // namespace

void draw_pixel_sum(Ui& ui, const PixelScene& scene, const Rect& rect) {
  const Theme& theme = ui.theme;
  const Rect inside = draw_card(theme, rect, "This pixel", "exact");
  const float loupe = std::max(theme.px(40), std::min(inside.width() * 0.42f, inside.height() * 0.46f));
  const Rect square{inside.min, {inside.min.x + std::round(loupe), inside.min.y + std::round(loupe)}};
  draw_loupe(scene, square, theme);
  const float x = square.max.x + theme.px(16), line = theme.px(20);
  const PixelParts& parts = scene.parts;
  float y = inside.min.y;
  const auto write = [&](const std::string& symbol, const std::string& text, ImU32 colour) {
    const float width = draw_text(theme.strong, {x, y}, colour, symbol);
    draw_text_cut(theme.body, {x + width + theme.px(6), y}, theme.text, text, inside.max.x - x - width - theme.px(6));
    y += line;
  };
  draw_text_fitting(
      theme.small, {x, y}, theme.dim,
      "row " + std::to_string(scene.row) + ", column " + std::to_string(scene.column) + ", " + channel_name(scene),
      inside.max.x - x);
  y += line;
  write("x₀", "= " + signed_number(parts.x_0), theme.x_0);
  write("ε", "= " + signed_number(parts.epsilon), theme.epsilon);
  write("√ᾱ", "= " + fixed(std::sqrt(scene.schedule.alpha_bar(scene.t)), 3), theme.dim);
  write("√(1−ᾱ)", "= " + fixed(scene.schedule.sigma(scene.t), 3), theme.dim);
  draw_sum_bars(theme, scene, {{inside.min.x, square.max.y + theme.px(14)}, inside.max});
  mark_plot(ui, "loupe", square, {square.min, {inside.max.x, square.max.y}});  // with the numbers of that pixel
  mark_subject(ui, "bars", {{inside.min.x, square.max.y + theme.px(10)}, inside.max});
}

void draw_pixel_histogram(Ui& ui, const Histogram* histogram, int row_stride, const PixelScene& scene,
                          const Rect& rect) {
  const Theme& theme = ui.theme;
  const Rect inside = draw_card(theme, rect, "All values of xₜ", "exact");
  const float foot = theme.px(42);
  const float legend = theme.px(6) + draw_legend(theme, inside.min, inside.max.x,
                                                 {{faded(theme.x_t, 0.55f), "xₜ"},
                                                  {theme.epsilon, "N(0, 1), the prior"},
                                                  {theme.warning, "this pixel"}});
  const Axes axes{
      {{inside.min.x, inside.min.y + legend}, {inside.max.x, inside.max.y - foot}}, -pixel_reach, pixel_reach, 0, 0.62};
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  draw_x_ticks(theme, axes, {-3, -2, -1, 0, 1, 2, 3});
  draw.PushClipRect(axes.area.min, axes.area.max, true);
  if (histogram)
    for (std::size_t i = 0; i < histogram->counts.size(); ++i) {
      const double width = (histogram->max - histogram->min) / double(histogram->counts.size());
      const double left = histogram->min + width * double(i);
      draw.AddRectFilled({axes.px(left), axes.py(histogram->density(i))},
                         {axes.px(left + width) - theme.px(0.5f), axes.area.max.y}, faded(theme.x_t, 0.45f));
    }
  std::vector<ImVec2> points;
  exports::Plot paper;
  paper.title = "All values of xₜ", paper.x_label = "value", paper.y_label = "density";
  paper.x_min = -pixel_reach, paper.x_max = pixel_reach, paper.x_ticks = {-3, -2, -1, 0, 1, 2, 3};
  paper.y_max = 0.6, paper.y_ticks = {0, 0.2, 0.4, 0.6};
  paper.curves = {curve_on_paper("xₜ", {}, {}), curve_on_paper("N(0, 1), the prior", {}, {})};
  for (int i = 0; i <= 140; ++i) {
    const double v = -pixel_reach + 2 * pixel_reach * i / 140, density = Normal1D{0, 1}.density(v);
    points.push_back(axes.at(v, density));
    paper.curves[1].x.push_back(v), paper.curves[1].y.push_back(density);
  }
  if (histogram)
    for (std::size_t i = 0; i < histogram->counts.size(); ++i) {  // at the middle of each bar
      const double width = (histogram->max - histogram->min) / double(histogram->counts.size());
      paper.curves[0].x.push_back(histogram->min + width * (double(i) + 0.5));
      paper.curves[0].y.push_back(histogram->density(i));
    }
  draw.AddPolyline(points.data(), int(points.size()), theme.epsilon, 0, theme.px(2));
  draw.PopClipRect();
  const float here = axes.px(std::clamp(scene.parts.x_t(), -pixel_reach, pixel_reach));
  draw.AddTriangleFilled({here, axes.area.max.y}, {here - theme.px(5), axes.area.max.y - theme.px(9)},
                         {here + theme.px(5), axes.area.max.y - theme.px(9)}, theme.warning);
  if (histogram) {
    const float y = axes.area.max.y + theme.px(24);
    float at = inside.min.x + draw_text(theme.small, {inside.min.x, y}, theme.dim, "mean ");
    at += draw_text(theme.small, {at, y}, theme.text, fixed(histogram->mean, 3));
    at += draw_text(theme.small, {at, y}, theme.dim, "   std ");
    at += draw_text(theme.small, {at, y}, theme.text, fixed(histogram->std, 3));
    const std::string how =
        row_stride == 1 ? with_commas(histogram->total) + " values" : "of one row in " + std::to_string(row_stride);
    if (inside.max.x - text_width(theme.small, how) > at + theme.px(10))
      draw_text(theme.small, {inside.max.x - text_width(theme.small, how), y}, theme.dim, how);
  }
  mark_plot(ui, "histogram", axes.area, inside, std::move(paper));
}

namespace {

/// Where the steps end that do not scale down: two standard deviations on either side of x₀.
void draw_unscaled_band(const Theme& theme, const Axes& axes, double x_0, const std::vector<double>& spread) {
  std::vector<ImVec2> edges[2];
  const std::size_t stride = std::max<std::size_t>(1, spread.size() / 600);
  for (std::size_t t = 0; t < spread.size(); t += stride)
    for (const int side : {0, 1}) edges[side].push_back(axes.at(double(t), x_0 + (side ? 2 : -2) * spread[t]));
  for (const auto& edge : edges)
    ImGui::GetWindowDrawList()->AddPolyline(edge.data(), int(edge.size()), theme.lane[0], 0, theme.px(2));
}

/// Multiples of a whole number, seven or fewer within ±reach.
std::vector<double> whole_ticks(double reach) {
  const double apart = std::ceil(reach / 3.5);
  std::vector<double> ticks;
  for (int i = -3; i <= 3; ++i)
    if (std::abs(i * apart) < reach) ticks.push_back(i * apart);
  return ticks;
}

}  // namespace

void draw_pixel_paths(Ui& ui, const PixelScene& scene, const Rect& rect) {
  const Theme& theme = ui.theme;
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  static const char* title = "Its value over time";
  Rect inside = draw_card(theme, rect, title, "exact");
  const bool unscaled = setting_on(ui, "unscaled");
  const auto entries = [&](bool brief) {
    std::vector<LegendEntry> legend;
    if (unscaled) legend.push_back({theme.lane[0], brief ? "unscaled" : "not scaled down"});
    if (setting_on(ui, "one_shot")) legend.push_back({theme.x_t, brief ? "one ε" : "in one shot: one ε for every t"});
    if (setting_index(ui, "walks") > 0)
      legend.push_back({theme.epsilon, brief ? "fresh ε" : "step by step: fresh ε each time"});
    if (setting_on(ui, "band")) legend.push_back({theme.x_0, brief ? "± 2σ" : "√ᾱ·x₀ ± 2σ"});
    return legend;
  };
  // Beside the title where there is room, else below it; a low plot keeps its height, and has brief names.
  const float beside = inside.min.x + text_width(theme.strong, title) + theme.px(24);
  const auto fits = [&](const std::vector<LegendEntry>& legend) {
    return beside + legend_width(theme, legend) < inside.max.x - theme.px(48);
  };
  std::vector<LegendEntry> legend = entries(false);
  if (!fits(legend) && inside.height() < theme.px(150)) legend = entries(true);
  if (fits(legend))
    draw_legend(theme, {beside, inside.min.y - theme.px(window_is_short(theme) ? 23 : 24)}, inside.max.x, legend);
  else
    inside.min.y += draw_legend(theme, inside.min, inside.max.x, legend);
  const int T = scene.schedule.steps();
  const std::vector<double> spread = unscaled ? unscaled_spread(scene.schedule) : std::vector<double>();
  const double reach = unscaled ? std::max(pixel_reach, 1 + 2.2 * spread.back()) : pixel_reach;
  const Axes axes{
      {{inside.min.x + theme.px(24), inside.min.y}, {inside.max.x - theme.px(12), inside.max.y - theme.px(14)}},
      0,
      double(T),
      -reach,
      reach};
  draw_y_ticks(theme, axes, whole_ticks(reach));
  draw_x_ticks(theme, axes, {0, T / 4.0, T / 2.0, 3 * T / 4.0, double(T)}, false);

  const int pixels = std::max(2, int(axes.area.width()));
  const double x_0 = scene.parts.x_0;
  draw.PushClipRect(axes.area.min, axes.area.max, true);
  std::vector<ImVec2> mean;
  for (int i = 0; i < pixels; ++i) {
    const int t = std::clamp(int(std::lround(double(i) / (pixels - 1) * T)), 0, T);
    const double centre = std::sqrt(scene.schedule.alpha_bar(t)) * x_0, half = 2 * scene.schedule.sigma(t);
    const float x = axes.area.min.x + float(i);
    if (setting_on(ui, "band"))
      draw.AddRectFilled({x, axes.py(centre + half)}, {x + 1, axes.py(centre - half)}, faded(theme.x_0, 0.13f));
    mean.push_back({x, axes.py(centre)});
  }
  if (setting_on(ui, "band"))
    draw.AddPolyline(mean.data(), int(mean.size()), faded(theme.x_0, 0.9f), 0, theme.px(1.5f));
  exports::Plot paper;
  paper.title = title, paper.x_label = "timestep t", paper.y_label = "value of the pixel";
  paper.x_max = T, paper.x_ticks = {0, T / 4.0, T / 2.0, 3 * T / 4.0, double(T)};
  paper.y_min = -reach, paper.y_max = reach, paper.y_ticks = whole_ticks(reach);
  const auto numbered = [](const char* name, int walk) {
    return walk == 0 ? std::string(name) : name + (", " + std::to_string(walk + 1));
  };
  const auto curve = [&](const std::string& name, const std::vector<double>& path, ImU32 colour, float width) {
    exports::Curve numbers = curve_on_paper(name, {}, path);
    for (std::size_t t = 0; t < path.size(); ++t) numbers.x.push_back(double(t));
    paper.curves.push_back(std::move(numbers));
    std::vector<ImVec2> points;
    const std::size_t stride = std::max<std::size_t>(1, path.size() / 1200);
    for (std::size_t t = 0; t < path.size(); t += stride) points.push_back(axes.at(double(t), path[t]));
    draw.AddPolyline(points.data(), int(points.size()), colour, 0, theme.px(width));
    const ImVec2 here = axes.at(scene.t, path[std::size_t(scene.t)]);
    draw.AddCircleFilled(here, theme.px(5.5f), theme.surface);
    draw.AddCircleFilled(here, theme.px(4), colour);
  };
  if (unscaled) draw_unscaled_band(theme, axes, x_0, spread);
  const float x = axes.px(scene.t);
  draw.AddLine({x, axes.area.min.y}, {x, axes.area.max.y}, faded(theme.text, 0.5f), theme.px(1));
  const std::size_t element = scene.source.element(scene.row, scene.column, scene.channel);
  for (int walk = unscaled ? setting_index(ui, "walks") : 0; walk-- > 0;)
    curve(numbered("not scaled down", walk),
          unscaled_path(x_0, scene.schedule, scene.seed + std::uint64_t(walk), element), faded(theme.lane[0], 0.6f), 1);
  for (int walk = setting_index(ui, "walks"); walk-- > 0;)
    curve(numbered("step by step: fresh ε each time", walk),
          step_by_step_path(x_0, scene.schedule, scene.seed + std::uint64_t(walk), element),
          faded(theme.epsilon, walk == 0 ? 1.f : 0.55f), walk == 0 ? 1.5f : 1.f);
  if (setting_on(ui, "one_shot"))
    curve("in one shot: one ε for every t", one_shot_path(x_0, scene.parts.epsilon, scene.schedule), theme.x_t, 2.5f);
  draw.PopClipRect();
  ImGui::SetCursorScreenPos(axes.area.min);
  hit_area("paths", {std::max(1.f, axes.area.width()), std::max(1.f, axes.area.height())});
  if (ImGui::IsItemActive()) {
    ui.next.position = std::round(axes.x_at(ImGui::GetIO().MousePos.x));
    ui.next.playing = Playing::paused;
  }
  mark_plot(ui, "paths", axes.area, inside, std::move(paper));
}

}  // namespace noiseglass::app
