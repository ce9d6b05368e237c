#pragma once

#include "ui/widgets/controls.h"

#include <cstddef>
#include <span>
#include <vector>

namespace noiseglass::app {

/// The order in which an eye goes over these places: what is cut off by a gap across comes first, then what is cut off
/// by a gap downwards, and so on within each; where there is no gap, from top to bottom and left to right.
/// @returns indices into `places`
std::vector<std::size_t> reading_order(std::span<const Rect> places);

}  // namespace noiseglass::app
