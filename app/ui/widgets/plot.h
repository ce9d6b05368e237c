#pragma once

#include "ui/theme.h"
#include "ui/widgets/controls.h"

#include <string>
#include <vector>

namespace noiseglass::app {

struct PlotCurve {
  std::string label;
  ImU32 colour = 0;
  std::vector<double> x, y;
  double cursor_x = 0;  ///< where this curve's cursor stands
  bool dashed = false;  ///< a foil, beside the curves that matter
};

struct Plot {
  std::string title;            ///< what is plotted, with its unit
  double x_min = 0, x_max = 1;  ///< x_min > x_max turns the axis round
  double y_min = 0, y_max = 1;
  bool log_y = false;
  std::vector<double> y_ticks, x_ticks;
  std::string x_label;  ///< empty: the axis is labelled by the plot below
  std::vector<PlotCurve> curves;
};

/// The curve's value at x, on the straight line that is drawn between its points; NaN outside of it.
double value_at(const Plot& plot, const PlotCurve& curve, double x);

/// Draws the plot; its cursor can be dragged and values are shown at the mouse.
/// @returns true while dragged, with the x under the mouse in `dragged_x`
bool draw_plot(const Theme& theme, const char* id, const Rect& rect, const Plot& plot, double& dragged_x);

}  // namespace noiseglass::app
