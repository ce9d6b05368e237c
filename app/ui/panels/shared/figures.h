#pragma once

#include "ui/theme.h"
#include "ui/widgets/controls.h"

#include <functional>
#include <string>
#include <vector>

namespace noiseglass::app {

/// What stands over a figure: its name, dimmed words about it as far as there is room, and at the right how it came
/// about ("exact"). @returns the height taken
float draw_caption(const Theme& theme, const Rect& rect, const std::string& title, const std::string& words = "",
                   const std::string& tag = "");

/// A symbol on a plate, so that it can be read on any picture.
void draw_plate(const Theme& theme, ImVec2 at, ImU32 colour, const std::string& text);

/// A picture with square pixels, fitted into `rect`, on a thin frame. @returns where it lies
Rect draw_fitted(const Theme& theme, unsigned texture, int width, int height, const Rect& rect);

/// Probabilities, or other numbers from 0 up, side by side.
struct Bars {
  std::vector<double> values;
  std::vector<double> outlines;  ///< drawn over the bars as hollow ones; empty: none
  int marked = -1;               ///< the bar that stands out
  double max = 1;                ///< the value of a bar of full height
  ImU32 colour = 0;
  /// Draws what stands under bar i: centre, and the size of a square for it. None: nothing stands there.
  std::function<void(int i, ImVec2 centre, float size)> label;
  float least_label = 0;  ///< design pixels that a label needs: where bars are closer, only some have theirs
};
void draw_bars(const Theme& theme, const Rect& rect, const Bars& bars);

/// `a` with `share` of `b` in it; opaque.
ImU32 mixed(ImU32 a, ImU32 b, float share);

}  // namespace noiseglass::app
