#include "noiseglass/corruption.h"

#include "noiseglass/error.h"

#include <gmock/gmock.h>

#include <cmath>

namespace noiseglass {
namespace {

constexpr Shape large{256, 256, 3};
constexpr double count = 256.0 * 256 * 3;

Image pattern(Shape shape) {
  Image image(shape);
  for (std::size_t i = 0; i < image.data.size(); ++i) image.data[i] = float(std::sin(0.01 * double(i)));
  return image;
}

struct Moments {
  double mean = 0, variance = 0;
};

Moments moments_of_noise(const Image& x, const Image& x_0, double signal) {
  Moments m;
  for (std::size_t i = 0; i < x.data.size(); ++i) m.mean += (x.data[i] - signal * x_0.data[i]) / count;
  for (std::size_t i = 0; i < x.data.size(); ++i) {
    m.variance += std::pow(x.data[i] - signal * x_0.data[i] - m.mean, 2) / count;
  }
  return m;
}

TEST(Corrupt, IsTheFormulaElementByElement) {
  const Image x_0 = pattern({5, 4, 3});
  const Schedule schedule = make_schedule("linear", 1000);
  for (const int t : {1, 300, 1000}) {
    const Image x_t = corrupt(x_0, schedule, t, 77);
    for (std::size_t i = 0; i < x_0.data.size(); ++i) {
      const double alpha_bar = schedule.alpha_bar(t);
      const double expected =
          std::sqrt(alpha_bar) * x_0.data[i] + std::sqrt(1 - alpha_bar) * gaussian({77, streams::forward}, i);
      EXPECT_NEAR(x_t.data[i], expected, 1e-6);
    }
    EXPECT_EQ(corrupt(x_0, gaussian_image({77, streams::forward}, x_0.shape), schedule.alpha_bar(t)).data, x_t.data);
  }
}

TEST(Corrupt, AtTimeZeroGivesThePictureItself) {
  const Image x_0 = pattern({5, 4, 3});
  const Schedule schedule = make_schedule("cosine", 10);
  EXPECT_EQ(corrupt(x_0, schedule, 0, 1).data, x_0.data);
  EXPECT_EQ(corrupt_chain(x_0, schedule, 0, 1).data, x_0.data);
}

/// The chain is linear in x₀ for fixed noise: the difference of two chains is the product of all √(1 − β), √ᾱ_t.
TEST(CorruptChain, ItsCoefficientsMultiplyToTheOneShotCoefficient) {
  const Image x_0 = pattern({8, 8, 1}), black(Shape{8, 8, 1});
  for (const ScheduleRecord& record : schedule_records()) {
    for (const int T : {1, 2, 50, 1000}) {
      const Schedule schedule = make_schedule(record.id, T);
      const int t = (T + 1) / 2;
      const Image a = corrupt_chain(x_0, schedule, t, 3), b = corrupt_chain(black, schedule, t, 3);
      for (std::size_t i = 0; i < x_0.data.size(); ++i) {
        ASSERT_NEAR(a.data[i] - b.data[i], std::sqrt(schedule.alpha_bar(t)) * x_0.data[i], 2e-5) << record.id;
      }
    }
  }
}

/// The same distribution: mean 0 and variance 1 − ᾱ_t about √ᾱ_t·x₀, to five standard errors; other numbers.
TEST(CorruptChain, AgreesWithOneShotInDistribution) {
  const Image x_0 = pattern(large);
  for (const ScheduleRecord& record : schedule_records()) {
    const Schedule schedule = make_schedule(record.id, 20);
    for (const int t : {1, 7, 20}) {
      SCOPED_TRACE(record.id + ", t = " + std::to_string(t));
      const Image chain = corrupt_chain(x_0, schedule, t, 5), shot = corrupt(x_0, schedule, t, 5);
      EXPECT_NE(chain.data, shot.data);
      for (const Image* x : {&chain, &shot}) {
        const Moments m = moments_of_noise(*x, x_0, std::sqrt(schedule.alpha_bar(t)));
        EXPECT_NEAR(m.mean, 0, 5 * schedule.sigma(t) / std::sqrt(count));
        EXPECT_NEAR(m.variance / schedule.variance(t), 1, 5 * std::sqrt(2 / count));
      }
    }
  }
}

TEST(CorruptStep, MakesTheChain) {
  const Schedule schedule = make_schedule("sigmoid", 9);
  Image x = pattern({3, 3, 1});
  const Image expected = corrupt_chain(x, schedule, 4, 11);
  for (int t = 1; t <= 4; ++t) corrupt_step(x, schedule, t, 11);
  EXPECT_EQ(x.data, expected.data);
}

TEST(Corrupt, RefusesWhatDoesNotFit) {
  const Schedule schedule = make_schedule("linear", 10);
  Image x_0 = pattern({2, 2, 1});
  EXPECT_THROW(corrupt(x_0, schedule, 11, 0), UsageError);
  EXPECT_THROW(corrupt_chain(x_0, schedule, -1, 0), UsageError);
  EXPECT_THROW(corrupt_step(x_0, schedule, 0, 0), UsageError);
  EXPECT_THROW(corrupt(x_0, pattern({2, 3, 1}), 0.5), UsageError);
  EXPECT_THROW(corrupt(x_0, x_0, 1.5), UsageError);
}

}  // namespace
}  // namespace noiseglass
