#pragma once

#include "ui/panels/score/simulation.h"
#include "ui/widgets/controls.h"

#include "render/texture.h"

#include <vector>

namespace noiseglass::app {

/// A square of the screen that shows the plane; y points up.
struct PlaneView {
  Rect rect;

  float pixels(double length) const { return float(length / (2 * plane_range)) * rect.width(); }
  ImVec2 at(const Eigen::Array2d& point) const {
    return {rect.min.x + pixels(point.x() + plane_range), rect.max.y - pixels(point.y() + plane_range)};
  }
  Eigen::Array2d point(ImVec2 pixel) const {
    const double scale = 2 * plane_range / rect.width();
    return {(pixel.x - rect.min.x) * scale - plane_range, (rect.max.y - pixel.y) * scale - plane_range};
  }
};

/// The density as a picture in one hue, on the graphics card; made anew when the field or the theme changes.
class DensityPicture {
 public:
  void show(const Theme& theme, const Field& field);
  unsigned texture() const { return texture_.id(); }

 private:
  Key key_;
  render::Texture texture_;
};

/// One particle's way: its places in the order of the walk, of which the first `past` lie behind it.
struct Path {
  std::vector<Eigen::Array2d> places;
  Eigen::Index past = 0;
  Eigen::Array2d now = {0, 0};
};

void draw_ground(const Theme& theme, const PlaneView& plane, unsigned density_texture);
void draw_points(const PlaneView& plane, const Points& points, float radius, ImU32 colour);
void draw_arrows(const Theme& theme, const PlaneView& plane, const Field& field);
void draw_paths(const Theme& theme, const PlaneView& plane, const std::vector<Path>& paths, ImU32 colour);

/// What can be said at the probe.
struct Probe {
  Eigen::Array2d x_t = {0, 0};
  PointPosterior posterior;
  NoiseLevel level;
  double unit = 1;  ///< √v: the score times this is of the order of 1 at every t
};
void draw_probe(const Theme& theme, const PlaneView& plane, const Points& data, const Probe& probe);

/// The probe's numbers, and the posterior weights in falling order.
void draw_probe_numbers(const Theme& theme, const Rect& rect, const Probe& probe, float row_height);
void draw_weights(const Theme& theme, const Rect& rect, const Probe& probe);
/// 1/Σw²: as many points as would share the weight evenly.
double effective_points(const Eigen::ArrayXd& weights);

}  // namespace noiseglass::app
