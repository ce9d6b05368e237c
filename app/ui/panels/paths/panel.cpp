// Straight paths. In one dimension: lines between data and noise, the exact field that they make together, and what
// becomes of both when each noise is paired with where the field takes it. In two: see learned.h.

#include "ui/panels/panel.h"
#include "ui/panels/paths/learned.h"
#include "ui/panels/paths/pairs.h"
#include "ui/panels/shared/axes.h"
#include "ui/panels/shared/controls.h"
#include "ui/panels/shared/legend.h"
#include "ui/panels/shared/mix_colours.h"
#include "ui/widgets/hit_area.h"
#include "ui/widgets/layout.h"
#include "ui/widgets/lines.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace noiseglass::app {
namespace {

/// The plot's axes in these coordinates, and where x at u lies in it.
struct Plane {
  Coordinates coordinates;
  Axes axes;
  PathCoordinates of(double u) const { return coordinates_at(coordinates, u); }
  double last_u() const { return app::last_u(coordinates); }
  ImVec2 at(double u, double x) const {
    const PathCoordinates here = of(u);
    return axes.at(here.time, x * here.scale);
  }
};

/// What the person made of them.
void take(Ui& ui, const std::vector<Pair1D>& pairs) {
  ui.next.texts[pairs_text] = text_of(pairs);
  set_setting(ui, "reflows", 0);
}

class PathsPanel final : public Panel {
 public:
  void draw(Ui& ui, const Rect& rect) override;
  std::map<std::string, double> facts() const override { return facts_; }

 private:
  void update(const Ui& ui);
  static bool in_the_plane(const Ui& ui) { return setting_index(ui, "space") == 1; }
  void draw_line_buttons(Ui& ui);
  void draw_controls(Ui& ui);
  void draw_plane(Ui& ui, const Rect& rect);
  exports::Plot on_paper(const Plane& plane, const std::string& title) const;
  void draw_lines(const Ui& ui, const Plane& plane);
  void draw_flow(const Ui& ui, const Plane& plane);
  void draw_steps(const Ui& ui, const Plane& plane);
  void draw_ends(Ui& ui, const Plane& plane, bool noise);

  Walked walked_;
  LearnedPaths learned_;
  double bending_drawn_ = 0;  ///< as walked_.bending, in the coordinates that are shown
  std::map<std::string, double> facts_;
};

void PathsPanel::update(const Ui& ui) {
  const auto found = ui.next.texts.find(pairs_text);
  const std::string text = found == ui.next.texts.end() ? "" : found->second;
  const int count = setting_index(ui, "count"), reflows = setting_index(ui, "reflows");
  const Key key(text, reflows, count);
  if (walked_.key == key && !walked_.pairs.empty()) return;
  walked_ = walk(text, reflows, count);
  walked_.key = key;
}

void PathsPanel::draw_line_buttons(Ui& ui) {
  if (panel_button(ui, "reflow", "Reflow", "Pairs each noise value with the data value where the flow takes it.", true))
    set_setting(ui, "reflows", setting(ui, "reflows") + 1);
  ImGui::SameLine();
  if (panel_button(ui, "shuffle", "Pair at random", "Gives each data value another noise value at random.")) {
    std::vector<Pair1D> pairs = walked_.pairs;
    std::mt19937 random(unsigned(std::hash<std::string>()(text_of(pairs))));
    for (std::size_t i = pairs.size() - 1; i > 0; --i) std::swap(pairs[i].noise, pairs[random() % (i + 1)].noise);
    take(ui, pairs);
  }
  if (panel_button(ui, "again", "Start again", "The pairs that the panel opens with.")) {
    ui.next.texts.erase(pairs_text);
    set_setting(ui, "reflows", 0);
  }
}

void PathsPanel::draw_controls(Ui& ui) {
  if (in_the_plane(ui))
    learned_.draw_buttons(ui);
  else
    draw_line_buttons(ui);
  ImGui::Dummy({1, ui.theme.px(4)});
  setting_segments(ui, "space");
  if (in_the_plane(ui)) setting_combo(ui, "dataset");
  setting_combo(ui, "coordinates");
  control_heading(ui, "Show");
  setting_switch(ui, "lines");
  setting_switch(ui, "flow");
  setting_switch(ui, "steps");
  if (setting_on(ui, "steps") || in_the_plane(ui)) setting_slider(ui, "count");
  control_note(ui, in_the_plane(ui) ? "A small network learns the mean velocity of the lines that pass: from pairs at "
                                      "random, then, with each reflow, from the pairs that it has made itself. The "
                                      "same paths in other coordinates: x is only rescaled."
                                    : "Drag the ends of the lines. Every curve is exact: at each place the field is "
                                      "the mean velocity of the lines that pass there, weighted by how near they pass. "
                                      "That is what a network learns whose loss is the squared error of the "
                                      "velocity.");
}

void PathsPanel::draw_lines(const Ui& ui, const Plane& plane) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  for (const Pair1D& pair : walked_.pairs) {
    std::vector<ImVec2> points;
    for (int i = 0; i <= 60; ++i) {
      const double u = plane.last_u() * i / 60;
      points.push_back(plane.at(u, (1 - u) * pair.data + u * pair.noise));
    }
    draw.AddPolyline(points.data(), int(points.size()), faded(ui.theme.dim, 0.6f), 0, ui.theme.px(1.2f));
  }
}

