#pragma once

#include <imgui.h>

namespace noiseglass::app {

/// The colour at `share` of the straight line from a to b in OKLab (Ottosson 2020), where equal steps look equal.
ImU32 mix_colours(ImU32 a, ImU32 b, float share);

}  // namespace noiseglass::app
