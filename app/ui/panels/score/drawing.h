#pragma once

#include "ui/panels/score/simulation.h"
#include "ui/panels/shared/plane_view.h"

#include "noiseglass/probability_flow.h"
#include "render/texture.h"

#include <optional>
#include <vector>

namespace noiseglass::app {

/// The density as a picture in one hue, on the graphics card; made anew when the field or the theme changes.
class DensityPicture {
 public:
  void show(const Theme& theme, const Field& field);
  unsigned texture() const { return texture_.id(); }
  Shape shape() const { return texture_.shape(); }
  double range() const { return range_; }  ///< of the plane, along its shorter edge

 private:
  Key key_;
  double range_ = plane_range;
  render::Texture texture_;
};

/// One particle's way: its places in the order of the walk, of which the first `past` lie behind it.
struct Path {
  std::vector<Eigen::Array2d> places;
  Eigen::Index past = 0;
  Eigen::Array2d now = {0, 0};
};

void draw_ground(const Theme& theme, const PlaneView& plane, const DensityPicture* density);
void draw_arrows(const Theme& theme, const PlaneView& plane, const Field& field);
/// Each piece in the colour of how much it bends; what is to come fainter.
void draw_paths(const Theme& theme, const PlaneView& plane, const std::vector<Path>& paths);

/// What can be said at the probe.
struct Probe {
  Eigen::Array2d x_t = {0, 0};
  PointPosterior posterior;
  std::optional<ProbabilityFlow> flow;  ///< where it is shown
  NoiseLevel level;
  double scale = 1;  ///< of the coordinates that are shown: x = scale·x_t
  double unit = 1;   ///< √v: the score times this is of the order of 1 at every t
};
void draw_probe(const Theme& theme, const PlaneView& plane, const Points& data, const Probe& probe);

/// The probe's numbers, with the length of the score where there is room; and the posterior weights in falling order.
void draw_probe_numbers(const Theme& theme, const Rect& rect, const Probe& probe, float row_height, bool with_length);
void draw_weights(const Theme& theme, const Rect& rect, const Probe& probe);
/// 1/Σw²: as many points as would share the weight evenly.
double effective_points(const Eigen::ArrayXd& weights);

}  // namespace noiseglass::app
