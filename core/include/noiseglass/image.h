#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace noiseglass {

/// Height × width × channels; element (y, x, c) has index (y·width + x)·channels + c.
struct Shape {
  int height = 1;
  int width = 1;
  int channels = 1;

  std::size_t size() const { return std::size_t(height) * std::size_t(width) * std::size_t(channels); }
  bool operator==(const Shape&) const = default;
};

/// A picture for arithmetic: float32, rows from the top, channels interleaved (1 grey or 3 RGB),
/// −1 black … +1 white for clean pictures; noisy ones go beyond that.
struct Image {
  Shape shape;
  std::vector<float> data;  ///< shape.size() values

  Image() : shape{0, 0, 0} {}
  explicit Image(Shape s) : shape(s), data(s.size()) {}
  bool empty() const { return data.empty(); }
  float& at(int y, int x, int c) { return data[(std::size_t(y) * shape.width + x) * shape.channels + c]; }
  float at(int y, int x, int c) const { return data[(std::size_t(y) * shape.width + x) * shape.channels + c]; }
};

/// A picture as files and screens hold it: 8 bits, same layout; channels 1, 3 or 4.
struct ByteImage {
  Shape shape;
  std::vector<std::uint8_t> data;

  ByteImage() : shape{0, 0, 0} {}
  explicit ByteImage(Shape s) : shape(s), data(s.size()) {}
  bool empty() const { return data.empty(); }
};

/// byte b ↔ value b / 127.5 − 1.
Image to_image(const ByteImage& bytes);
/// Nearest byte of (v + 1)·127.5, clipped to 0…255; NaN becomes 0.
ByteImage to_bytes(const Image& image);

/// Grey from RGB by Rec. 709 luma weights on the stored (gamma-encoded) values; RGB from grey by copying.
/// @param channels 1 or 3
Image with_channels(const Image& image, int channels);

/// Resize by exact area averaging when shrinking, bilinear when enlarging (per axis).
/// @throws UsageError if width or height is not positive.
Image resize(const Image& image, int width, int height);
ByteImage resize(const ByteImage& image, int width, int height);

/// The size with its longest side at most `longest`, aspect kept, never below 1×1, never enlarged.
Shape fit_longest_side(Shape shape, int longest);

/// Mean squared error; peak signal-to-noise ratio in dB for the peak-to-peak range 2 of [−1, 1].
/// Shapes must agree (UsageError).
double mean_squared_error(const Image& a, const Image& b);
double psnr_db(const Image& a, const Image& b);

}  // namespace noiseglass
