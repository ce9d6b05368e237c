#pragma once

#include "ui/theme.h"

namespace noiseglass::app {

/// Begins a dialog in the middle of the window, never larger than that. @param size design pixels; a height of 0: as
/// much as is in it @param open with a cross that closes it @returns whether it is open; ImGui::EndPopup() is due then
bool begin_dialog(const Theme& theme, const char* id, ImVec2 size, bool* open = nullptr);

/// ImGui::BeginTooltip(), which ends the program (in ImGui 1.86) when the tooltip appears in the very frame in which a
/// dialog does.
void begin_tooltip();

}  // namespace noiseglass::app
