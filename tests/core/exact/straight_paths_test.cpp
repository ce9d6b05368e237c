#include "noiseglass/straight_paths.h"

#include "noiseglass/error.h"
#include "noiseglass/schedule.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

namespace noiseglass {
namespace {

const std::vector<Pair1D> crossed = {{-1.5, 1.2}, {-1.1, -0.4}, {-0.9, 0.6}, {0.9, -1.3}, {1.2, 0.1}, {1.4, -0.8}};
constexpr double width = 0.15;

TEST(Crossings, AreCountedOnceForEachTwo) {
  EXPECT_EQ(crossings({{0, 0}, {1, 1}, {2, 2}}), 0);
  EXPECT_EQ(crossings({{0, 2}, {1, 1}, {2, 0}}), 3);
  EXPECT_EQ(crossings({{0, 1}, {1, 0}, {2, 2}}), 1);
  EXPECT_EQ(crossings(crossed), 11);
}

/// The field against the definition: the mean velocity of many particles of the clouds that pass near x.
TEST(PairFlow, IsTheMeanVelocityOfWhatPasses) {
  const PairFlow flow(crossed, width);
  std::mt19937 random(3);
  std::normal_distribution<double> normal;
  for (const auto& [x, u] : {std::pair{0.1, 0.5}, {0.0, 0.6}, {-0.5, 0.8}, {0.6, 0.2}}) {
    constexpr double reach = 0.02;
    double sum = 0;
    int count = 0;
    for (int n = 0; n < 1'500'000; ++n) {
      const Pair1D& pair = crossed[std::size_t(n) % crossed.size()];
      if (std::abs((1 - u) * pair.data + u * pair.noise + width * normal(random) - x) > reach) continue;
      sum += pair.noise - pair.data;
      ++count;
    }
    ASSERT_GT(count, 1000);
    EXPECT_NEAR(flow.velocity(x, u), sum / count, 6 * 2.7 / std::sqrt(count) + 0.02) << x << ' ' << u;
    EXPECT_NEAR(flow.weights(x, u).sum(), 1, 1e-12);
  }
}

/// Continuity: the flow carries the clouds at u = 1 onto those at u = 0 (their distribution functions agree).
TEST(PairFlow, CarriesTheNoiseOntoTheData) {
  const PairFlow flow(crossed, width);
  const auto cdf = [&](double x, bool noise) {
    double sum = 0;
    for (const Pair1D& pair : crossed)
      sum += 0.5 * std::erfc(-(x - (noise ? pair.noise : pair.data)) / width / std::numbers::sqrt2);
    return sum / double(crossed.size());
  };
  for (double x = -2; x < 2; x += 0.11) {
    const double end = flow.path(x, 20).back();
    EXPECT_NEAR(cdf(end, false), cdf(x, true), 2e-4) << x;  // in one dimension each keeps its quantile
  }
}

TEST(PairFlow, AloneGoesAlongItsLine) {
  const PairFlow flow({{-1, 0.5}}, width);
  EXPECT_NEAR(flow.velocity(7, 0.3), 1.5, 1e-12);
  const std::vector<double> path = flow.path(0.5, 10), steps = flow.euler(0.5, 1);
  for (int i = 0; i <= 10; ++i) EXPECT_NEAR(path[std::size_t(i)], 0.5 - 0.15 * i, 1e-12);
  EXPECT_NEAR(steps.back(), -1, 1e-12);
  EXPECT_NEAR(bending(path), 0, 1e-20);
}

TEST(PairFlow, EulersMethodConvergesToThePathAtFirstOrder) {
  const PairFlow flow(crossed, width);
  for (const Pair1D& pair : crossed) {
    const double exact = flow.path(pair.noise, 1).back();
    const double coarse = std::abs(flow.euler(pair.noise, 400).back() - exact);
    const double fine = std::abs(flow.euler(pair.noise, 1600).back() - exact);
    EXPECT_LT(fine, std::max(coarse / 2.5, 1e-5));
    EXPECT_LT(fine, 0.02);
  }
}

/// After one reflow no lines cross, paths bend far less, and two of Euler's steps end where the flow does.
TEST(Reflow, UncrossesAndStraightens) {
  const PairFlow before(crossed, width);
  const std::vector<Pair1D> pairs = reflow(before);
  EXPECT_EQ(crossings(pairs), 0);
  const PairFlow after(pairs, width);
  const auto off = [](const PairFlow& flow, int steps) {
    double sum = 0;
    for (const Pair1D& pair : flow.pairs())
      sum += std::abs(flow.euler(pair.noise, steps).back() - flow.path(pair.noise, 1).back());
    return sum / double(flow.pairs().size());
  };
  double bent = 0, straight = 0;
  for (std::size_t i = 0; i < crossed.size(); ++i) {
    EXPECT_EQ(pairs[i].noise, crossed[i].noise);
    bent += bending(before.path(crossed[i].noise, 100));
    straight += bending(after.path(crossed[i].noise, 100));
  }
  EXPECT_LT(straight, bent / 10);
  EXPECT_GT(off(before, 2), 0.2);
  EXPECT_LT(off(after, 2), 0.05);
}

TEST(Bending, IsTheMeanSquareOffTheLine) {
  std::vector<double> parabola;  // x = u²: dx/du − 1 = 2u − 1, whose mean square is 1/3
  for (int i = 0; i <= 1000; ++i) parabola.push_back(std::pow(i / 1000.0, 2));
  EXPECT_NEAR(bending(parabola), 1.0 / 3, 1e-5);
}

/// One x_u in three coordinates is the same mixture of x₀ and ε at the same log-SNR.
TEST(PathCoordinates, AreThoseOfThePapers) {
  const double x_0 = 0.7, epsilon = -1.3;
  for (const double u : {0.1, 0.35, 0.5, 0.9}) {
    const double x = (1 - u) * x_0 + u * epsilon, sigma = u / (1 - u), alpha_bar = 1 / (1 + sigma * sigma);
    EXPECT_NEAR(x * variance_preserving(u).scale, std::sqrt(alpha_bar) * x_0 + std::sqrt(1 - alpha_bar) * epsilon,
                1e-12);
    EXPECT_NEAR(std::tan(variance_preserving(u).time * std::numbers::pi / 2), sigma, 1e-9);
    EXPECT_NEAR(x * variance_exploding(u).scale, x_0 + sigma * epsilon, 1e-12);
    EXPECT_NEAR(variance_exploding(u).time, sigma, 1e-12);
    EXPECT_EQ(x * straight_line(u).scale, x);
    const double x_t = std::sqrt(alpha_bar) * x_0 + std::sqrt(1 - alpha_bar) * epsilon;
    EXPECT_NEAR(x_t * straight_line_scale(alpha_bar, 1 - alpha_bar), x, 1e-12);
    EXPECT_NEAR(x_t * variance_exploding_scale(alpha_bar), x_0 + sigma * epsilon, 1e-12);
  }
}

TEST(PairFlow, RefusesWhatIsNone) {
  EXPECT_THROW(PairFlow({}, 0.1), UsageError);
  EXPECT_THROW(PairFlow({{0, 1}}, 0), UsageError);
  EXPECT_THROW(PairFlow({{std::nan(""), 1}}, 0.1), UsageError);
}

}  // namespace
}  // namespace noiseglass
