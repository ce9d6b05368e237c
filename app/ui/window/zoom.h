#pragma once

#include "ui/window/parts.h"

namespace noiseglass::app {

/// What a tile of the picture shows at the zoom that all tiles share.
ViewRect zoomed_view(const AppState& state, const Rect& tile);

/// For the item that was just made over `tile`: the wheel zooms at the mouse, a drag moves, a double click shows all.
void zoom_and_pan(Ui& ui, const Rect& tile);
/// The same by keyboard: Enter enlarges, and shows the whole again after 16 times; arrows move what is enlarged.
void zoom_by_keys(Ui& ui, const FocusKeys& keys);

}  // namespace noiseglass::app