/// Each piece in the colour of how much the slope changes there, in these coordinates.
void PathsPanel::draw_flow(const Ui& ui, const Plane& plane) {
  const Theme& theme = ui.theme;
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const ImU32 straight = theme.lane[1], bent = theme.lane[0];
  double sum = 0;
  for (const auto& path : walked_.paths) {
    std::vector<double> time, value;
    for (int i = 0; i <= points_of_path; ++i) {
      const double u = 1 - double(i) / points_of_path;
      if (u > plane.last_u()) continue;
      const PathCoordinates here = plane.of(u);
      time.push_back(here.time), value.push_back(path[std::size_t(i)] * here.scale);
    }
    // The slope against that of the straight line between the ends, both as they are drawn.
    const double whole = (value.back() - value.front()) / (time.back() - time.front());
    const double unit = (plane.axes.y_max - plane.axes.y_min) / (plane.axes.x_max - plane.axes.x_min);
    std::vector<double> slope;
    for (std::size_t i = 1; i < time.size(); ++i) slope.push_back((value[i] - value[i - 1]) / (time[i] - time[i - 1]));
    for (std::size_t i = 0; i < slope.size(); ++i) {
      const double off = slope[i] - whole, part = (time[i] - time[i + 1]) / (time.front() - time.back());
      sum += off * off * part / double(walked_.paths.size());
      const std::size_t before = i > 2 ? i - 2 : 0, after = std::min(i + 2, slope.size() - 1);
      const double turn = std::abs(std::atan(slope[after] / unit) - std::atan(slope[before] / unit));
      draw.AddLine(plane.axes.at(time[i], value[i]), plane.axes.at(time[i + 1], value[i + 1]),
                   mix_colours(straight, bent, float(std::min(1.0, turn / 0.25))), theme.px(2.2f));
    }
  }
  bending_drawn_ = sum;
}

void PathsPanel::draw_steps(const Ui& ui, const Plane& plane) {
  const Theme& theme = ui.theme;
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  for (const auto& steps : walked_.steps) {
    const double count = double(steps.size() - 1);
    std::vector<ImVec2> points;
    for (std::size_t k = 0; k + 1 < steps.size(); ++k)
      for (int i = 0; i <= 20; ++i) {  // straight in u, so bent in other coordinates
        const double u = 1 - (double(k) + i / 20.0) / count;
        if (u <= plane.last_u()) points.push_back(plane.at(u, steps[k] + (steps[k + 1] - steps[k]) * i / 20.0));
      }
    draw.AddPolyline(points.data(), int(points.size()), theme.x_t, 0, theme.px(1.5f));
    for (std::size_t k = 0; k < steps.size(); ++k) {
      const double u = 1 - double(k) / count;
      if (u <= plane.last_u()) draw.AddCircleFilled(plane.at(u, steps[k]), theme.px(3.2f), theme.x_t);
    }
  }
}

void PathsPanel::draw_ends(Ui& ui, const Plane& plane, bool noise) {
  const Theme& theme = ui.theme;
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const float size = theme.px(11);
  for (std::size_t i = 0; i < walked_.pairs.size(); ++i) {
    const Pair1D& pair = walked_.pairs[i];
    const ImVec2 at = plane.at(noise ? 1 : 0, noise ? pair.noise : pair.data);
    const std::string name = (noise ? "noise" : "data") + std::to_string(i + 1);
    ImGui::SetCursorScreenPos({at.x - size, at.y - size});
    hit_area(name.c_str(), {2 * size, 2 * size});
    const FocusKeys keys = focus_stop(Takes::slider);
    const bool held = ImGui::IsItemActive(), lit = held || ImGui::IsItemHovered() || keys.focused;
    if (lit) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeNS);
    const double before = noise ? pair.noise : pair.data;
    double value = before + 0.05 * keys.steps();
    if (held && ImGui::IsMouseDragging(ImGuiMouseButton_Left, 1))
      value = plane.axes.y_at(ImGui::GetIO().MousePos.y) / plane.of(noise ? 1 : 0).scale;
    if (value != before) {
      std::vector<Pair1D> pairs = walked_.pairs;
      (noise ? pairs[i].noise : pairs[i].data) = std::clamp(value, -reach, reach);
      take(ui, pairs);
    }
    draw.AddCircleFilled(at, theme.px(lit ? 9 : 7.5f), theme.surface);
    draw.AddCircleFilled(at, theme.px(lit ? 7 : 5.5f), noise ? theme.epsilon : theme.x_0);
    mark(ui, name.c_str(), {{at.x - size, at.y - size}, {at.x + size, at.y + size}});
  }
}

