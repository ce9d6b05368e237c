#pragma once

#include "ui/window/parts.h"

#include <string>

namespace noiseglass::app {

/// The divider of a tile, which all tiles share: at its left is the original, at its right what the tile shows. It is
/// called before the tile's own item is made, so that the mouse finds its grip first.
/// @returns whether the mouse is on the grip, or holds it
bool drag_wipe(Ui& ui, const std::string& id, const Rect& picture);

/// @param original what to show at the left, as large as the tile; 0 while the divider is at the edge
/// @param held     as drag_wipe() returned
void draw_wipe(const Ui& ui, const Rect& picture, unsigned original, bool held);

}  // namespace noiseglass::app
