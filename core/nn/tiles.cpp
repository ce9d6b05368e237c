#include "nn/tiles.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace noiseglass::nn {
namespace {

/// One axis of a tile: what is read and what is kept.
struct Span {
  int first, size, keep_first, keep_size;
};

std::vector<Span> cover(int length, int size, int radius) {
  std::vector<Span> spans;
  for (int kept = 0; kept < length;) {
    // The read part reaches `radius` beyond what is kept, except at the picture's own border.
    const int first = std::clamp(kept - radius, 0, length - size);
    const int end = first + size == length ? length : first + size - radius;
    spans.push_back({first, size, kept, end - kept});
    kept = end;
  }
  return spans;
}

}  // namespace

int receptive_radius(const Architecture& arch) {
  int radius = 2, scale = arch.patch;  // stem and head
  for (int i = 0; i < arch.levels(); ++i, scale *= 2) {
    int convolutions = i + 1 < arch.levels() ? 4 * arch.blocks + 2 : 2 * arch.middle;  // with the resampling ones
    if (i == 0) convolutions += 2;                                                     // enter and leave
    radius += scale * convolutions;
  }
  const int multiple = arch.multiple();  // a coarse pixel stands for that many fine ones
  return (radius + multiple - 1) / multiple * multiple + multiple;
}

std::vector<Tile> make_tiles(const Architecture& arch, int height, int width, std::ptrdiff_t most_pixels) {
  if (!arch.pixel_norm || arch.attention || std::ptrdiff_t(height) * width <= most_pixels)
    return {{0, 0, height, width, 0, 0, height, width}};
  const int multiple = arch.multiple(), radius = receptive_radius(arch);
  const int smallest = 2 * radius + 8 * multiple;
  const auto side = [&](std::ptrdiff_t other, int length) {
    return int(std::min<std::ptrdiff_t>(length,
                                        std::max<std::ptrdiff_t>(most_pixels / other, smallest) / multiple * multiple));
  };
  const int square = int(std::sqrt(double(most_pixels))) / multiple * multiple;
  const int tile_height = std::min(height, side(std::min(width, std::max(square, smallest)), height));
  const int tile_width = side(tile_height, width);
  std::vector<Tile> tiles;
  for (const Span& y : cover(height, tile_height, radius))
    for (const Span& x : cover(width, tile_width, radius))
      tiles.push_back({y.first, x.first, y.size, x.size, y.keep_first, x.keep_first, y.keep_size, x.keep_size});
  return tiles;
}

}  // namespace noiseglass::nn
