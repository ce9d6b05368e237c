#pragma once

#include "session/state.h"

#include <imgui.h>

namespace noiseglass::app {

/// The look of the program: colours, type and measures. One value for the whole window, made anew when the theme or the
/// scale changes.
struct Theme {
  // colours
  bool dark = true;       ///< light letters on a dark ground
  bool outlined = false;  ///< what can be pressed has an edge as well as a ground of its own
  ImU32 ground, surface, raised, hovered, border, text, dim, accent, on_accent, warning;
  ImU32 focus;    ///< of the ring around what has the keyboard
  ImU32 lane[2];  ///< orange and blue of Okabe & Ito (2008): told apart by every kind of colour vision
  ImU32 x_0, epsilon, x_t, x_0_hat, score;  ///< of the symbols, on screen and in the formulae of lessons
  // type: Inter
  ImFont* body = nullptr;      ///< 15 px
  ImFont* small = nullptr;     ///< 13 px
  ImFont* strong = nullptr;    ///< 15 px, semi-bold
  ImFont* emphasis = nullptr;  ///< 15 px, italic
  ImFont* title = nullptr;     ///< 20 px, semi-bold
  // measures
  float scale = 1;
  bool projecting = false;  ///< for the last row of a hall: large, and nothing but what is being shown
  bool transitions = true;  ///< else pictures jump from one to the next, and nothing runs about
  float px(float design_pixels) const { return design_pixels * scale; }
};

/// Colours and ImGui style.
void apply_colours(Theme& theme, Look look);

/// Puts the fonts for `scale` into ImGui's atlas and fits ImGui's measures. The caller renews the font texture.
/// @returns a sentence when Inter is missing and the built-in font has to do, else an empty text.
const char* load_type(Theme& theme, float scale);

/// `colour` with its opacity multiplied.
ImU32 faded(ImU32 colour, float opacity);

}  // namespace noiseglass::app
