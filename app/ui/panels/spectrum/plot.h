#pragma once

#include "ui/panels/shared/controls.h"

#include <string>
#include <vector>

namespace noiseglass::app {

/// One radial power spectrum: ring k of it is drawn at k cycles.
struct SpectrumCurve {
  std::string label;  ///< in the legend; empty: none
  ImU32 colour = 0;
  std::vector<double> power;
  int end = 0;  ///< rings up to here hold all directions; those beyond are not drawn
  float width = 2;
  int crossing = -1;  ///< the ring where it sinks into the noise; −1: not marked
};

struct SpectrumPlot {
  std::string title, tag;
  std::vector<SpectrumCurve> curves;
  double floor = 0;  ///< the noise's power, drawn as a line; 0: none
  int drowned = -1;  ///< from this ring on everything is greyed; −1: nothing is
  int end = 128;     ///< of the axis, in cycles
};

/// Both axes logarithmic: how strong against how fine.
void draw_spectrum(Ui& ui, const Rect& rect, const SpectrumPlot& plot);

}  // namespace noiseglass::app