exports::Plot PathsPanel::on_paper(const Plane& plane, const std::string& title) const {
  exports::Plot paper;
  paper.title = title;
  paper.x_label = plane.coordinates == Coordinates::straight     ? "u: 0 data, 1 noise"
                  : plane.coordinates == Coordinates::preserving ? "angle as a share of 90°: 0 data, 1 noise"
                                                                 : "σ: 0 data";
  paper.y_label = "x";
  paper.x_max = plane.axes.x_max, paper.y_min = plane.axes.y_min, paper.y_max = plane.axes.y_max;
  for (int i = 0; i <= 4; ++i) paper.x_ticks.push_back(paper.x_max * i / 4);
  for (int i = -2; i <= 2; ++i) paper.y_ticks.push_back(std::round(paper.y_max / 2.2) * i);
  for (std::size_t i = 0; i < walked_.paths.size(); ++i) {
    exports::Curve curve = curve_on_paper("the flow from noise " + std::to_string(i + 1), {}, {});
    for (int k = 0; k <= points_of_path; ++k) {
      const double u = 1 - double(k) / points_of_path;
      if (u > plane.last_u()) continue;
      const PathCoordinates here = plane.of(u);
      curve.x.push_back(here.time), curve.y.push_back(walked_.paths[i][std::size_t(k)] * here.scale);
    }
    paper.curves.push_back(std::move(curve));
  }
  return paper;
}

void PathsPanel::draw_plane(Ui& ui, const Rect& rect) {
  const Theme& theme = ui.theme;
  const auto coordinates = Coordinates(setting_index(ui, "coordinates"));
  const char* titles[] = {"(1 − u)·x₀ + u·ε over u", "√ᾱ·x₀ + √(1−ᾱ)·ε over the angle of (√ᾱ, √(1−ᾱ))",
                          "x₀ + σ·ε over σ"};
  const Rect inside = draw_card(theme, rect, titles[int(coordinates)], "exact");
  std::vector<LegendEntry> legend = {{theme.x_0, "data values"}};
  if (coordinates != Coordinates::exploding) legend.push_back({theme.epsilon, "noise values"});
  if (setting_on(ui, "lines")) legend.push_back({faded(theme.dim, 0.6f), "pairs"});
  if (setting_on(ui, "flow"))
    legend.push_back({theme.lane[1], "the flow, straight"}), legend.push_back({theme.lane[0], "and bent"});
  if (setting_on(ui, "steps"))
    legend.push_back({theme.x_t, setting_index(ui, "count") == 1
                                     ? "1 step"
                                     : std::to_string(setting_index(ui, "count")) + " steps"});
  const float high = draw_legend(theme, inside.min, inside.max.x, legend);
  const bool exploding = coordinates == Coordinates::exploding;
  const double range = exploding ? reach * 3 : reach * 1.08;
  const Plane plane{coordinates,
                    {{{inside.min.x + theme.px(34), inside.min.y + high + theme.px(10)},
                      {inside.max.x - theme.px(16), inside.max.y - theme.px(36)}},
                     0,
                     exploding ? most_sigma : 1,
                     -range,
                     range}};
  if (plane.axes.area.height() < theme.px(40)) return;
  draw_y_ticks(theme, plane.axes,
               exploding ? std::vector<double>{-6, -3, 0, 3, 6} : std::vector<double>{-2, -1, 0, 1, 2});
  draw_x_ticks(theme, plane.axes,
               exploding ? std::vector<double>{0, 1, 2, 3, 4} : std::vector<double>{0, 0.25, 0.5, 0.75, 1});
  const char* below[] = {"u:  0 data … 1 noise", "angle as a share of 90°:  0 data … 1 noise",
                         "σ:  0 data, and noise without end"};
  const std::string words = below[int(coordinates)];
  draw_text(theme.small,
            {(plane.axes.area.min.x + plane.axes.area.max.x - text_width(theme.small, words)) / 2,
             plane.axes.area.max.y + theme.px(19)},
            theme.dim, words);
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  draw.PushClipRect(plane.axes.area.min, plane.axes.area.max, true);
  if (setting_on(ui, "lines")) draw_lines(ui, plane);
  if (setting_on(ui, "flow")) draw_flow(ui, plane);
  if (setting_on(ui, "steps")) draw_steps(ui, plane);
  draw.PopClipRect();
  draw_ends(ui, plane, false);
  if (!exploding) draw_ends(ui, plane, true);
  mark_plot(ui, "plane", plane.axes.area, {inside.min, inside.max}, on_paper(plane, titles[int(coordinates)]));
}

void PathsPanel::draw(Ui& ui, const Rect& rect) {
  const bool learned = in_the_plane(ui);
  learned ? learned_.update(ui) : update(ui);
  const Rect body = begin_controls(ui, rect, 260);
  draw_controls(ui);
  end_controls(ui);
  learned ? learned_.draw(ui, body) : draw_plane(ui, body);
  facts_ = learned ? learned_.facts()
                   : std::map<std::string, double>{{"pairs", double(walked_.pairs.size())},
                                                   {"crossings", double(crossings(walked_.pairs))},
                                                   {"bending", walked_.bending},
                                                   {"bending_drawn", bending_drawn_},
                                                   {"steps_off", walked_.steps_off}};
}

}  // namespace

std::unique_ptr<Panel> make_paths_panel() { return std::make_unique<PathsPanel>(); }

}  // namespace noiseglass::app
