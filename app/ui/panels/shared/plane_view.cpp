#include "ui/panels/shared/plane_view.h"

#include "ui/panels/shared/mix_colours.h"

#include <cmath>

namespace noiseglass::app {

void draw_points(const PlaneView& plane, const Points& points, float radius, ImU32 colour) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const int corners = radius > 2.5f ? 10 : 6;
  for (Eigen::Index i = 0; i < points.cols(); ++i)
    draw.AddCircleFilled(plane.at(points.col(i)), radius, colour, corners);
}

void draw_plane_axes(const Theme& theme, const PlaneView& plane, const std::vector<double>& ticks) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const auto [min, max] = plane.rect;
  const ImVec2 centre = plane.at({0, 0});
  const ImU32 line = faded(theme.dim, 0.22f);
  draw.AddLine({centre.x, min.y}, {centre.x, max.y}, line);
  draw.AddLine({min.x, centre.y}, {max.x, centre.y}, line);
  for (const double tick : ticks) {
    const ImVec2 x = plane.at({tick, 0}), y = plane.at({0, tick});
    const std::string label = number(tick);  // at the rim, where no points lie over it
    const float half = theme.small->FontSize / 2;
    draw_text(theme.small, {x.x - text_width(theme.small, label) / 2, max.y - 2 * half - theme.px(4)}, theme.dim,
              label);
    draw_text(theme.small, {min.x + theme.px(6), y.y - half}, theme.dim, label);
    draw.AddLine({x.x, centre.y - theme.px(3)}, {x.x, centre.y + theme.px(3)}, line);
    draw.AddLine({centre.x - theme.px(3), y.y}, {centre.x + theme.px(3), y.y}, line);
  }
}

std::vector<float> bends(const Theme& theme, const std::vector<ImVec2>& line) {
  if (line.size() < 2) return {};
  const float half_way = theme.px(14);  // to each side of a piece
  constexpr float full_turn = 0.5f;     // radians over that way, and more
  std::vector<float> along(line.size(), 0), bend(line.size() - 1, 0);
  for (std::size_t i = 1; i < line.size(); ++i)
    along[i] = along[i - 1] + std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
  const auto at = [&](float way) -> ImVec2 {
    const std::size_t next = std::size_t(std::upper_bound(along.begin(), along.end() - 1, way) - along.begin());
    const ImVec2 a = line[next - 1], b = line[next];
    const float length = along[next] - along[next - 1], share = length > 0 ? (way - along[next - 1]) / length : 0;
    return {a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)};
  };
  float before = 0;  // at the place before
  for (std::size_t i = 0; i < line.size(); ++i) {
    const float way = std::min({half_way, along[i], along.back() - along[i]});
    float here = before;
    if (way >= theme.px(3)) {
      const ImVec2 a = at(along[i] - way), b = line[i], c = at(along[i] + way);
      const float turn = std::atan2((b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x),
                                    (b.x - a.x) * (c.x - b.x) + (b.y - a.y) * (c.y - b.y));
      here = std::min(1.f, std::abs(turn) / full_turn * half_way / way);
    }
    if (i > 0) bend[i - 1] = std::max(before, here);
    before = here;
  }
  return bend;
}

ImU32 straight_colour(const Theme& theme) { return theme.lane[1]; }
ImU32 bent_colour(const Theme& theme) { return theme.lane[0]; }

void draw_bent_line(const Theme& theme, const std::vector<ImVec2>& line, float thickness, std::size_t change,
                    float before, float after) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const std::vector<float> bend = bends(theme, line);
  for (std::size_t i = 0; i < bend.size(); ++i)
    draw.AddLine(line[i], line[i + 1],
                 faded(mix_colours(straight_colour(theme), bent_colour(theme), bend[i]), i < change ? before : after),
                 thickness);
}

}  // namespace noiseglass::app
