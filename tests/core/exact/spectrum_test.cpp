#include "noiseglass/spectrum.h"

#include "noiseglass/corruption.h"
#include "noiseglass/error.h"
#include "noiseglass/noise.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace noiseglass {
namespace {

/// Waves, an edge and a little noise: nothing that a mistake in rows or columns would leave as it is.
Image picture_of(Shape shape) {
  Image picture = gaussian_image({4, 2}, shape);
  for (int y = 0; y < shape.height; ++y)
    for (int x = 0; x < shape.width; ++x)
      for (int c = 0; c < shape.channels; ++c)
        picture.at(y, x, c) = 0.1f * picture.at(y, x, c) + std::sin(0.9f * float(y) + 0.2f * float(x * (c + 1))) +
                              (x > 2 * y ? 0.5f : -0.3f);
  return picture;
}

/// The sum as it is defined, for one coefficient.
std::complex<double> direct(const Image& picture, int row, int column, int channel) {
  const Shape shape = picture.shape;
  std::complex<double> sum;
  for (int y = 0; y < shape.height; ++y)
    for (int x = 0; x < shape.width; ++x)
      sum +=
          double(picture.at(y, x, channel)) *
          std::polar(1.0, -2 * std::numbers::pi * (double(row) * y / shape.height + double(column) * x / shape.width));
  return sum / std::sqrt(double(shape.height) * shape.width);
}

TEST(Fourier, IsTheSumThatDefinesIt) {
  for (const Shape shape : {Shape{8, 8, 1}, Shape{6, 10, 3}, Shape{9, 4, 2}, Shape{7, 5, 1}, Shape{1, 6, 1}}) {
    const Image picture = picture_of(shape);
    const Fourier fourier(picture);
    for (int y = 0; y < shape.height; ++y)
      for (int x = 0; x < shape.width; ++x)
        for (int c = 0; c < shape.channels; ++c)
          EXPECT_LT(std::abs(std::complex<double>(fourier.at(y, x, c)) - direct(picture, y, x, c)), 1e-5);
  }
}

/// Parseval: the coefficients hold all of the picture's power, and each is in one ring.
TEST(Fourier, KeepsThePowerOfThePicture) {
  for (const Shape shape : {Shape{64, 64, 3}, Shape{45, 80, 3}, Shape{32, 32, 1}}) {
    const Image picture = picture_of(shape);
    const Fourier fourier(picture);
    const std::vector<double> power = fourier.power();
    double in_rings = 0, in_pixels = 0;
    std::size_t coefficients = 0;
    for (int k = 0; k < fourier.rings(); ++k)
      in_rings += power[std::size_t(k)] * double(fourier.count(k)) * shape.channels, coefficients += fourier.count(k);
    for (const float value : picture.data) in_pixels += double(value) * double(value);
    EXPECT_NEAR(in_rings, in_pixels, 1e-5 * in_pixels);
    EXPECT_EQ(coefficients, std::size_t(shape.height * shape.width));
  }
}

TEST(Fourier, CountsCyclesAlongTheLongestSideInEveryDirection) {
  const Shape shape{40, 80, 1};
  const auto wave = [&](double down, double across) {
    Image picture(shape);
    for (int y = 0; y < shape.height; ++y)
      for (int x = 0; x < shape.width; ++x)
        picture.at(y, x, 0) = std::cos(float(2 * std::numbers::pi * (down * y / 80 + across * x / 80)));
    return Fourier(picture).power();
  };
  for (const auto& [down, across, ring] : {std::tuple{0, 6, 6}, {6, 0, 6}, {6, 8, 10}, {-6, 8, 10}, {0, 40, 40}}) {
    const std::vector<double> power = wave(down, across);
    EXPECT_EQ(std::ranges::max_element(power) - power.begin(), ring) << down << ' ' << across;
  }
}

TEST(Fourier, HasOneLevelOfNoiseForAllFrequencies) {
  const Fourier fourier(gaussian_image({8, 0}, {96, 96, 3}));
  const std::vector<double> power = fourier.power();
  for (int k = 1; k < fourier.rings(); ++k) {
    const double spread = 5 * std::sqrt(2 / double(3 * fourier.count(k)));  // |F|² has variance 1, in pairs
    EXPECT_NEAR(power[std::size_t(k)], 1, spread) << k;
  }
}

TEST(Fourier, GivesThePictureBackAndPartsOfIt) {
  for (const Shape shape : {Shape{24, 32, 3}, Shape{15, 15, 1}}) {
    const Image picture = picture_of(shape);
    const Fourier fourier(picture);
    const Image all = fourier.picture(std::vector<bool>(std::size_t(fourier.rings()), true));
    for (std::size_t i = 0; i < picture.data.size(); ++i) EXPECT_NEAR(all.data[i], picture.data[i], 1e-5);
    std::vector<bool> low(std::size_t(fourier.rings()), false), high(low);
    for (std::size_t k = 0; k < low.size(); ++k) (k < 4 ? low : high)[k] = true;
    const Image coarse = fourier.picture(low), fine = fourier.picture(high);
    for (std::size_t i = 0; i < picture.data.size(); ++i)
      EXPECT_NEAR(coarse.data[i] + fine.data[i], picture.data[i], 1e-5) << "they are all there is";
    const std::vector<double> of_coarse = Fourier(coarse).power(), of_all = fourier.power();
    for (std::size_t k = 0; k < of_all.size(); ++k) EXPECT_NEAR(of_coarse[k], k < 4 ? of_all[k] : 0, 1e-4) << k;
    EXPECT_EQ(fourier.picture({}).data, Image(shape).data);
  }
}

/// Without another transform, and with what picture and noise happen to have in common.
TEST(NoisySpectrum, IsThatOfTheCorruptedPicture) {
  const Image x_0 = picture_of({30, 40, 3}), epsilon = gaussian_image({3, streams::forward}, x_0.shape);
  const NoisySpectrum spectrum{Fourier(x_0), Fourier(epsilon)};
  for (const double alpha_bar : {1.0, 0.9, 0.5, 0.01, 0.0}) {
    const std::vector<double> expected = Fourier(corrupt(x_0, epsilon, alpha_bar)).power();
    const std::vector<double> found = spectrum.at({alpha_bar, 1 - alpha_bar});
    for (std::size_t k = 0; k < expected.size(); ++k)
      EXPECT_NEAR(found[k], expected[k], 1e-4 * (1 + expected[k])) << alpha_bar << ' ' << k;
  }
}

TEST(AboveNoise, IsWhatIsStrongerThanItsExpectedPower) {
  const std::vector<double> clean = {100, 9, 3, 0.5, 2, 0.1, 50};
  EXPECT_EQ(above_noise(clean, {0.5, 0.5}), (std::vector<bool>{true, true, true, false, true, false, true}));
  EXPECT_EQ(above_noise(clean, {0.1, 0.9}), (std::vector<bool>{true, false, false, false, false, false, true}));
  EXPECT_EQ(above_noise(clean, {1, 0}), std::vector<bool>(7, true));
  EXPECT_EQ(above_noise(clean, {0, 1}), std::vector<bool>(7, false));
  EXPECT_EQ(first_drowned(clean, {0.5, 0.5}, {10, 10, 1}), 5) << "ring 6 is in the corners only";
  EXPECT_EQ(first_drowned(clean, {0.1, 0.9}, {10, 10, 1}), 1);
  EXPECT_EQ(first_drowned(clean, {0, 1}, {10, 10, 1}), 0);
  EXPECT_EQ(first_drowned(clean, {1, 0}, {10, 10, 1}), 7) << "nothing drowns, in the corners neither";
}

TEST(SmoothSizes, HaveNoLargePrimeFactors) {
  EXPECT_EQ(smooth_size(1), 1);
  EXPECT_EQ(smooth_size(7), 6);
  EXPECT_EQ(smooth_size(683), 675);
  EXPECT_EQ(smooth_size(1024), 1024);
  EXPECT_THROW(smooth_size(0), UsageError);
  const Image picture = picture_of({7, 11, 1}), middle = smooth_middle(picture);
  EXPECT_EQ(middle.shape, (Shape{6, 10, 1}));
  EXPECT_EQ(middle.at(0, 0, 0), picture.at(0, 0, 0));
  EXPECT_EQ(middle.at(5, 9, 0), picture.at(5, 9, 0));
  EXPECT_THROW(Fourier{Image()}, UsageError);
}

}  // namespace
}  // namespace noiseglass
