#include "noiseglass/rectified_flow.h"

#include "noiseglass/error.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace noiseglass {
namespace {

/// Data N(m, s²·I): everything is linear, so that it can be written down.
constexpr double s = 0.4;
const Eigen::Array2d m(0.7, -0.3);
std::shared_ptr<const PointModel> one_cloud() { return std::make_shared<PointModel>(Points(m), s); }
double deviation(double u) { return std::hypot((1 - u) * s, u); }

TEST(ExactVelocity, OfOneCloudIsLinear) {
  const VelocityField field = exact_velocity(one_cloud());
  Points x(2, 3);
  x << 0.1, -1.4, 2, 0.3, 0.8, -0.6;
  for (const double u : {0.0, 0.2, 0.5, 0.97, 1.0}) {
    const Points off = x.colwise() - (1 - u) * m, part = off / (deviation(u) * deviation(u));
    const Points epsilon = u * part, x_0 = ((1 - u) * s * s * part).colwise() + m;
    EXPECT_LT((field(x, u) - (epsilon - x_0)).abs().maxCoeff(), 1e-9) << u;
  }
}

/// Against the definition: the mean of ε − x₀ over the pairs whose line passes near x.
TEST(ExactVelocity, IsTheMeanOfWhatPasses) {
  Points points(2, 2);
  points << -1, 1, 0.2, -0.2;
  const VelocityField field = exact_velocity(std::make_shared<PointModel>(points, 0.1));
  std::mt19937 random(3);
  std::normal_distribution<double> normal;
  const double u = 0.6, reach = 0.05;
  const Eigen::Array2d x(0.15, -0.2);
  Eigen::Array2d sum(0, 0);
  int count = 0;
  for (int n = 0; n < 3'000'000; ++n) {
    const Eigen::Array2d x_0 = points.col(n % 2) + 0.1 * Eigen::Array2d(normal(random), normal(random));
    const Eigen::Array2d epsilon(normal(random), normal(random));
    if ((((1 - u) * x_0 + u * epsilon - x).abs() > reach).any()) continue;
    sum += epsilon - x_0;
    ++count;
  }
  ASSERT_GT(count, 2000);
  EXPECT_LT((field(Points(x), u).col(0) - sum / count).abs().maxCoeff(), 6 * 2 / std::sqrt(count) + 0.03);
}

/// Each noise ε of one cloud goes (1 − u)·m + ε·√((1 − u)²s² + u²): known, and so is how much that bends.
TEST(FlowPath, OfOneCloudIsKnown) {
  const VelocityField field = exact_velocity(one_cloud());
  const Points noise = gaussian_points({3, streams::forward}, 50);
  const auto path = flow_path(field, noise, 200);
  for (const int i : {0, 50, 130, 200}) {
    const double u = 1 - i / 200.0;
    const Points known = (deviation(u) * noise).colwise() + (1 - u) * m;
    EXPECT_LT((path[std::size_t(i)] - known).abs().maxCoeff(), 1e-6) << u;
  }
  double integral = 0;  // of (d deviation/du − (1 − s))², by the midpoint rule
  for (int i = 0; i < 20'000; ++i) {
    const double u = (i + 0.5) / 20'000, slope = (u - (1 - u) * s * s) / deviation(u);
    integral += std::pow(slope - (1 - s), 2) / 20'000;
  }
  EXPECT_NEAR(bending(path), integral * noise.square().colwise().sum().mean(), 1e-3);
}

TEST(EulerSteps, ConvergeAtFirstOrder) {
  const VelocityField field = exact_velocity(one_cloud());
  const Points noise = gaussian_points({3, streams::forward}, 50), end = (s * noise).colwise() + m;
  const double coarse = mean_distance(euler_steps(field, noise, 50).back(), end);
  const double fine = mean_distance(euler_steps(field, noise, 100).back(), end);
  EXPECT_NEAR(coarse / fine, 2, 0.1);
  EXPECT_EQ(euler_steps(field, noise, 7).size(), 8u);
}

TEST(BendingInThePlane, OfStraightPathsIsNone) {
  const Points from = gaussian_points({1, streams::forward}, 20), to = gaussian_points({2, streams::forward}, 20);
  std::vector<Points> line, parabola;
  for (int i = 0; i <= 1000; ++i) {
    const double u = i / 1000.0;
    line.push_back((1 - u) * from + u * to);
    parabola.push_back(from + u * u * Points::Ones(2, 20));  // 2u − 1 in both coordinates: 2 · 1/3
  }
  EXPECT_NEAR(bending(line), 0, 1e-18);
  EXPECT_NEAR(bending(parabola), 2.0 / 3, 1e-5);
}

FittingOptions small() {
  FittingOptions options;
  options.size = {64, 3};
  options.batch = 256;
  options.average_decay = 0.99f;
  return options;
}

/// An untrained network says 0: its loss is the mean of (ε − x₀)², 1 from the noise and 1 from the data.
TEST(FlowTrainer, BeginsAtTheVarianceOfBoth) {
  FittingOptions options = small();
  options.batch = 8192;
  EXPECT_NEAR(FlowTrainer(make_learning_data("two_moons"), options).step(), 2, 0.06);
}

/// What is learned from pairs drawn at random is the exact field. Then each noise is paired with where that leads it:
/// paths hardly bend any more, two of Euler's steps come nearly as far as many, the pairs are nearer to each other than
/// before (Liu et al. 2023, theorem 3.5), and what is generated is still the data.
TEST(FlowTrainer, LearnsTheExactFieldAndReflowStraightensIt) {
  const auto data = make_learning_data("two_moons");
  FlowTrainer trainer(data, small());
  for (int i = 0; i < 1500; ++i) trainer.step();
  const Points noise = gaussian_points({9, streams::forward}, 200);
  const VelocityField exact = exact_velocity(data), first = learned_velocity(trainer.flow());
  const auto exact_path = flow_path(exact, noise, 50), first_path = flow_path(first, noise, 50);
  for (const double u : {0.3, 0.6, 0.9}) {
    const Points x = exact_path[std::size_t(50 * (1 - u) + 0.5)];
    EXPECT_LT((first(x, u) - exact(x, u)).square().mean(), 0.05 * exact(x, u).square().mean()) << u;
  }
  EXPECT_NEAR(bending(first_path), bending(exact_path), 0.15 * bending(exact_path));
  const double before = mean_distance(euler_steps(first, noise, 2).back(), first_path.back());
  EXPECT_GT(before, 0.4);

  trainer.reflow(2048);
  EXPECT_EQ(trainer.reflows(), 1);
  EXPECT_EQ(trainer.steps(), 0);
  const double cost = (trainer.pairs().noise - trainer.pairs().data).square().colwise().sum().mean();
  EXPECT_LT(cost, 1);  // drawn each by itself: 2 + 2
  for (int i = 0; i < 400; ++i) trainer.step();
  const VelocityField second = learned_velocity(trainer.flow());
  const auto second_path = flow_path(second, noise, 50);
  EXPECT_LT(bending(second_path), bending(first_path) / 20);
  EXPECT_LT(mean_distance(euler_steps(second, noise, 2).back(), second_path.back()), before / 4);
  const auto to_nearest = [&](const Points& points) {
    double sum = 0;
    for (const auto& point : points.colwise())
      sum += std::sqrt((data->points().colwise() - Eigen::Array2d(point)).square().colwise().sum().minCoeff());
    return sum / double(points.cols());
  };
  EXPECT_LT(to_nearest(euler_steps(second, noise, 2).back()), 0.5 * to_nearest(euler_steps(first, noise, 2).back()));
}

TEST(FlowTrainer, TheSameSeedGivesTheSameFlow) {
  const auto data = make_learning_data("rings");
  FlowTrainer a(data, small()), b(data, small());
  for (FlowTrainer* trainer : {&a, &b}) {
    for (int i = 0; i < 20; ++i) trainer->step();
    trainer->reflow(300);
    for (int i = 0; i < 20; ++i) trainer->step();
  }
  const Points x = gaussian_points({1, streams::forward}, 10);
  EXPECT_TRUE((a.flow()->velocity(x, 0.4) == b.flow()->velocity(x, 0.4)).all());
}

TEST(RectifiedFlow, RefusesWhatIsNone) {
  const auto data = make_learning_data("rings");
  FittingOptions options;
  options.learning_rate = 0;
  EXPECT_THROW(FlowTrainer(data, options), UsageError);
  EXPECT_THROW(euler_steps(exact_velocity(data), Points::Zero(2, 1), 0), UsageError);
  EXPECT_THROW(bending(std::vector<Points>{Points::Zero(2, 1)}), UsageError);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THROW(flow_path(exact_velocity(data), Points::Zero(2, 1), 5, stop.get_token()), Cancelled);
}

}  // namespace
}  // namespace noiseglass
