#pragma once

#include <functional>
#include <string>

namespace noiseglass::app {

/// Calls `draw` within the current ImGui window, which should be one begun for it. When it throws, everything that was
/// begun or pushed in there is ended and popped, so that the rest of the frame is drawn as if nothing had happened.
/// @returns the sentence of what was thrown; empty if nothing was
std::string draw_guarded(const std::function<void()>& draw);

}  // namespace noiseglass::app
