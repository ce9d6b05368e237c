#pragma once

#include "noiseglass/image.h"
#include "noiseglass/noise.h"
#include "noiseglass/schedule.h"

#include <stop_token>
#include <vector>

namespace noiseglass {

/// One value of a picture under noise, in the parts that add up: x_t = signal + noise (Ho et al. 2020, eq. 4).
struct PixelParts {
  double x_0 = 0, epsilon = 0;
  double signal = 0;  ///< √ᾱ_t·x₀
  double noise = 0;   ///< √(1−ᾱ_t)·ε
  double x_t() const { return signal + noise; }
};
PixelParts pixel_parts(double x_0, double epsilon, const Schedule& schedule, int t);

/// x_t at t = 0 … T for one ε that stays: a smooth curve from x₀ to nearly ε.
std::vector<double> one_shot_path(double x_0, double epsilon, const Schedule& schedule);

/// x_t at t = 0 … T with fresh noise in each step, x_t = √(1−β_t)·x_{t−1} + √β_t·ε_t: a random walk that forgets. It is
/// what corrupt_chain() does to the element of that number, in float64.
std::vector<double> step_by_step_path(double x_0, const Schedule& schedule, std::uint64_t seed, std::uint64_t element);

/// The same walk with the same noise, but nothing is scaled down: x_t = x_{t−1} + √β_t·ε_t. Its variance is
/// β₁ + … + β_t, and grows with every step.
std::vector<double> unscaled_path(double x_0, const Schedule& schedule, std::uint64_t seed, std::uint64_t element);
/// √(β₁ + … + β_t) at t = 0 … T: the standard deviation of unscaled_path().
std::vector<double> unscaled_spread(const Schedule& schedule);

/// Where values are counted: `count` bins of one width over [min, max).
struct Bins {
  int count = 1;
  double min = -1, max = 1;
};

/// How the values of a picture are spread.
struct Histogram {
  double min = -1, max = 1;                     ///< what the bins cover, evenly
  std::vector<std::size_t> counts;              ///< a value on an edge belongs to the bin above it
  std::size_t below = 0, above = 0, total = 0;  ///< values outside of the bins; all values
  double mean = 0, std = 0;                     ///< of all values

  /// Share of all values in a bin, divided by its width: comparable with a probability density.
  double density(std::size_t bin) const;
};

/// Of all values of x_t = √ᾱ_t·x₀ + √(1−ᾱ_t)·ε with ε = gaussian_image({seed, streams::forward}, x_0.shape), without
/// storing either. Rows 0, row_stride, 2·row_stride … are looked at, for pictures that are too large to be looked at
/// whole.
/// @throws UsageError for no bins, an empty range or a stride below 1; Cancelled soon after `stop`
Histogram histogram_of_x_t(const Image& x_0, NoiseLevel level, std::uint64_t seed, Bins bins, int row_stride = 1,
                           std::stop_token stop = {});
/// The same for a picture of bytes, b ↔ b/127.5 − 1.
Histogram histogram_of_x_t(const ByteImage& x_0, NoiseLevel level, std::uint64_t seed, Bins bins, int row_stride = 1,
                           std::stop_token stop = {});

}  // namespace noiseglass
