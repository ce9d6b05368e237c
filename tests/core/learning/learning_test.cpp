#include "noiseglass/learning.h"
#include "learning/features.h"
#include "learning/products.h"
#include "learning/workspace.h"
#include "noiseglass/error.h"
#include "noiseglass/sampler.h"

#include <gmock/gmock.h>

#include <cmath>

namespace noiseglass {
namespace {

Eigen::MatrixXf random_matrix(Eigen::Index rows, Eigen::Index columns, std::uint64_t stream) {
  Eigen::MatrixXf m(rows, columns);
  fill_gaussian({5, stream}, 0, {m.data(), std::size_t(m.size())});
  return m;
}

/// Two half circles, written down here once more.
std::shared_ptr<const PointModel> moons() {
  Points points(2, 400);
  for (int i = 0; i < 400; ++i) {
    const double angle = M_PI * (i % 200 + 0.5) / 200, turn = i < 200 ? 1 : -1;
    points.col(i) << turn * (std::cos(angle) - 0.5), turn * (std::sin(angle) - 0.25);
  }
  return std::make_shared<PointModel>(points * 1.5, 0.1);
}

/// The network once more in float64: from the documented layout of its weights.
double loss_in_float64(const Eigen::ArrayXd& weights, int width, int layers, const Eigen::MatrixXf& features,
                       const Points& wanted) {
  Eigen::MatrixXd value = features.cast<double>();
  Eigen::Index first = 0;
  for (int layer = 0; layer <= layers; ++layer) {
    const Eigen::Index in = value.rows(), out = layer < layers ? width : 2;
    Eigen::MatrixXd next(out, value.cols());
    for (Eigen::Index o = 0; o < out; ++o)
      for (Eigen::Index p = 0; p < value.cols(); ++p) {
        double total = weights[first + in * out + o];
        for (Eigen::Index k = 0; k < in; ++k) total += weights[first + k * out + o] * value(k, p);
        next(o, p) = layer < layers ? total / (1 + std::exp(-total)) : total;
      }
    value = next;
    first += (in + 1) * out;
  }
  return (value.array() - wanted).square().mean();
}

TEST(Learning, ProductsAgreeWithEigen) {
  learning::Products products;
  for (const auto& [rows, inner, columns] : {std::array{128, 29, 100}, {2, 48, 7}, {29, 100, 16}, {17, 1, 33}}) {
    const Eigen::MatrixXf a = random_matrix(rows, inner, 1), b = random_matrix(inner, columns, 2);
    const Eigen::VectorXf bias = random_matrix(rows, 1, 3);
    Eigen::MatrixXf out(rows, columns);
    const Eigen::MatrixXd expected = a.cast<double>() * b.cast<double>();
    const double scale = 1e-5 * std::sqrt(double(inner));
    products.multiply(a, b, bias, out);
    EXPECT_LT((out.cast<double>() - expected - bias.cast<double>().replicate(1, columns)).cwiseAbs().maxCoeff(), scale);
    products.multiply_transposed(a.transpose(), b, out);
    EXPECT_LT((out.cast<double>() - expected).cwiseAbs().maxCoeff(), scale);
    products.multiply_by_transposed(a, b.transpose(), out);
    EXPECT_LT((out.cast<double>() - expected).cwiseAbs().maxCoeff(), scale);
  }
}

/// What is wanted of x_t under each target, by its definition.
Points wanted_of(Target target, const Points& x_0, const Points& epsilon, const Eigen::ArrayXd& alpha_bar) {
  if (target == Target::epsilon) return epsilon;
  if (target == Target::x_0) return x_0;
  return epsilon.rowwise() * alpha_bar.sqrt().transpose() - x_0.rowwise() * (1 - alpha_bar).sqrt().transpose();
}

TEST(Learning, GradientsAgreeWithFiniteDifferencesForEveryTarget) {
  constexpr int points = 24, width = 16, layers = 2;
  const Points x_0 = random_matrix(2, points, 1).array().cast<double>();
  const Points epsilon = random_matrix(2, points, 2).array().cast<double>();
  const Eigen::ArrayXf log_snr = 3 * random_matrix(points, 1, 3).array();
  const Eigen::ArrayXd alpha_bar = 1 / (1 + (-log_snr.cast<double>()).exp());
  const Points x_t =
      x_0.rowwise() * alpha_bar.sqrt().transpose() + epsilon.rowwise() * (1 - alpha_bar).sqrt().transpose();
  Eigen::MatrixXf features;
  learning::compute_features(x_t.cast<float>(), log_snr, features);
  Mlp network({width, layers}, 1);
  network.weights() += 0.2f * random_matrix(network.weights().size(), 1, 4).array();  // the last layer was zero

  for (const Target target : {Target::epsilon, Target::x_0, Target::v}) {
    const Points wanted = wanted_of(target, x_0, epsilon, alpha_bar);
    Mlp::Workspace workspace;
    Eigen::ArrayXf gradient;
    const float loss = network.loss(x_t.cast<float>(), log_snr, wanted.cast<float>(), workspace, gradient);
    Eigen::ArrayXd weights = network.weights().cast<double>();
    EXPECT_NEAR(loss, loss_in_float64(weights, width, layers, features, wanted), 1e-4 * loss);
    const double size = gradient.cast<double>().abs().maxCoeff();
    for (Eigen::Index i = 0; i < weights.size(); i += 3) {
      const double before = weights[i], h = 1e-4;
      weights[i] = before + h;
      const double above = loss_in_float64(weights, width, layers, features, wanted);
      weights[i] = before - h;
      const double below = loss_in_float64(weights, width, layers, features, wanted);
      weights[i] = before;
      ASSERT_NEAR(gradient[i], (above - below) / (2 * h), 1e-4 * size) << "weight " << i;
    }
  }
}

TEST(Learning, AdamTakesTheStepsThatTheAlgorithmGives) {
  // By hand from Kingma & Ba 2015, algorithm 1, with β₁ = 0.9, β₂ = 0.999, learning rate 0.1:
  // g = 0.5: m̂ = 0.5, v̂ = 0.25, step 0.1. g = −0.2: m̂ = 0.025/0.19, v̂ = 0.00028975/0.001999, step 0.034560585.
  Adam adam(1);
  Eigen::ArrayXf weight = Eigen::ArrayXf::Constant(1, 1.0f);
  adam.step(weight, Eigen::ArrayXf::Constant(1, 0.5f), 0.1f);
  EXPECT_NEAR(weight[0], 0.9, 1e-6);
  adam.step(weight, Eigen::ArrayXf::Constant(1, -0.2f), 0.1f);
  EXPECT_NEAR(weight[0], 0.865439415, 1e-6);
}

TEST(Learning, TheMovingAverageForgetsItsStartAtFirstAndLittleLater) {
  MovingAverage average(Eigen::ArrayXf::Zero(1), 0.999f);
  average.step(Eigen::ArrayXf::Constant(1, 1.0f));  // keeps 2/11 of the old
  EXPECT_NEAR(average.mean()[0], 9.0 / 11, 1e-6);
  average.step(Eigen::ArrayXf::Constant(1, 3.0f));  // keeps 3/12
  EXPECT_NEAR(average.mean()[0], 9.0 / 11 + 0.75 * (3 - 9.0 / 11), 1e-6);
  MovingAverage quick(Eigen::ArrayXf::Zero(1), 0.1f);
  quick.step(Eigen::ArrayXf::Constant(1, 1.0f));
  EXPECT_NEAR(quick.mean()[0], 0.9, 1e-6);
}

TEST(Learning, TheExactErrorOfOneGaussianIsItsClosedForm) {
  // x₀ ~ N(0, s²): the best guess of ε leaves ᾱs²/(ᾱs² + 1 − ᾱ) of its variance unexplained.
  constexpr double s = 0.7;
  constexpr int points = 40'000;
  const Schedule schedule = make_schedule("cosine", 100);
  const PointModel gaussian(Points::Zero(2, 1), s);
  const DenoisingErrors errors = EvaluationSet(gaussian, schedule, points, 4).of(gaussian);
  double expected = 0, expected_late = 0;
  for (int t = 1; t <= 100; ++t) {
    const double a = schedule.alpha_bar(t), left = a * s * s / (a * s * s + schedule.variance(t));
    expected += left / 100;
    if (t > 75) expected_late += left / 25;
  }
  EXPECT_NEAR(errors.epsilon, expected, 0.01);
  EXPECT_NEAR(errors.epsilon_by_t[3], expected_late, 0.01);
  EXPECT_NEAR((errors.epsilon_by_t[0] + errors.epsilon_by_t[1] + errors.epsilon_by_t[2] + errors.epsilon_by_t[3]) / 4,
              errors.epsilon, 1e-9);
}

TEST(Learning, AShortTrainingHelpsAndNeverBeatsTheExactDenoiser) {
  const auto data = moons();
  const Schedule schedule = make_schedule("linear", 1000);
  const EvaluationSet evaluation(*data, schedule, 8192);
  const DenoisingErrors exact = evaluation.of(*data);
  for (const Target target : {Target::epsilon, Target::x_0, Target::v}) {
    LearningOptions options;
    options.target = target;
    options.batch = 128;
    options.size = {32, 2};
    options.warm_up = 20;
    Trainer trainer(data, schedule, options);
    const double before = evaluation.of(*trainer.denoiser()).epsilon;
    for (int i = 0; i < 300; ++i) trainer.step();
    const DenoisingErrors after = evaluation.of(*trainer.denoiser());
    EXPECT_EQ(trainer.steps(), 300);
    EXPECT_LT(after.epsilon - exact.epsilon, 0.7 * (before - exact.epsilon));
    EXPECT_GT(after.epsilon, 0.99 * exact.epsilon);
    EXPECT_GT(after.x_0, 0.99 * exact.x_0);
  }
}

TEST(Learning, TwoMoonsAreLearnedToWithinFivePercent) {
  const auto data = make_learning_data("two_moons");
  const Schedule schedule = make_schedule("linear", 1000);
  const EvaluationSet evaluation(*data, schedule);
  Trainer trainer(data, schedule, {});
  for (int i = 0; i < 800; ++i) trainer.step();
  EXPECT_LT(evaluation.of(*trainer.denoiser()).epsilon, 1.05 * evaluation.of(*data).epsilon);
}

TEST(Learning, TheSameSeedTrainsTheSameNetwork) {
  const auto trained = [](std::uint64_t seed) {
    LearningOptions options;
    options.seed = seed;
    options.batch = 32;
    options.size = {16, 1};
    Trainer trainer(moons(), make_schedule("cosine", 50), options);
    for (int i = 0; i < 10; ++i) trainer.step();
    return trainer.denoiser()->predict(to_state(Points::Constant(2, 3, 0.3)), 0.5).epsilon;
  };
  EXPECT_TRUE((trained(1) == trained(1)).all());
  EXPECT_FALSE((trained(1) == trained(2)).all());
}

TEST(Learning, ALearnedDenoiserAnswersInOneLanguage) {
  Mlp network({16, 1}, 3);
  network.weights() = random_matrix(network.weights().size(), 1, 8).array();
  const Points x_t = random_matrix(2, 5, 9).array().cast<double>();
  const double log_snr = 0.8, alpha_bar = NoiseLevel::from_log_snr(log_snr).alpha_bar;
  const Points raw = network(x_t.cast<float>(), Eigen::ArrayXf::Constant(5, float(log_snr))).cast<double>();
  for (const Target target : {Target::epsilon, Target::x_0, Target::v}) {
    const LearnedDenoiser denoiser(network, target);
    const Prediction one = denoiser.predict(to_state(x_t), log_snr);
    const PointModel::Guess many = denoiser.guess(x_t, Eigen::ArrayXd::Constant(5, log_snr));
    EXPECT_LT((many.epsilon.reshaped() - one.epsilon).abs().maxCoeff(), 1e-5);
    EXPECT_LT((std::sqrt(alpha_bar) * many.x_0 + std::sqrt(1 - alpha_bar) * many.epsilon - x_t).abs().maxCoeff(), 1e-5);
    const Eigen::ArrayXd said = target == Target::epsilon ? one.epsilon
                                : target == Target::x_0   ? one.x_0
                                                          : one.v(log_snr);
    EXPECT_LT((said - raw.reshaped()).abs().maxCoeff(), 1e-5);
  }
  EXPECT_THROW(LearnedDenoiser(network, Target::v).predict({{1, 1, 3}, Eigen::ArrayXd::Zero(3)}, 0), UsageError);
}

TEST(Learning, WhatCannotBeIsRefusedInASentence) {
  EXPECT_THROW(Mlp({20, 2}, 1), UsageError);
  EXPECT_THROW(Mlp({16, 0}, 1), UsageError);
  LearningOptions options;
  options.learning_rate = 0;
  EXPECT_THROW(Trainer(moons(), make_schedule("linear", 10), options), UsageError);
  EXPECT_THROW(EvaluationSet(*moons(), make_schedule("linear", 10), 0), UsageError);
}

// The cosine schedule ends at √ᾱ = 5·10⁻⁵: what divides by that must not throw every sample out of the plane.
TEST(LearnedDenoiser, SamplesStayInViewWhereHardlyAnySignalIsLeft) {
  const Schedule schedule = make_schedule("cosine", 1000);
  const auto data = make_learning_data("two_moons");
  Trainer trainer(data, schedule, LearningOptions{});
  for (int i = 0; i < 300; ++i) trainer.step();
  const auto sampler = make_sampler("ddim", {schedule, make_timesteps("trailing", schedule, 25), trainer.denoiser(),
                                             to_state(gaussian_points({7, streams::forward}, 400))});
  Points samples;
  while (!sampler->done()) samples = to_points(sampler->step().x_t);
  const double outside = double((samples.abs().colwise().maxCoeff() > 3).count());
  EXPECT_LT(outside, 40) << "of 400";
}

TEST(LearnedDenoiser, KeepsThePictureWithinItsReachAndTheNoiseAgreesWithIt) {
  const Mlp untrained({}, 7);  // says ε̂ = 0
  const LearnedDenoiser denoiser(untrained, Target::epsilon, 5);
  const State x_t{{1, 4, 1}, Eigen::Array4d(0.5, -1, 1e-4, 0.2)};
  const double log_snr = -16;
  const Prediction guess = denoiser.predict(x_t, log_snr);
  EXPECT_LE(guess.x_0.abs().maxCoeff(), 5);
  const double alpha_bar = 1 / (1 + std::exp(-log_snr));
  const Eigen::ArrayXd again = std::sqrt(alpha_bar) * guess.x_0 + std::sqrt(1 - alpha_bar) * guess.epsilon;
  EXPECT_LT((again - x_t.values).abs().maxCoeff(), 1e-9);
  EXPECT_EQ(guess.epsilon[2], 0) << "where it is within reach the network's word stands";
}

}  // namespace
}  // namespace noiseglass
