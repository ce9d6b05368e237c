// Rows, then columns, through Eigen's one-dimensional transform.

#include "noiseglass/spectrum.h"

#include "noiseglass/error.h"

#include <unsupported/Eigen/FFT>

#include <algorithm>
#include <cmath>

namespace noiseglass {
namespace {

using Complex = std::complex<float>;

/// Transforms all rows and columns of a plane in place, without a factor.
void transform(std::vector<Complex>& plane, int height, int width, bool back) {
  Eigen::FFT<float> fft;
  fft.SetFlag(Eigen::FFT<float>::Unscaled);
  std::vector<Complex> in, out;
  const auto line = [&](std::size_t first, std::size_t stride, std::size_t count) {
    if (count == 1) return;  // it is its own, and Eigen has no room for it
    in.resize(count), out.resize(count);
    for (std::size_t i = 0; i < count; ++i) in[i] = plane[first + i * stride];
    back ? fft.inv(out, in) : fft.fwd(out, in);
    for (std::size_t i = 0; i < count; ++i) plane[first + i * stride] = out[i];
  };
  const auto h = std::size_t(height), w = std::size_t(width);
  for (std::size_t y = 0; y < h; ++y) line(y * w, 1, w);
  for (std::size_t x = 0; x < w; ++x) line(x, w, h);
}

/// Waves along one side, counted along the longest: −size/2 … size/2.
double cycles(int index, int size, int longest) {
  const int signed_index = index > size / 2 ? index - size : index;
  return double(signed_index) * longest / size;
}

}  // namespace

int Fourier::ring(int row, int column) const {
  const int longest = std::max(shape_.height, shape_.width);
  return int(std::lround(std::hypot(cycles(row, shape_.height, longest), cycles(column, shape_.width, longest))));
}

Fourier::Fourier(const Image& picture) : shape_(picture.shape), values_(picture.shape.size()) {
  if (picture.empty()) throw UsageError("an empty picture has no spectrum");
  const auto pixels = std::size_t(shape_.height) * std::size_t(shape_.width);
  const auto channels = std::size_t(shape_.channels);
  const float scale = 1 / std::sqrt(float(pixels));
  std::vector<Complex> plane(pixels);
  for (std::size_t c = 0; c < channels; ++c) {
    for (std::size_t i = 0; i < pixels; ++i) plane[i] = scale * picture.data[i * channels + c];
    transform(plane, shape_.height, shape_.width, false);
    std::ranges::copy(plane, values_.begin() + std::ptrdiff_t(c * pixels));
  }
  for (int y = 0; y < shape_.height; ++y)
    for (int x = 0; x < shape_.width; ++x) {
      const auto k = std::size_t(ring(y, x));
      if (k >= count_.size()) count_.resize(k + 1);
      ++count_[k];
    }
}

const std::complex<float>& Fourier::at(int row, int column, int channel) const {
  return values_[(std::size_t(channel) * std::size_t(shape_.height) + std::size_t(row)) * std::size_t(shape_.width) +
                 std::size_t(column)];
}

std::vector<double> Fourier::power() const { return common_power(*this); }

std::vector<double> Fourier::common_power(const Fourier& other) const {
  if (shape_ != other.shape_) throw UsageError("spectra of different shapes have no common power");
  std::vector<double> sums(count_.size());
  for (int y = 0; y < shape_.height; ++y)
    for (int x = 0; x < shape_.width; ++x) {
      double& sum = sums[std::size_t(ring(y, x))];
      for (int c = 0; c < shape_.channels; ++c) sum += double((at(y, x, c) * std::conj(other.at(y, x, c))).real());
    }
  for (std::size_t k = 0; k < sums.size(); ++k)
    sums[k] = count_[k] ? sums[k] / double(count_[k] * std::size_t(shape_.channels)) : 0;
  return sums;
}

Image Fourier::picture(const std::vector<bool>& keep) const {
  const auto pixels = std::size_t(shape_.height) * std::size_t(shape_.width);
  const auto channels = std::size_t(shape_.channels);
  const float scale = 1 / std::sqrt(float(pixels));
  Image out(shape_);
  std::vector<Complex> plane(pixels);
  for (std::size_t c = 0; c < channels; ++c) {
    for (int y = 0; y < shape_.height; ++y)
      for (int x = 0; x < shape_.width; ++x) {
        const auto k = std::size_t(ring(y, x));
        plane[std::size_t(y) * std::size_t(shape_.width) + std::size_t(x)] =
            k < keep.size() && keep[k] ? at(y, x, int(c)) : Complex();
      }
    transform(plane, shape_.height, shape_.width, true);
    for (std::size_t i = 0; i < pixels; ++i) out.data[i * channels + c] = scale * plane[i].real();
  }
  return out;
}

NoisySpectrum::NoisySpectrum(const Fourier& x_0, const Fourier& epsilon)
    : clean(x_0.power()), noise(epsilon.power()), common(x_0.common_power(epsilon)) {}

std::vector<double> NoisySpectrum::at(const NoiseLevel& level) const {
  std::vector<double> power(clean.size());
  for (std::size_t k = 0; k < power.size(); ++k)
    power[k] = level.alpha_bar * clean[k] + level.variance * noise[k] + 2 * level.signal() * level.sigma() * common[k];
  return power;
}

std::vector<bool> above_noise(const std::vector<double>& clean, const NoiseLevel& level) {
  std::vector<bool> above(clean.size());
  for (std::size_t k = 0; k < clean.size(); ++k) above[k] = level.alpha_bar * clean[k] > level.variance;
  return above;
}

int first_drowned(const std::vector<double>& clean, const NoiseLevel& level, Shape shape) {
  const std::vector<bool> above = above_noise(clean, level);
  int end = std::min(int(above.size()), std::max(shape.height, shape.width) / 2 + 1);
  if (end > 0 && above[std::size_t(end - 1)]) return int(above.size());
  while (end > 0 && !above[std::size_t(end - 1)]) --end;
  return end;
}

int smooth_size(int size) {
  if (size < 1) throw UsageError("a side has at least one pixel");
  for (int candidate = size;; --candidate) {
    int rest = candidate;
    for (const int prime : {2, 3, 5})
      while (rest % prime == 0) rest /= prime;
    if (rest == 1) return candidate;
  }
}

Image smooth_middle(const Image& picture) {
  const Shape shape{smooth_size(picture.shape.height), smooth_size(picture.shape.width), picture.shape.channels};
  const int top = (picture.shape.height - shape.height) / 2, left = (picture.shape.width - shape.width) / 2;
  Image middle(shape);
  for (int y = 0; y < shape.height; ++y)
    for (int x = 0; x < shape.width; ++x)
      for (int c = 0; c < shape.channels; ++c) middle.at(y, x, c) = picture.at(top + y, left + x, c);
  return middle;
}

}  // namespace noiseglass
