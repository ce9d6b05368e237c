#include "noiseglass/similarity.h"

#include "noiseglass/error.h"

#include <gtest/gtest.h>

#include <cmath>

namespace noiseglass {
namespace {

Image flat(Shape shape, float value) {
  Image image(shape);
  for (float& v : image.data) v = value;
  return image;
}

/// Two pictures that are alike, as whole numbers make them.
std::pair<Image, Image> alike() {
  Image a(Shape{24, 31, 3}), b(a.shape);
  for (std::size_t i = 0; i < a.data.size(); ++i) {
    a.data[i] = float(double(i * 37 % 101) / 50 - 1);
    b.data[i] = float(0.7 * a.data[i] + 0.3 * (double(i * 53 % 89) / 44 - 1));
  }
  return {a, b};
}

/// The definition, window by window, in double precision.
double by_definition(const Image& a, const Image& b) {
  double sum = 0;
  int count = 0;
  for (int y = 5; y + 5 < a.shape.height; ++y)
    for (int x = 5; x + 5 < a.shape.width; ++x)
      for (int c = 0; c < a.shape.channels; ++c, ++count) {
        double weight = 0, ma = 0, mb = 0, va = 0, vb = 0, cov = 0;
        const auto each = [&](auto&& f) {
          for (int dy = -5; dy <= 5; ++dy)
            for (int dx = -5; dx <= 5; ++dx) {
              const std::size_t at = (std::size_t(y + dy) * a.shape.width + x + dx) * a.shape.channels + c;
              f(std::exp(-(dx * dx + dy * dy) / 4.5), double(a.data[at]), double(b.data[at]));
            }
        };
        each([&](double w, double p, double q) { weight += w, ma += w * p, mb += w * q; });
        ma /= weight, mb /= weight;
        each([&](double w, double p, double q) {
          va += w / weight * (p - ma) * (p - ma);
          vb += w / weight * (q - mb) * (q - mb);
          cov += w / weight * (p - ma) * (q - mb);
        });
        sum += (2 * ma * mb + 4e-4) * (2 * cov + 3.6e-3) / ((ma * ma + mb * mb + 4e-4) * (va + vb + 3.6e-3));
      }
  return sum / count;
}

TEST(Ssim, AgreesWithItsDefinitionAndWithScikitImage) {
  const auto [a, b] = alike();
  EXPECT_NEAR(ssim(a, b), by_definition(a, b), 1e-5);
  // structural_similarity(a, b, data_range=2, gaussian_weights=True, sigma=1.5, use_sample_covariance=False,
  // channel_axis=2) of scikit-image 0.19.3
  EXPECT_NEAR(ssim(a, b), 0.7873775178, 1e-5);
  EXPECT_NEAR(ssim(b, a), ssim(a, b), 1e-6);
}

TEST(Ssim, IsOneForEqualPicturesAndKnownForFlatOnes) {
  const auto [a, b] = alike();
  EXPECT_NEAR(ssim(a, a), 1, 1e-6);
  const Shape shape{11, 12, 1};
  EXPECT_NEAR(ssim(flat(shape, 0.5f), flat(shape, -0.25f)), (2 * 0.5 * -0.25 + 4e-4) / (0.3125 + 4e-4), 1e-4);
}

TEST(Ssim, RefusesWhatItCannotCompare) {
  EXPECT_THROW(ssim(flat({11, 11, 1}, 0), flat({11, 11, 3}, 0)), UsageError);
  EXPECT_THROW(ssim(flat({10, 40, 1}, 0), flat({10, 40, 1}, 0)), UsageError);
}

}  // namespace
}  // namespace noiseglass
