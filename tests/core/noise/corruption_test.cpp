#include "noiseglass/corruption.h"

#include "noiseglass/error.h"

#include <gmock/gmock.h>
#include <Eigen/Dense>

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

double correlation(const Image& a, const Image& b) {
  double sum_a = 0, sum_b = 0, aa = 0, bb = 0, ab = 0;
  const double n = double(a.data.size());
  for (std::size_t i = 0; i < a.data.size(); ++i) {
    sum_a += a.data[i], sum_b += b.data[i];
    aa += double(a.data[i]) * a.data[i], bb += double(b.data[i]) * b.data[i], ab += double(a.data[i]) * b.data[i];
  }
  return (ab - sum_a * sum_b / n) / std::sqrt((aa - sum_a * sum_a / n) * (bb - sum_b * sum_b / n));
}

/// The last of 20 cosine steps has β = 0.999: it leaves √0.001 = 0.03 of x₁₉. With one ε for all t nothing of the kind
/// is seen.
TEST(CorruptChain, AStepWithALargeBetaForgetsWhatWasThere) {
  Image x_0 = pattern(large);
  for (float& value : x_0.data) value *= 0.62f;  // the variance of a photograph, 0.19
  const Schedule schedule = make_schedule("cosine", 20);
  ASSERT_DOUBLE_EQ(schedule.beta(20), 0.999);
  const double error = 5 / std::sqrt(count);
  EXPECT_NEAR(correlation(corrupt_chain(x_0, schedule, 19, 2), corrupt_chain(x_0, schedule, 20, 2)), 0.0316, error);
  EXPECT_NEAR(correlation(corrupt(x_0, schedule, 19, 2), corrupt(x_0, schedule, 20, 2)), 0.9994, 2e-4);
}

/// What each step adds, (ε_t·√(1−ᾱ_t) − √α_t·ε_{t−1}·√(1−ᾱ_{t−1}))/√β_t, is standard normal and independent of every
/// other step's: this is the chain, drawn in another order.
TEST(CorruptChain, ItsStepsAddIndependentNoise) {
  constexpr int T = 7, paths = 20000;
  for (const ScheduleRecord& record : schedule_records()) {
    const Schedule schedule = make_schedule(record.id, T);
    Eigen::MatrixXd fresh(paths, T);
    for (int n = 0; n < paths; ++n) {
      const std::vector<double> path = chain_epsilon_path(schedule, 5, std::uint64_t(n));
      const auto noise = [&](int t) { return schedule.sigma(t) * path[std::size_t(t)]; };
      for (int t = 1; t <= T; ++t)
        fresh(n, t - 1) = (noise(t) - std::sqrt(schedule.alpha(t)) * noise(t - 1)) / std::sqrt(schedule.beta(t));
    }
    const Eigen::MatrixXd covariance = fresh.transpose() * fresh / paths;
    EXPECT_LT((covariance - Eigen::MatrixXd::Identity(T, T)).cwiseAbs().maxCoeff(), 5 * std::sqrt(2.0 / paths))
        << record.id << ":\n"
        << covariance;
    EXPECT_LT(fresh.colwise().mean().cwiseAbs().maxCoeff(), 5 / std::sqrt(double(paths))) << record.id;
  }
}

TEST(CorruptChain, AnyTimeOfAPathIsASumOfFewTermsWithUnitPower) {
  for (const ScheduleRecord& record : schedule_records()) {
    const Schedule schedule = make_schedule(record.id, 1000);
    const std::vector<double> path = chain_epsilon_path(schedule, 9, 4);
    for (int t = 1; t <= 1000; t += 37) {
      const NoiseSum noise = chain_epsilon(schedule, t, 9);
      EXPECT_LE(noise.size(), 12u);
      double power = 0, value = 0;
      for (const NoiseTerm& term : noise)
        power += term.weight * term.weight, value += term.weight * double(gaussian(term.key, 4));
      EXPECT_NEAR(power, 1, 1e-9) << record.id << ", t = " << t;
      EXPECT_NEAR(value, path[std::size_t(t)], 1e-9) << record.id << ", t = " << t;
    }
  }
}

/// About the mean of each colour: a difference between the colours is none of light and dark.
TEST(VarianceOf, IsThatOfEachColourByItself) {
  Image x(Shape{1, 4, 3});
  x.data = {1, 0.5, -1, -1, 0.5, -1, 1, 0.5, -1, -1, 0.5, -1};
  EXPECT_NEAR(variance_of(x), (1.0 + 0 + 0) / 3, 1e-12);
}

TEST(Corrupt, RefusesWhatDoesNotFit) {
  const Schedule schedule = make_schedule("linear", 10);
  Image x_0 = pattern({2, 2, 1});
  EXPECT_THROW(corrupt(x_0, schedule, 11, 0), UsageError);
  EXPECT_THROW(corrupt_chain(x_0, schedule, -1, 0), UsageError);
  EXPECT_THROW(corrupt_chain(x_0, schedule, 11, 0), UsageError);
  EXPECT_THROW(corrupt(x_0, pattern({2, 3, 1}), 0.5), UsageError);
  EXPECT_THROW(corrupt(x_0, x_0, 1.5), UsageError);
}

}  // namespace
}  // namespace noiseglass
