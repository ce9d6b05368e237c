#pragma once

#include "ui/window/parts.h"

namespace noiseglass::app {

/// What a tile of the picture shows at the zoom that all tiles share.
ViewRect zoomed_view(const AppState& state, const Rect& tile);

/// For the item that was just made over `tile`: the wheel zooms at the mouse, a drag moves, a double click shows all.
void zoom_and_pan(Ui& ui, const Rect& tile);

}  // namespace noiseglass::app
