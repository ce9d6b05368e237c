#include "session/view_sampling.h"

#include <gtest/gtest.h>

#include <cmath>

namespace noiseglass::app {
namespace {

Image ramp(int height, int width, int channels) {
  Image image(Shape{height, width, channels});
  for (std::size_t i = 0; i < image.data.size(); ++i) image.data[i] = float(i);
  return image;
}

TEST(ViewSampling, AtItsOwnSizeThePictureIsUntouched) {
  const Image picture = ramp(5, 7, 3);
  EXPECT_EQ(sample_clean(picture, {0, 0, 1, 1, 7, 5}).data, picture.data);
  EXPECT_EQ(sample_noise(picture, {0, 0, 1, 1, 7, 5}).data, picture.data);
}

TEST(ViewSampling, EnlargedPixelsAreSquares) {
  const Image picture = ramp(2, 2, 1);
  const Image view = sample_clean(picture, {0, 0, 1, 1, 6, 6});
  for (int y = 0; y < 6; ++y)
    for (int x = 0; x < 6; ++x) EXPECT_EQ(view.at(y, x, 0), picture.at(y / 3, x / 3, 0));
}

TEST(ViewSampling, ReducedPictureIsTheMeanOfItsBlocks) {
  const Image view = sample_clean(ramp(4, 4, 1), {0, 0, 1, 1, 2, 2});
  EXPECT_FLOAT_EQ(view.at(0, 0, 0), (0 + 1 + 4 + 5) / 4.f);
  EXPECT_FLOAT_EQ(view.at(1, 1, 2), (10 + 11 + 14 + 15) / 4.f);  // grey is shown in all three channels
}

TEST(ViewSampling, APartOfThePictureIsShownWhereItIs) {
  const Image picture = ramp(8, 8, 1);
  const Image view = sample_clean(picture, {0.5, 0.25, 1, 0.75, 4, 4});
  EXPECT_EQ(view.at(0, 0, 0), picture.at(2, 4, 0));
  EXPECT_EQ(view.at(3, 3, 0), picture.at(5, 7, 0));
}

// Averaging noise would make it look weaker than it is: its standard deviation must survive any reduction.
TEST(ViewSampling, ReducedNoiseKeepsItsStrength) {
  const Image view = sample_noise(NoiseKey{3, streams::forward}, Shape{4000, 6000, 3}, {0, 0, 1, 1, 150, 100});
  double sum = 0, squares = 0;
  for (float value : view.data) sum += value, squares += double(value) * value;
  const double n = double(view.data.size());
  EXPECT_NEAR(sum / n, 0, 5 / std::sqrt(n));
  EXPECT_NEAR(squares / n, 1, 5 * std::sqrt(2 / n));
}

TEST(ViewSampling, NoiseOfAViewIsTheNoiseOfThePicture) {
  const Shape shape{6, 9, 3};
  const NoiseKey key{11, streams::forward};
  EXPECT_EQ(sample_noise(key, shape, {0, 0, 1, 1, 9, 6}).data, gaussian_image(key, shape).data);
}

/// A sampler that goes along the chain, and keeps what stays, shows what one does that comes anew; and at its own size
/// that is the noise of the picture.
TEST(ViewSampling, NoiseOfTheChainIsTheSameByWhateverWayOneComes) {
  const Shape shape{6, 9, 3};
  const Schedule schedule = make_schedule("cosine", 40);
  NoiseSampler kept;
  for (const int t : {3, 4, 5, 40, 17, 16, 0, 1}) {
    const NoiseSum noise = chain_epsilon(schedule, t, 11);
    EXPECT_EQ(kept.sample(noise, shape, {0, 0, 1, 1, 9, 6}).data,
              NoiseSampler().sample(noise, shape, {0, 0, 1, 1, 9, 6}).data);
    EXPECT_EQ(kept.sample(noise, shape, {0, 0, 1, 1, 9, 6}).data, noise_image(noise, shape).data) << t;
  }
}

/// Row by row and one by one are the same numbers: wide pictures in small tiles, small ones in large, and parts.
TEST(ViewSampling, NoiseIsTheSameInRowsAndAlone) {
  const NoiseKey key{11, streams::forward};
  for (const int width : {3, 50, 4000})
    for (const ViewRect& view : {ViewRect{0, 0, 1, 1, 31, 2}, ViewRect{0.3, 0, 0.7, 1, 90, 7}}) {
      const Shape shape{5, width, 3};
      EXPECT_EQ(sample_noise(key, shape, view).data, sample_noise(gaussian_image(key, shape), view).data) << width;
    }
}

TEST(ViewSampling, OnePixelFillsAnyTile) {
  const Image view = sample_clean(ramp(1, 1, 3), {0.2, 0.2, 0.3, 0.3, 5, 3});
  for (std::size_t i = 0; i < view.data.size(); ++i) EXPECT_EQ(view.data[i], float(i % 3));
}

}  // namespace
}  // namespace noiseglass::app
