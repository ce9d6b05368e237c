#pragma once

#include "noiseglass/image.h"
#include "noiseglass/noise_level.h"

#include <complex>
#include <cstddef>
#include <memory>
#include <vector>

namespace noiseglass {

/// A picture's two-dimensional Fourier coefficients, channel by channel:
///
///     F(k) = 1/√N · Σ_p x(p)·exp(−2πi·k·p),   N pixels, so that Σ |F|² = Σ x² (Parseval).
///
/// White noise of variance 1 then has E|F|² = 1 at every frequency. How detailed a wave is, is told in cycles along the
/// picture's longest side; rings gather the waves of the same number, rounded, in whatever direction they go.
class Fourier {
 public:
  /// Fast for sides without large prime factors: see smooth_size(). @throws UsageError for an empty picture
  explicit Fourier(const Image& picture);

  Shape shape() const { return shape_; }
  /// Rings are 0 … rings() − 1. Ring 0 is the mean; those beyond half the longest side are in the corners only.
  int rings() const { return int(count_.size()); }
  std::size_t count(int ring) const { return count_[std::size_t(ring)]; }  ///< coefficients of a channel in it
  int ring(int row, int column) const;                                     ///< of the coefficient in this place

  /// The mean of |F|² in each ring, over all channels: the radial power spectrum.
  std::vector<double> power() const;
  /// The mean of Re(F·conj G) in each ring, over all channels. @throws UsageError for another shape
  std::vector<double> common_power(const Fourier& other) const;
  /// The picture of the coefficients in the rings that are kept; a ring beyond the end of `keep` is not.
  Image picture(const std::vector<bool>& keep) const;

  const std::complex<float>& at(int row, int column, int channel) const;

 private:
  Shape shape_;
  std::vector<std::complex<float>> values_;  // channel by channel, rows of a channel one after the other
  std::vector<std::size_t> count_;
};

/// The spectra of x₀ and of ε, from which that of x_t follows at every noise level.
struct NoisySpectrum {
  std::vector<double> clean, noise, common;  ///< of x₀, of ε, of both: for each ring

  NoisySpectrum() = default;
  NoisySpectrum(const Fourier& x_0, const Fourier& epsilon);
  /// ᾱ·clean + (1−ᾱ)·noise + 2·√(ᾱ(1−ᾱ))·common: exactly the spectrum of √ᾱ·x₀ + √(1−ᾱ)·ε
  std::vector<double> at(const NoiseLevel& level) const;
};

/// Which rings of x₀ are stronger than the noise in x_t, whose expected power is 1 − ᾱ at every frequency: those with
/// ᾱ·|F|² > 1 − ᾱ. Diffusion is spectral autoregression: Rissanen et al. 2023, section 2; Dieleman 2024.
std::vector<bool> above_noise(const std::vector<double>& clean, const NoiseLevel& level);

/// The first ring from which on none is above the noise, of those that hold all directions (up to half of the longest
/// side); the number of all rings if the last of those still is.
int first_drowned(const std::vector<double>& clean, const NoiseLevel& level, Shape shape);

/// The largest number up to `size` that has no prime factor above 5. @throws UsageError below 1
int smooth_size(int size);
/// The middle of a picture, with both sides smooth.
Image smooth_middle(const Image& picture);

}  // namespace noiseglass
