#pragma once

#include "ui/panels/locality/looks.h"
#include "ui/panels/shared/controls.h"
#include "ui/panels/shared/picture_tiles.h"

namespace noiseglass::app {

// The parts of the panel "Locality", one .cpp each.

/// "3", or "all" for a radius that reaches from any pixel over the whole picture.
std::string radius_name(int radius);

/// The answers of all compared radii above the curve of their distances from the network's, on one axis; dragging on
/// them chooses r.
void draw_radii(Ui& ui, const Rect& rect, const LocalLooks& looks, TextureSlots& slots, int radius);
/// The same distances for every t: a cell for each t and r, the nearest of each t marked; a press chooses both.
void draw_radii_over_t(Ui& ui, const Rect& rect, const LocalLooks& looks, int radius);

}  // namespace noiseglass::app
