#pragma once

#include "ui/widgets/focus.h"

#include <optional>
#include <string>

namespace noiseglass::app {

/// What a hand does to a slider beside dragging it: arrows, Home and End where the keyboard is on it, the wheel over
/// it, and a value that is typed after Enter or a double click.
struct SliderHands {
  FocusKeys keys;
  double wheel = 0;                  ///< notches
  std::optional<std::string> typed;  ///< to be taken, or refused

  /// Where `share` of the way (0 … 1) is to be, with this step for an arrow and a notch.
  double moved(double share, double step) const;
};

/// For the slider whose item was just made. @param value what stands in the field to begin with @param field where it
/// is typed, beside the slider
SliderHands slider_hands(const Theme& theme, const std::string& value, const Rect& field);
/// What was typed cannot be: the field stays, with the sentence why.
void refuse_typed(const std::string& why);

/// Whether a value is being typed: what stands in its place gives way.
bool value_is_typed();

/// ImGui's own slider, with all this. @param step of one arrow; whole numbers have whole steps
struct SliderRange {
  double min = 0, max = 1;
  const char* format = "%.3g";
  bool whole = false, log = false;
};
bool number_slider(const char* label, double& value, const SliderRange& range);

/// Whether a turn of the wheel over the item just made is its own, and does not scroll what it lies in: when the mouse
/// has come to rest there, and was not merely passed by in scrolling.
bool wheel_is_for_item();

}  // namespace noiseglass::app
