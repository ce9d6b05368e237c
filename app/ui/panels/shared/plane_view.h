#pragma once

#include "ui/widgets/controls.h"

#include "noiseglass/points.h"

#include <algorithm>
#include <vector>

namespace noiseglass::app {

/// A part of the screen that shows the plane, −range … range along its shorter edge; y points up.
struct PlaneView {
  Rect rect;
  double range = 3.2;

  float pixels(double length) const { return float(length / (2 * range)) * std::min(rect.width(), rect.height()); }
  ImVec2 centre() const { return {(rect.min.x + rect.max.x) / 2, (rect.min.y + rect.max.y) / 2}; }
  ImVec2 at(const Eigen::Array2d& point) const {
    return {centre().x + pixels(point.x()), centre().y - pixels(point.y())};
  }
  Eigen::Array2d point(ImVec2 pixel) const {
    const double scale = 2 * range / double(std::min(rect.width(), rect.height()));
    return {double(pixel.x - centre().x) * scale, double(centre().y - pixel.y) * scale};
  }
  bool shows(const Eigen::Array2d& point) const {
    const ImVec2 here = at(point);
    return here.x >= rect.min.x && here.x <= rect.max.x && here.y >= rect.min.y && here.y <= rect.max.y;
  }
};

void draw_points(const PlaneView& plane, const Points& points, float radius, ImU32 colour);

/// The ground with its axes, and numbers at the rim.
void draw_plane_axes(const Theme& theme, const PlaneView& plane, const std::vector<double>& ticks);

/// How much a line bends at each of its pieces, by the angle that it turns over a short way on the screen: 0 straight …
/// 1 bent. One number fewer than places.
std::vector<float> bends(const Theme& theme, const std::vector<ImVec2>& line);
/// Each piece in the colour of how much it bends, with another opacity from place `change` on.
void draw_bent_line(const Theme& theme, const std::vector<ImVec2>& line, float thickness,
                    std::size_t change = std::size_t(-1), float before = 1, float after = 1);
ImU32 straight_colour(const Theme& theme);
ImU32 bent_colour(const Theme& theme);

}  // namespace noiseglass::app
