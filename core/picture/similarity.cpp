#include "noiseglass/similarity.h"

#include "noiseglass/error.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace noiseglass {
namespace {

constexpr int window = ssim_window;

std::array<float, window> gaussian() {
  std::array<float, window> weights{};
  float sum = 0;
  for (int i = 0; i < window; ++i) sum += weights[i] = float(std::exp(-std::pow((i - window / 2) / 1.5, 2) / 2));
  for (float& weight : weights) weight /= sum;
  return weights;
}

/// Local means of a, b, a² + b² and a·b along one row of windows.
struct Means {
  std::vector<float> a, b, squares, product;
  explicit Means(std::size_t size) : a(size), b(size), squares(size), product(size) {}
};

/// The weighted sum of `window` rows of each quantity, below one another from `a` and `b` on.
void down(const float* a, const float* b, std::size_t row, const std::array<float, window>& weights, Means& out) {
  float *sum_a = out.a.data(), *sum_b = out.b.data(), *squares = out.squares.data(), *product = out.product.data();
  for (std::size_t i = 0; i < row; ++i) sum_a[i] = sum_b[i] = squares[i] = product[i] = 0;
  for (int k = 0; k < window; ++k) {
    const float w = weights[k], *p = a + k * row, *q = b + k * row;
    for (std::size_t i = 0; i < row; ++i) {
      sum_a[i] += w * p[i];
      sum_b[i] += w * q[i];
      squares[i] += w * (p[i] * p[i] + q[i] * q[i]);
      product[i] += w * p[i] * q[i];
    }
  }
}

/// The same along the row; channels lie `channels` apart.
void across(const std::vector<float>& in, int channels, const std::array<float, window>& weights,
            std::vector<float>& out) {
  std::ranges::fill(out, 0.0f);
  for (int k = 0; k < window; ++k)
    std::transform(out.begin(), out.end(), in.begin() + k * channels, out.begin(),
                   [w = weights[std::size_t(k)]](float sum, float value) { return sum + w * value; });
}

}  // namespace

double ssim(const Image& a, const Image& b) {
  if (a.shape != b.shape) throw UsageError("pictures of different size cannot be compared");
  const auto [height, width, channels] = a.shape;
  if (height < window || width < window) throw UsageError("structural similarity needs at least 11 × 11 pixels");
  constexpr float c1 = 0.02f * 0.02f, c2 = 0.06f * 0.06f;  // (K·L)²
  const std::array<float, window> weights = gaussian();
  const std::size_t row = std::size_t(width) * channels, valid = std::size_t(width - window + 1) * channels;
  Means rows(row), means(valid);
  double sum = 0;
  for (int y = 0; y + window <= height; ++y) {
    down(a.data.data() + y * row, b.data.data() + y * row, row, weights, rows);
    across(rows.a, channels, weights, means.a);
    across(rows.b, channels, weights, means.b);
    across(rows.squares, channels, weights, means.squares);
    across(rows.product, channels, weights, means.product);
    float line = 0;
    for (std::size_t i = 0; i < valid; ++i) {
      const float ma = means.a[i], mb = means.b[i], of_means = ma * ma + mb * mb;
      const float covariance = means.product[i] - ma * mb, variances = means.squares[i] - of_means;
      line += (2 * ma * mb + c1) * (2 * covariance + c2) / ((of_means + c1) * (variances + c2));
    }
    sum += line;
  }
  return sum / (double(height - window + 1) * double(valid));
}

}  // namespace noiseglass
