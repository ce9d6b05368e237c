#pragma once

#include "ui/theme.h"

namespace noiseglass::app {

/// Begins a dialog in the middle of the window, never larger than that. @param id its title, in English @param size
/// design pixels; a height of 0: as much as is in it @param open with a cross that closes it @returns whether it is
/// open; ImGui::EndPopup() is due then
bool begin_dialog(const Theme& theme, const char* id, ImVec2 size, bool* open = nullptr);

/// Whether a dialog has appeared in this frame. No window that comes anew may follow it there, but for those that are
/// begun within it: ImGui 1.86 ends the program then (its Begin() looks for the dialog among those of the frame
/// before).
bool dialog_appears();
void open_dialog(const char* id);

}  // namespace noiseglass::app
