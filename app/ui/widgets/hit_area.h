#pragma once

#include <imgui.h>

#include <algorithm>

namespace noiseglass::app {

/// ImGui::InvisibleButton(), which ends the program where there is no room left for it, as in a tiny window: here it is
/// one pixel then.
inline bool hit_area(const char* id, ImVec2 size) {
  return ImGui::InvisibleButton(id, {std::max(1.f, size.x), std::max(1.f, size.y)});
}

}  // namespace noiseglass::app
