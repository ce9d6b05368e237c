#pragma once

#include "noiseglass/image.h"

#include <cstdint>
#include <vector>

namespace noiseglass::exports {

/// A picture in at most 256 colours of its own.
struct Indexed {
  std::vector<std::uint8_t> colours;  ///< RGB
  std::vector<std::uint8_t> pixels;   ///< one each
  int count() const { return int(colours.size() / 3); }
};

/// Exact where the picture has no more colours than that; else by median cut (Heckbert 1982), with the error spread to
/// the neighbours (Floyd and Steinberg 1976). @param image RGB
Indexed to_palette(const ByteImage& image);

}  // namespace noiseglass::exports
