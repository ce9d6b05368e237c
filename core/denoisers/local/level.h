// One instruction set's sweep: LOCAL_LEVEL names it. Loops over lanes become vectors.

#include "denoisers/local/sweep.h"

#include <algorithm>
#include <bit>
#include <cstdint>

namespace noiseglass::local {
namespace LOCAL_LEVEL {
namespace {

/// e^x for x ≤ 0, to 3e-7; 0 below −87. 2^whole·e^rest with |rest| ≤ ln 2/2, by seven terms of its series.
inline float power(float x) {
  const float in_range = std::max(x, -87.f);
  constexpr float to_whole = 12582912.f;  // 1.5·2²³: adding it leaves no bits below the point
  const float shifted = in_range * 1.44269504f + to_whole, whole = shifted - to_whole;
  const float rest = (in_range - whole * 0.693359375f) + whole * 2.12194440e-4f;
  float series = 1.f / 5040;
  series = series * rest + 1.f / 720;
  series = series * rest + 1.f / 120;
  series = series * rest + 1.f / 24;
  series = series * rest + 1.f / 6;
  series = series * rest + 0.5f;
  series = series * rest + 1.f;
  series = series * rest + 1.f;
  const auto bits = std::bit_cast<std::uint32_t>(shifted);  // its last bits hold the whole number
  return series * std::bit_cast<float>((bits << 23) + 0x3f800000u);
}

constexpr float negligible = -30;  // e to this changes no digit of the mean, however many there are of it

/// From `first` up to, but without, `end`.
struct Range {
  int first = 0, end = 0;
};

/// Along one axis: which pixels have a partner at the distance `shift`.
Range partners(int size, int radius, int shift) {
  if (shift == 0) return {0, size};
  return {std::max(radius, radius - shift), std::min(size - radius, size - radius - shift)};
}

/// |x_t(y, x) − √ᾱ·φ(y + dy, x + dx)|² over the channels, where both are in the picture.
void compare(const Question& q, const float* block, int dy, int dx, float* squares) {
  const auto [height, width, channels] = q.shape;
  for (int y = std::max(0, -dy); y < std::min(height, height - dy); ++y)
    for (int x = std::max(0, -dx); x < std::min(width, width - dx); ++x) {
      const float* value = q.x_t + (std::ptrdiff_t(y) * width + x) * channels;
      const float* other = block + (std::ptrdiff_t(y + dy) * width + x + dx) * channels * lanes;
      float sum[lanes] = {};
      for (int c = 0; c < channels; ++c)
        for (int k = 0; k < lanes; ++k) {
          const float difference = value[c] - q.signal * other[c * lanes + k];
          sum[k] += difference * difference;
        }
      float* out = squares + (std::ptrdiff_t(y) * width + x) * lanes;
      for (int k = 0; k < lanes; ++k) out[k] = sum[k];
    }
}

/// Adds a picture's value at the partner, weighted by exp(exponent).
inline void weigh(const double* exponent, const float* value, int channels, double* largest, float* weight,
                  float* sum) {
  float behind[lanes], most = -1e30f;
  for (int k = 0; k < lanes; ++k) behind[k] = float(exponent[k] - largest[k]);
  for (int k = 0; k < lanes; ++k) most = std::max(most, behind[k]);
  if (most < negligible) return;
  float old_part[lanes], new_part[lanes];
  for (int k = 0; k < lanes; ++k) {
    const float e = power(behind[k] > 0 ? -behind[k] : behind[k]);
    old_part[k] = behind[k] > 0 ? e : 1.f;
    new_part[k] = behind[k] > 0 ? 1.f : e;
  }
  for (int k = 0; k < lanes; ++k) largest[k] = std::max(largest[k], exponent[k]);
  for (int k = 0; k < lanes; ++k) weight[k] = weight[k] * old_part[k] + new_part[k];
  for (int c = 0; c < channels; ++c)
    for (int k = 0; k < lanes; ++k)
      sum[c * lanes + k] = sum[c * lanes + k] * old_part[k] + new_part[k] * value[c * lanes + k];
}

/// All pixels and their partners at the distance (dy, dx).
void add_shift(const Question& q, const float* block, int used, int dy, int dx, Means& means, Scratch& scratch) {
  const int height = q.shape.height, width = q.shape.width, channels = q.shape.channels;
  const int r = q.radius;
  const Range rows = partners(height, r, dy), places = partners(width, r, dx);
  if (rows.first >= rows.end || places.first >= places.end) return;
  compare(q, block, dy, dx, scratch.squares.data());
  const float* squares = scratch.squares.data();
  double* columns = scratch.columns.data();
  const int left = std::max(0, places.first - r), right = std::min(width, places.end + r);
  const auto add_row = [&](int y, double sign) {
    const float* row = squares + std::ptrdiff_t(y) * width * lanes;
    for (int i = left * lanes; i < right * lanes; ++i) columns[i] += sign * double(row[i]);
  };
  std::fill(columns + left * lanes, columns + right * lanes, 0.0);
  for (int y = std::max(0, rows.first - r); y < std::min(height, rows.first + r); ++y) add_row(y, 1);
  for (int y = rows.first; y < rows.end; ++y) {
    if (y + r < height) add_row(y + r, 1);
    if (y - r - 1 >= 0 && y > rows.first) add_row(y - r - 1, -1);
    double window[lanes] = {};
    const auto add_column = [&](int x, double sign) {
      for (int k = 0; k < lanes; ++k) window[k] += sign * columns[x * lanes + k];
    };
    for (int x = left; x < std::min(width, places.first + r); ++x) add_column(x, 1);
    for (int x = places.first; x < places.end; ++x) {
      if (x + r < width) add_column(x + r, 1);
      if (x - r - 1 >= 0 && x > places.first) add_column(x - r - 1, -1);
      double exponent[lanes];
      for (int k = 0; k < lanes; ++k) exponent[k] = k < used ? -q.precision * window[k] : nothing;
      const std::ptrdiff_t pixel = std::ptrdiff_t(y) * width + x;
      weigh(exponent, block + (std::ptrdiff_t(y + dy) * width + x + dx) * channels * lanes, channels,
            &means.largest[std::size_t(pixel * lanes)], &means.weight[std::size_t(pixel * lanes)],
            &means.sum[std::size_t(pixel * channels * lanes)]);
    }
  }
}

void sweep(const Question& q, const float* block, int used, int dy, Means& means, Scratch& scratch) {
  const int across = shifts(q.shape.width, q.radius, q.anywhere);
  for (int dx = -across; dx <= across; ++dx) add_shift(q, block, used, dy, dx, means, scratch);
}

}  // namespace

Sweep get() { return sweep; }

}  // namespace LOCAL_LEVEL
}  // namespace noiseglass::local
