#include "noiseglass/picture_set.h"

#include "noiseglass/error.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace noiseglass {
namespace {

/// The picture, or its mirror image, with `border` more pixels on each side, the outermost repeated: every shift of it
/// is a window in this.
Image padded(const Image& picture, bool flipped, int border) {
  const auto [height, width, channels] = picture.shape;
  Image out(Shape{height + 2 * border, width + 2 * border, channels});
  for (int y = 0; y < out.shape.height; ++y)
    for (int x = 0; x < out.shape.width; ++x) {
      const int from_y = std::clamp(y - border, 0, height - 1), at = std::clamp(x - border, 0, width - 1);
      for (int c = 0; c < channels; ++c) out.at(y, x, c) = picture.at(from_y, flipped ? width - 1 - at : at, c);
    }
  return out;
}

/// Sum of squared differences between `image` and the window of its size at (top, left); given up above `bound`.
double squared_distance(const Image& image, const Image& larger, int top, int left, double bound) {
  const int row = image.shape.width * image.shape.channels;
  double sum = 0;
  for (int y = 0; y < image.shape.height && sum < bound; ++y) {
    const float* a = &image.data[std::size_t(y) * std::size_t(row)];
    const float* b = &larger.data[(std::size_t(top + y) * larger.shape.width + left) * larger.shape.channels];
    float part = 0;
    for (int i = 0; i < row; ++i) part += (a[i] - b[i]) * (a[i] - b[i]);
    sum += part;
  }
  return sum;
}

void check(const Image& image, const PictureSet& set) {
  if (set.pictures.empty()) throw UsageError("There is no picture in the set to compare with.");
  const Shape shape = set.pictures.front().shape;
  if (image.shape != shape)
    throw UsageError("Only pictures of " + std::to_string(shape.width) + "×" + std::to_string(shape.height) +
                     (shape.channels == 1 ? ", grey," : ", in colour,") + " can be compared with this set.");
}

}  // namespace

Nearest nearest_in_set(const Image& image, const PictureSet& set, int max_shift) {
  check(image, set);
  Image wanted = image;
  for (float& value : wanted.data) value = std::clamp(value, -1.f, 1.f);
  Nearest best;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < set.pictures.size(); ++i)
    for (const bool flipped : {false, true}) {
      const Image larger = padded(set.pictures[i], flipped, max_shift);
      for (int dy = -max_shift; dy <= max_shift; ++dy)
        for (int dx = -max_shift; dx <= max_shift; ++dx) {
          const double sum = squared_distance(wanted, larger, max_shift - dy, max_shift - dx, least);
          if (sum < least) least = sum, best = {i, 0, flipped, dx, dy};
        }
    }
  best.distance = 127.5 * std::sqrt(least / double(wanted.data.size()));
  return best;
}

Image moved(const Image& picture, const Nearest& nearest) {
  const int border = std::max(std::abs(nearest.dx), std::abs(nearest.dy));
  const Image larger = padded(picture, nearest.flipped, border);
  Image out(picture.shape);
  for (int y = 0; y < out.shape.height; ++y)
    for (int x = 0; x < out.shape.width; ++x)
      for (int c = 0; c < out.shape.channels; ++c)
        out.at(y, x, c) = larger.at(y + border - nearest.dy, x + border - nearest.dx, c);
  return out;
}

}  // namespace noiseglass
