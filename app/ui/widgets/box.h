#pragma once

#include "ui/theme.h"

#include <string>

namespace noiseglass::app {

/// A box to choose from, with the arrow that all of ours have. @returns true while it is open: its items follow, and
/// ImGui::EndCombo().
bool begin_box(const Theme& theme, const char* id, const std::string& text);

}  // namespace noiseglass::app
