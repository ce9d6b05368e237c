#pragma once

#include "ui/theme.h"

namespace noiseglass::app {

/// Of lines that have something to say (tracks of sliders, axes, outlines of what is empty): 3 : 1 against every
/// ground, where a border only parts one area from another.
ImU32 line_colour(const Theme& theme);

}  // namespace noiseglass::app
