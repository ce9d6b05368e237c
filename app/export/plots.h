#pragma once

#include "export/canvas.h"
#include "export/part.h"
#include "export/source.h"

#include <string>
#include <vector>

namespace noiseglass::exports {

/// A curve of a plot. Every second one is dashed, so that grey paper tells them apart.
struct Curve {
  std::string label;
  std::vector<double> x, y;
  double cursor_x = 0, cursor_y = 0;  ///< where the slider stands; not drawn where it is not finite
};

struct Plot {
  std::string title;
  std::string x_label, y_label;
  double x_min = 0, x_max = 1;  ///< x_min > x_max turns the axis round
  double y_min = 0, y_max = 1;
  bool log_y = false;
  std::vector<double> x_ticks, y_ticks;
  std::vector<Curve> curves;
  bool log_x = false;
};

/// What is plotted: beta, alpha_bar, snr_db.
std::vector<ExportPart> plot_parts();

/// β, ᾱ and the SNR of the lanes' schedules, over t or over ln SNR as the state has it.
/// @param only a lane, or −1  @param of one of plot_parts(); empty: all of them
std::vector<Plot> schedule_plots(const Source& source, int only, const std::string& of = "");

/// The same numbers for every t as a table: t, then lane1_beta, lane1_alpha_bar, lane1_snr_db, lane1_log_snr …
std::string plots_table(const Source& source, int only, const std::string& of = "");

/// Where values lie on the canvas.
struct PlotPlace {
  const Plot& plot;
  Box area;
  double x(double value) const;
  double y(double value) const;  ///< kept within reach of the area
};
/// The area of a plot's axes within the box that it is drawn in.
PlotPlace place_of(const Plot& plot, const Box& box);
void draw_plot(Canvas& canvas, const Plot& plot, const Box& box);
/// One plot as a drawing of its own, with its legend: "svg", "png" or "pdf"; or its numbers as "csv", a row for each
/// point: curve,x,y. @throws UsageError for another format
std::vector<char> plot_file(const Plot& plot, const std::string& format);
/// What the curves are called; in one line. @returns its height
double draw_legend(Canvas& canvas, const std::vector<Curve>& curves, double left, double top);

/// All plots one above the other, as a drawing of its own.
struct PlotSheet {
  double width, height;
  std::vector<Box> boxes;  ///< one for each plot
};
PlotSheet lay_out(const std::vector<Plot>& plots);
void draw_sheet(Canvas& canvas, const Source& source, const std::vector<Plot>& plots);

}  // namespace noiseglass::exports
