#pragma once

#include "ui/widgets/controls.h"

#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace noiseglass::app {

/// One of those that share a length: a column's width or a row's height.
struct Part {
  float least = 0;   ///< below this it is of no use: it is dropped rather than drawn smaller
  float share = 1;   ///< of what is left once each has its least
  int priority = 0;  ///< where there is not room for all, the lowest goes first
  float most = std::numeric_limits<float>::infinity();  ///< more would stay empty
};

/// Whether height is so scarce that what only frames a page is drawn smaller, or where there is room beside something.
bool window_is_short(const Theme& theme);

/// What the subject is owed of the window: the pictures, field and curves that a page is about.
constexpr float owed_alone = 0.4f, owed_beside_lesson = 0.3f;
/// The same in pixels of this window, with a little more for what rounding takes.
float subject_owed(bool beside_lesson);

/// Where each part of a row lies, from left to right; nothing for those that had to go.
std::vector<std::optional<Rect>> columns(const Rect& rect, float gap, std::span<const Part> parts);
/// The same from top to bottom.
std::vector<std::optional<Rect>> rows(const Rect& rect, float gap, std::span<const Part> parts);

/// Places for `count` pictures of one aspect (width/height) as large as they can be: in one row, one column, or a grid.
/// @param words the height that belongs above each picture, within `rect` but not in the places returned
std::vector<Rect> picture_grid(const Rect& rect, int count, float aspect, float gap, float words = 0);

}  // namespace noiseglass::app
