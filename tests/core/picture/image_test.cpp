#include "noiseglass/image.h"

#include "noiseglass/error.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace noiseglass {
namespace {

Image row_of(std::vector<float> values) {
  Image image(Shape{1, int(values.size()), 1});
  image.data = std::move(values);
  return image;
}

Image pattern(Shape shape) {
  Image image(shape);
  for (std::size_t i = 0; i < image.data.size(); ++i) image.data[i] = float(std::sin(0.37 * double(i) + 0.1));
  return image;
}

TEST(Image, EveryByteSurvivesTheRoundTripAndTheEndsAreMinusOneAndOne) {
  ByteImage bytes(Shape{1, 256, 1});
  std::iota(bytes.data.begin(), bytes.data.end(), std::uint8_t{0});
  const Image image = to_image(bytes);
  EXPECT_EQ(image.data.front(), -1.0f);
  EXPECT_EQ(image.data.back(), 1.0f);
  EXPECT_EQ(to_bytes(image).data, bytes.data);
}

TEST(Image, BytesAreRoundedToTheNearestAndClipped) {
  const float step = 1 / 127.5f, infinity = std::numeric_limits<float>::infinity();
  const Image image = row_of({-1 + 0.4f * step, -1 + 0.6f * step, -7, 7, -infinity, infinity, std::nanf("")});
  EXPECT_EQ(to_bytes(image).data, (std::vector<std::uint8_t>{0, 1, 0, 255, 0, 255, 0}));
}

TEST(Image, GreyUsesRec709AndRgbFromGreyIsThreeCopies) {
  Image rgb(Shape{1, 1, 3});
  rgb.data = {1, 0, -1};
  EXPECT_NEAR(with_channels(rgb, 1).data[0], 0.2126 - 0.0722, 1e-6);
  EXPECT_EQ(with_channels(row_of({0.25f}), 3).data, (std::vector<float>{0.25f, 0.25f, 0.25f}));
  EXPECT_EQ(with_channels(rgb, 3).data, rgb.data);
  EXPECT_THROW(with_channels(rgb, 2), UsageError);
}

TEST(Resize, ShrinkingAveragesExactlyTheAreaCovered) {
  EXPECT_THAT(resize(row_of({0, 1, 2, 3}), 2, 1).data, testing::ElementsAre(0.5f, 2.5f));
  // each of two outputs covers one input and a half
  EXPECT_THAT(resize(row_of({3, 6, 12}), 2, 1).data, testing::Pointwise(testing::FloatNear(1e-6f), {4.0f, 10.0f}));
}

TEST(Resize, EnlargingIsLinearBetweenPixelCentres) {
  EXPECT_THAT(resize(row_of({0, 4}), 4, 1).data, testing::ElementsAre(0, 1, 3, 4));
  EXPECT_THAT(resize(row_of({7}), 3, 1).data, testing::ElementsAre(7, 7, 7));
}

TEST(Resize, TheSameSizeChangesNothing) {
  const Image image = pattern({5, 7, 3});
  EXPECT_EQ(resize(image, 7, 5).data, image.data);
}

/// Every size from and to, both axes mixed: the mean survives shrinking, a flat picture survives everything.
TEST(Resize, KeepsTheMeanWhenShrinkingAndFlatPicturesAlways) {
  const auto mean = [](const Image& image) {
    return std::accumulate(image.data.begin(), image.data.end(), 0.0) / double(image.data.size());
  };
  for (const Shape from : {Shape{1, 1, 1}, Shape{9, 4, 3}, Shape{16, 31, 1}}) {
    Image flat(from);
    std::fill(flat.data.begin(), flat.data.end(), 0.3f);
    const Image image = pattern(from);
    for (int height = 1; height <= 20; height += 3) {
      for (int width = 1; width <= 40; width += 3) {
        for (const float value : resize(flat, width, height).data) ASSERT_NEAR(value, 0.3f, 1e-6f);
        if (height <= from.height && width <= from.width) {
          ASSERT_NEAR(mean(resize(image, width, height)), mean(image), 1e-6);
        }
      }
    }
  }
}

TEST(Resize, RowsAndColumnsAreTreatedAlike) {
  const Image image = pattern({6, 11, 1});
  Image turned(Shape{11, 6, 1});
  for (int y = 0; y < 6; ++y) {
    for (int x = 0; x < 11; ++x) turned.at(x, y, 0) = image.at(y, x, 0);
  }
  for (const auto& [width, height] : {std::pair{4, 9}, {3, 2}, {20, 1}}) {
    const Image a = resize(image, width, height), b = resize(turned, height, width);
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) ASSERT_NEAR(a.at(y, x, 0), b.at(x, y, 0), 1e-6f);
    }
  }
}

TEST(Resize, BytesAgreeWithFloatsToHalfAStepAndWideSumsDoNotOverflow) {
  ByteImage bytes(Shape{3, 5000, 4});
  for (std::size_t i = 0; i < bytes.data.size(); ++i) bytes.data[i] = std::uint8_t(i * 37 % 256);
  Image floats(bytes.shape);
  for (std::size_t i = 0; i < bytes.data.size(); ++i) floats.data[i] = bytes.data[i];
  const ByteImage small = resize(bytes, 3, 2);
  const Image expected = resize(floats, 3, 2);
  for (std::size_t i = 0; i < small.data.size(); ++i) EXPECT_NEAR(small.data[i], expected.data[i], 0.5f);
}

TEST(Resize, RefusesSizesWithoutPixels) {
  EXPECT_THROW(resize(pattern({2, 2, 1}), 0, 3), UsageError);
  EXPECT_THROW(resize(pattern({2, 2, 1}), 3, -1), UsageError);
  EXPECT_THROW(resize(Image(), 3, 3), UsageError);
}

TEST(FitLongestSide, KeepsTheAspectNeverEnlargesAndNeverVanishes) {
  EXPECT_EQ(fit_longest_side({2048, 1365, 3}, 512), (Shape{512, 341, 3}));
  EXPECT_EQ(fit_longest_side({100, 50, 1}, 512), (Shape{100, 50, 1}));
  EXPECT_EQ(fit_longest_side({1, 8192, 3}, 64), (Shape{1, 64, 3}));
  EXPECT_THROW(fit_longest_side({10, 10, 1}, 0), UsageError);
}

TEST(Psnr, IsThatOfThePeakToPeakRangeTwo) {
  // a difference of 0.2 everywhere is a tenth of the range: 20 dB
  EXPECT_NEAR(psnr_db(row_of({0, 0.5f}), row_of({0.2f, 0.3f})), 20, 1e-5);
  // signs do not cancel
  EXPECT_NEAR(mean_squared_error(row_of({1, -1}), row_of({0, 0})), 1, 1e-12);
  EXPECT_EQ(psnr_db(row_of({1}), row_of({1})), std::numeric_limits<double>::infinity());
  EXPECT_THROW(psnr_db(row_of({1}), row_of({1, 2})), UsageError);
}

}  // namespace
}  // namespace noiseglass
