#pragma once

#include "ui/theme.h"
#include "ui/widgets/controls.h"

#include <string>
#include <vector>

namespace noiseglass::app {

/// A rectangle of the screen with two linear axes, y upwards.
struct Axes {
  Rect area;
  double x_min = 0, x_max = 1, y_min = 0, y_max = 1;

  float px(double x) const { return area.min.x + float((x - x_min) / (x_max - x_min)) * area.width(); }
  float py(double y) const { return area.max.y - float((y - y_min) / (y_max - y_min)) * area.height(); }
  ImVec2 at(double x, double y) const { return {px(x), py(y)}; }
  /// What is under the mouse, within the axes.
  double x_at(float pixel) const;
  double y_at(float pixel) const;
};

/// Width by height, from 1/8 to 8: in a tiny window a rectangle may have neither.
double aspect_of(const Rect& rect);

/// Numbers below the area or at its left, with thin lines across it when `lines`.
void draw_x_ticks(const Theme& theme, const Axes& axes, const std::vector<double>& ticks, bool lines = true);
void draw_y_ticks(const Theme& theme, const Axes& axes, const std::vector<double>& ticks, bool lines = true);

/// A rounded surface with a heading, and at its right how what it shows came about (exact, learned, cheating).
/// @returns its inside, below the heading
Rect draw_card(const Theme& theme, const Rect& rect, const std::string& title, const std::string& tag = "");

/// A legend's entry: a short line and its text, cut at `right`. @returns the x after it
float draw_key(const Theme& theme, ImVec2 at, ImU32 colour, const std::string& text, float right = 1e9f);

/// x with its subscript in digits: x₄₀₀.
std::string x_sub(int t);

}  // namespace noiseglass::app
