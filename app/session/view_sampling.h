#pragma once

#include "noiseglass/corruption.h"
#include "noiseglass/image.h"
#include "noiseglass/noise.h"
#include "session/key.h"
#include "session/results.h"

#include <cstdint>
#include <map>

namespace noiseglass::app {

/// The part of a picture that a tile shows, as fractions of its width and height, and the tile's size in screen pixels.
struct ViewRect {
  double left = 0, top = 0, right = 1, bottom = 1;
  int width = 1, height = 1;
  bool operator==(const ViewRect&) const = default;
};
inline Key key_of(const ViewRect& view) {
  return Key(view.left, view.top, view.right, view.bottom, view.width, view.height);
}

/// The picture as the tile shows it, RGB in [−1, 1]: the mean of each screen pixel's block when the picture is larger
/// than the tile, the nearest pixel when it is smaller (pixels of a small picture are meant to be seen).
Image sample_clean(const Image& picture, const ViewRect& view);
Image sample_clean(const ByteImage& picture, const ViewRect& view);
Image sample_clean(const HalfImage& picture, const ViewRect& view);

/// Noise as the tile shows it: the value of the pixel at the centre of each block, never a mean of several, which would
/// look like less noise than there is.
Image sample_noise(const Image& noise, const ViewRect& view);
Image sample_noise(const HalfImage& noise, const ViewRect& view);

/// The same for noise that is never stored: element (y, x, c) of `key` over `shape` (any size at the same cost).
Image sample_noise(NoiseKey key, Shape shape, const ViewRect& view);

/// The same for sums. It keeps what the last one was made of: from one t of the chain to the next most of it is the
/// same.
class NoiseSampler {
 public:
  Image sample(const NoiseSum& noise, Shape shape, const ViewRect& view);

 private:
  Key of_;                                // shape, view, seed
  std::map<std::uint64_t, Image> parts_;  // by stream
};

}  // namespace noiseglass::app
