#pragma once

#include "nn/architecture.h"

#include <vector>

namespace noiseglass::nn {

/// A part of a picture that is run by itself: `height`×`width` pixels from (top, left) are read, and of the answer
/// the part from (keep_top, keep_left) on (in the picture's coordinates) is kept.
struct Tile {
  int top = 0, left = 0, height = 0, width = 0;
  int keep_top = 0, keep_left = 0, keep_height = 0, keep_width = 0;
};

/// How far a pixel of the answer looks, in pixels, rounded up to arch.multiple().
int receptive_radius(const Architecture& arch);

/// One tile if the picture has at most `most_pixels` (or the network looks at the whole picture: group norm,
/// attention); else tiles of that many pixels at most, all of one size, that overlap by twice the receptive radius.
/// @param height,width divisible by arch.multiple()
std::vector<Tile> make_tiles(const Architecture& arch, int height, int width, std::ptrdiff_t most_pixels);

}  // namespace noiseglass::nn
