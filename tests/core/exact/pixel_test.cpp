#include "noiseglass/pixel.h"

#include "noiseglass/corruption.h"
#include "noiseglass/error.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace noiseglass {
namespace {

Schedule linear() { return make_schedule("linear", 1000); }

Image pattern(Shape shape) {
  Image image(shape);
  for (std::size_t i = 0; i < image.data.size(); ++i) image.data[i] = float(std::sin(0.01 * double(i)));
  return image;
}

TEST(PixelParts, AddUpToTheValueInTheCorruptedPicture) {
  const Image x_0 = pattern({9, 7, 3});
  const Schedule schedule = linear();
  for (const int t : {0, 1, 300, 1000}) {
    const Image x_t = corrupt(x_0, schedule, t, 21);
    for (std::size_t i = 0; i < x_0.data.size(); i += 11) {
      const PixelParts parts = pixel_parts(x_0.data[i], gaussian({21, streams::forward}, i), schedule, t);
      EXPECT_NEAR(parts.signal + parts.noise, x_t.data[i], 1e-6);
      EXPECT_EQ(parts.x_t(), parts.signal + parts.noise);
      EXPECT_NEAR(parts.signal, std::sqrt(schedule.alpha_bar(t)) * x_0.data[i], 1e-12);
      EXPECT_NEAR(parts.noise, std::sqrt(1 - schedule.alpha_bar(t)) * parts.epsilon, 1e-9);
    }
  }
}

TEST(PixelPath, InOneShotGoesFromX0ToNearlyEpsilon) {
  const std::vector<double> path = one_shot_path(0.6, -1.4, linear());
  ASSERT_EQ(path.size(), 1001u);
  EXPECT_EQ(path.front(), 0.6);
  EXPECT_NEAR(path[500], std::sqrt(0.078587) * 0.6 - std::sqrt(1 - 0.078587) * 1.4, 1e-5);
  EXPECT_NEAR(path.back(), -1.4, 0.01);
}

TEST(PixelPath, StepByStepIsWhatHappensToThePictureInTheChain) {
  const Image x_0 = pattern({4, 5, 3});
  const Schedule schedule = linear();
  for (const std::size_t element : {std::size_t(0), std::size_t(17), std::size_t(59)}) {
    const std::vector<double> path = step_by_step_path(x_0.data[element], schedule, 3, element);
    ASSERT_EQ(path.size(), 1001u);
    for (const int t : {0, 1, 250, 1000})
      EXPECT_NEAR(path[t], corrupt_chain(x_0, schedule, t, 3).data[element], 2e-5) << "t = " << t;
  }
}

/// Over many seeds the walk at t has the mean and the variance of q(x_t|x₀).
TEST(PixelPath, StepByStepHasTheMeanAndVarianceOfTheClosedForm) {
  const Schedule schedule = linear();
  const double x_0 = 0.8;
  const int count = 3000, times[] = {50, 300, 1000};
  double sum[3] = {}, squares[3] = {};
  for (int seed = 0; seed < count; ++seed) {
    const std::vector<double> path = step_by_step_path(x_0, schedule, std::uint64_t(seed), 12);
    for (int i = 0; i < 3; ++i) sum[i] += path[times[i]], squares[i] += path[times[i]] * path[times[i]];
  }
  for (int i = 0; i < 3; ++i) {
    const double mean = sum[i] / count, variance = squares[i] / count - mean * mean;
    const double expected = schedule.variance(times[i]);
    EXPECT_NEAR(mean, std::sqrt(schedule.alpha_bar(times[i])) * x_0, 4 * std::sqrt(expected / count));
    EXPECT_NEAR(variance / expected, 1, 4 * std::sqrt(2.0 / count)) << "t = " << times[i];
  }
}

/// What a step adds is the same with and without scaling, and over many seeds it is independent of all before.
TEST(PixelPath, WithoutScalingItSpreadsByTheSumOfTheBetas) {
  const Schedule schedule = linear();
  const std::vector<double> spread = unscaled_spread(schedule);
  ASSERT_EQ(spread.size(), 1001u);
  EXPECT_EQ(spread[0], 0);
  EXPECT_NEAR(spread[1000] * spread[1000], 1000 * (0.0001 + 0.02) / 2, 1e-9);
  const int count = 3000, times[] = {50, 300, 1000};
  double sum[3] = {}, squares[3] = {};
  for (int seed = 0; seed < count; ++seed) {
    const std::vector<double> path = unscaled_path(0.8, schedule, std::uint64_t(seed), 12);
    EXPECT_EQ(path[0], 0.8);
    for (int i = 0; i < 3; ++i) sum[i] += path[times[i]], squares[i] += path[times[i]] * path[times[i]];
  }
  for (int i = 0; i < 3; ++i) {
    const double mean = sum[i] / count, expected = spread[times[i]] * spread[times[i]];
    EXPECT_NEAR(mean, 0.8, 4 * std::sqrt(expected / count));
    EXPECT_NEAR((squares[i] / count - mean * mean) / expected, 1, 4 * std::sqrt(2.0 / count)) << "t = " << times[i];
  }
}

/// Against the corrupted picture itself, sorted and counted.
TEST(HistogramOfXt, CountsTheValuesOfTheCorruptedPicture) {
  const Image x_0 = pattern({40, 30, 3});
  const Schedule schedule = linear();
  for (const int t : {0, 200, 1000}) {
    const Image x_t = corrupt(x_0, schedule, t, 8);
    const Histogram histogram = histogram_of_x_t(x_0, schedule.level(t), 8, {16, -2, 2});
    ASSERT_EQ(histogram.counts.size(), 16u);
    for (int bin = 0; bin < 16; ++bin) {
      const auto inside = std::count_if(x_t.data.begin(), x_t.data.end(),
                                        [&](float v) { return v >= -2 + 0.25 * bin && v < -2 + 0.25 * (bin + 1); });
      EXPECT_NEAR(double(histogram.counts[bin]), double(inside), 1) << "bin " << bin;  // a value on an edge
      EXPECT_NEAR(histogram.density(bin), double(inside) / 3600 / 0.25, 2.0 / 3600 / 0.25);
    }
    EXPECT_EQ(histogram.total, 3600u);
    EXPECT_EQ(histogram.below + histogram.above +
                  std::accumulate(histogram.counts.begin(), histogram.counts.end(), std::size_t(0)),
              3600u);
    const double mean = std::accumulate(x_t.data.begin(), x_t.data.end(), 0.0) / 3600;
    double variance = 0;
    for (const float v : x_t.data) variance += (v - mean) * (v - mean) / 3600;
    EXPECT_NEAR(histogram.mean, mean, 1e-6);
    EXPECT_NEAR(histogram.std, std::sqrt(variance), 1e-6);
  }
}

TEST(HistogramOfXt, AtTheEndIsTheStandardNormal) {
  const Histogram histogram = histogram_of_x_t(pattern({200, 200, 3}), linear().level(1000), 4, {40, -4, 4});
  EXPECT_NEAR(histogram.mean, 0, 0.015);
  EXPECT_NEAR(histogram.std, 1, 0.01);
  for (std::size_t bin = 0; bin < 40; ++bin) {
    const double x = -4 + 0.2 * (double(bin) + 0.5), normal = std::exp(-x * x / 2) / std::sqrt(2 * std::acos(-1.0));
    EXPECT_NEAR(histogram.density(bin), normal, 0.015);
  }
}

TEST(HistogramOfXt, EachSecondRowIsThoseRowsOfTheSamePicture) {
  const Image x_0 = pattern({6, 5, 1});
  const Image x_t = corrupt(x_0, linear(), 400, 2);
  const Histogram histogram = histogram_of_x_t(x_0, linear().level(400), 2, {10, -3, 3}, 2);
  EXPECT_EQ(histogram.total, 15u);
  double sum = 0;
  for (const int y : {0, 2, 4})
    for (int x = 0; x < 5; ++x) sum += x_t.at(y, x, 0);
  EXPECT_NEAR(histogram.mean, sum / 15, 1e-6);
}

TEST(HistogramOfXt, OfBytesIsThatOfTheirValues) {
  ByteImage bytes(Shape{8, 8, 3});
  for (std::size_t i = 0; i < bytes.data.size(); ++i) bytes.data[i] = std::uint8_t(i * 7);
  const Histogram a = histogram_of_x_t(bytes, linear().level(300), 6, {20, -3, 3});
  const Histogram b = histogram_of_x_t(to_image(bytes), linear().level(300), 6, {20, -3, 3});
  EXPECT_EQ(a.counts, b.counts);
  EXPECT_NEAR(a.mean, b.mean, 1e-7);
}

TEST(HistogramOfXt, RefusesWhatMakesNoSense) {
  const Image x_0 = pattern({4, 4, 1});
  EXPECT_THROW(histogram_of_x_t(x_0, linear().level(1), 1, {0, -1, 1}), UsageError);
  EXPECT_THROW(histogram_of_x_t(x_0, linear().level(1), 1, {5, 1, 1}), UsageError);
  EXPECT_THROW(histogram_of_x_t(x_0, linear().level(1), 1, {5, -1, 1}, 0), UsageError);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THROW(histogram_of_x_t(x_0, linear().level(1), 1, {5, -1, 1}, 1, stop.get_token()), Cancelled);
}

}  // namespace
}  // namespace noiseglass
