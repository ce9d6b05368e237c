#include "noiseglass/point_model.h"

#include "noiseglass/sampler.h"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>
#include <numbers>

namespace noiseglass {
namespace {

constexpr double all_log_snr[] = {-12, -4, -1, 0.5, 2, 4};
constexpr double infinite = std::numeric_limits<double>::infinity();

Points few_points() {
  Points points(2, 5);
  points << -1.2, -0.4, 0.3, 0.9, 1.0,  //
      0.8, -1.1, 0.2, 0.7, -0.6;
  return points;
}

Points places() {
  Points x(2, 4);
  x << 0, 0.7, -1.5, 2.5,  //
      0, -0.3, 1.1, 2.0;
  return x;
}

/// Integrals over x₀ by the rectangle rule, which converges faster than any power for smooth bumps.
struct Quadrature {
  double density = 0;
  Eigen::Array2d mean = {0, 0};

  Quadrature(const Points& points, double width, const Eigen::Array2d& x_t, double log_snr) {
    const double alpha_bar = 1 / (1 + std::exp(-log_snr)), noise_variance = 1 / (1 + std::exp(log_snr));
    const double cell = 0.02;
    const auto bump = [](double squared, double variance) {
      return std::exp(-squared / (2 * variance)) / (2 * std::numbers::pi * variance);
    };
    for (double x = -3; x < 3; x += cell)
      for (double y = -3; y < 3; y += cell) {
        const Eigen::Array2d x_0(x, y);
        double prior = 0;
        for (Eigen::Index i = 0; i < points.cols(); ++i)
          prior += bump((x_0 - points.col(i)).square().sum(), width * width) / double(points.cols());
        const double joint = prior * bump((x_t - std::sqrt(alpha_bar) * x_0).square().sum(), noise_variance);
        density += joint * cell * cell;
        mean += joint * cell * cell * x_0;
      }
    mean /= density;
  }
};

TEST(PointModel, MeanAndDensityAreTheIntegralsThatTheyStandFor) {
  const PointModel model(few_points(), 0.15);
  for (const double log_snr : {-4.0, -1.0, 1.0, 3.0})
    for (Eigen::Index i = 0; i < places().cols(); ++i) {
      SCOPED_TRACE(testing::Message() << "λ = " << log_snr << ", place " << i);
      const Eigen::Array2d x_t = places().col(i);
      const Quadrature truth(few_points(), 0.15, x_t, log_snr);
      const PointPosterior posterior = model.posterior(x_t, log_snr);
      EXPECT_NEAR(std::exp(posterior.log_density) / truth.density, 1, 1e-8);
      EXPECT_LT((posterior.x_0 - truth.mean).abs().maxCoeff(), 1e-8);
    }
}

TEST(PointModel, ScoreIsTheSlopeOfTheLogDensity) {
  for (const double width : {0.0, 0.2}) {
    const PointModel model(few_points(), width);
    for (const double log_snr : all_log_snr)
      for (Eigen::Index i = 0; i < places().cols(); ++i) {
        SCOPED_TRACE(testing::Message() << "width " << width << ", λ = " << log_snr << ", place " << i);
        const Eigen::Array2d x_t = places().col(i), score = model.posterior(x_t, log_snr).score;
        for (int axis = 0; axis < 2; ++axis) {
          const double h = 1e-4;
          Eigen::Array2d step = {0, 0};
          step[axis] = h;
          const double slope =
              (model.posterior(x_t + step, log_snr).log_density - model.posterior(x_t - step, log_snr).log_density) /
              (2 * h);
          EXPECT_NEAR(score[axis], slope, 1e-4 * (1 + std::abs(slope)));
        }
      }
  }
}

TEST(PointModel, WeightsSumToOneAndTheGuessesExplainXt) {
  const PointModel model(few_points(), 0.1);
  for (const double log_snr : all_log_snr)
    for (const Eigen::Array2d& x_t : {Eigen::Array2d(0.2, 0.4), Eigen::Array2d(40, -900)}) {
      SCOPED_TRACE(log_snr);
      const double signal = std::sqrt(1 / (1 + std::exp(-log_snr))), noise = std::sqrt(1 / (1 + std::exp(log_snr)));
      const PointPosterior posterior = model.posterior(x_t, log_snr);
      EXPECT_NEAR(posterior.weights.sum(), 1, 1e-14);
      EXPECT_GE(posterior.weights.minCoeff(), 0);
      EXPECT_TRUE(std::isfinite(posterior.log_density));
      const double scale = 1 + x_t.abs().maxCoeff();
      EXPECT_LT((signal * posterior.x_0 + noise * posterior.epsilon - x_t).abs().maxCoeff(), 1e-13 * scale);
      EXPECT_LT((posterior.score + posterior.epsilon / noise).abs().maxCoeff(), 1e-10 * scale / noise);
    }
}

TEST(PointModel, PureNoiseKnowsOnlyTheMeanAndNoNoiseOnlyTheNearestPoint) {
  const Points points = few_points();
  const Eigen::Array2d x_t(0.8, 0.5);
  const PointPosterior noise = PointModel(points).posterior(x_t, -50);
  EXPECT_LT((noise.x_0 - points.rowwise().mean()).abs().maxCoeff(), 1e-9);
  EXPECT_LT((noise.score + x_t).abs().maxCoeff(), 1e-9) << "the score of N(0, I)";
  EXPECT_LT((noise.weights - 0.2).abs().maxCoeff(), 1e-9);
  EXPECT_NEAR(noise.log_density, -0.5 * x_t.square().sum() - std::log(2 * std::numbers::pi), 1e-9);

  const PointPosterior clean = PointModel(points).posterior(x_t, 50);
  EXPECT_EQ(clean.weights[3], 1);
  EXPECT_LT((clean.x_0 - points.col(3)).abs().maxCoeff(), 1e-15);

  const PointPosterior blurred = PointModel(points, 0.3).posterior(x_t, infinite);
  EXPECT_LT((blurred.x_0 - x_t).abs().maxCoeff(), 1e-15) << "at t = 0, x_t is x₀";
  EXPECT_EQ(blurred.epsilon.abs().maxCoeff(), 0);
  EXPECT_TRUE(blurred.score.isFinite().all());
}

TEST(PointModel, AgreesWithTheGeneralMixture) {
  const Points points = few_points();
  GaussianMixture mixture;
  for (Eigen::Index i = 0; i < points.cols(); ++i) mixture.components.push_back({1, points.col(i), 0.25});
  const auto expected = make_mixture_denoiser(mixture);
  const auto denoiser = make_point_denoiser(std::make_shared<PointModel>(points, 0.25));
  for (const double log_snr : all_log_snr) {
    const Prediction batch = denoiser->predict(to_state(places()), log_snr);
    for (Eigen::Index i = 0; i < places().cols(); ++i) {
      const Prediction one = expected->predict({{1, 1, 2}, places().col(i)}, log_snr);
      EXPECT_LT((batch.x_0.segment(2 * i, 2) - one.x_0).abs().maxCoeff(), 1e-12);
      EXPECT_LT((batch.epsilon.segment(2 * i, 2) - one.epsilon).abs().maxCoeff(), 1e-10);
    }
  }
}

TEST(PointModel, BatchesAndGridsSayWhatOnePointSays) {
  const PointModel model(few_points(), 0.1);
  const double log_snr = 1.5;
  const Points score = model.score(places(), log_snr);
  const Eigen::ArrayXd x = Eigen::ArrayXd::LinSpaced(7, -2, 2), y = Eigen::ArrayXd::LinSpaced(5, -1.5, 1);
  const Eigen::ArrayXXd density = model.density(x, y, log_snr);
  ASSERT_EQ(density.rows(), 5);
  ASSERT_EQ(density.cols(), 7);
  for (Eigen::Index i = 0; i < places().cols(); ++i)
    EXPECT_LT((score.col(i) - model.posterior(places().col(i), log_snr).score).abs().maxCoeff(), 1e-12);
  for (Eigen::Index j = 0; j < 5; ++j)
    for (Eigen::Index k = 0; k < 7; ++k)
      EXPECT_NEAR(density(j, k), std::exp(model.posterior({x[k], y[j]}, log_snr).log_density), 1e-13);
}

TEST(PointModel, DensityHoldsAllTheProbability) {
  const PointModel model(make_dataset("spiral", 200, 1), 0.08);
  const Eigen::ArrayXd axis = Eigen::ArrayXd::LinSpaced(321, -8, 8);
  for (const double log_snr : {-20.0, -1.0, 2.0}) {
    SCOPED_TRACE(log_snr);
    EXPECT_NEAR(model.density(axis, axis, log_snr).sum() * 0.05 * 0.05, 1, 1e-9);
  }
}

TEST(PointModel, RefusesWhatHasNoAnswer) {
  EXPECT_THROW(PointModel(Points(2, 0)), UsageError);
  EXPECT_THROW(PointModel(few_points(), -0.1), UsageError);
  EXPECT_THROW(PointModel(Points::Constant(2, 1, NAN)), UsageError);
  EXPECT_THROW(PointModel(few_points()).posterior({0, 0}, infinite), UsageError);
  EXPECT_THROW(
      make_point_denoiser(std::make_shared<PointModel>(few_points()))->predict({{1, 1, 3}, places().row(0)}, 0),
      UsageError);
  std::stop_source stopped;
  stopped.request_stop();
  EXPECT_THROW(PointModel(few_points()).guess(places(), 0, stopped.get_token()), Cancelled);
}

TEST(Points, NoiseIsTheSequenceOfThePictureAndTheMixIsTheFormula) {
  const Points epsilon = gaussian_points({5, streams::forward}, 3);
  EXPECT_EQ(epsilon(0, 1), double(gaussian({5, streams::forward}, 2)));
  EXPECT_EQ(epsilon(1, 2), double(gaussian({5, streams::forward}, 5)));
  const Points x_t = corrupt(Points::Constant(2, 3, 2.0), epsilon, 0.36);
  EXPECT_LT((x_t - (1.2 + 0.8 * epsilon)).abs().maxCoeff(), 1e-15);
  EXPECT_TRUE((to_points(to_state(x_t)) == x_t).all());
  EXPECT_THROW(corrupt(x_t, gaussian_points({5, 0}, 2), 0.5), UsageError);
}

/// Particles from N(0, I) end on the data, about as many on each moon, whichever way they are led.
TEST(PointModel, SamplersLeadABatchToTheData) {
  const Points data = make_dataset("two_moons", 200, 2);
  const auto model = std::make_shared<PointModel>(data, 0.05);
  const Schedule schedule = make_schedule("cosine", 1000);
  for (const char* sampler : {"ddim", "ddpm", "heun"}) {
    SCOPED_TRACE(sampler);
    SamplerProblem problem{schedule,
                           make_timesteps("trailing", schedule, 100),
                           make_point_denoiser(model),
                           to_state(gaussian_points({4, streams::forward}, 300)),
                           4,
                           false};
    const auto stream = make_sampler(sampler, std::move(problem));
    SamplerStep last;
    while (!stream->done()) last = stream->step();
    const Points end = to_points(last.x_t);
    ASSERT_EQ(end.cols(), 300);
    double distance = 0;
    int first_moon = 0;
    for (Eigen::Index i = 0; i < end.cols(); ++i) {
      Eigen::Index nearest = 0;
      distance += std::sqrt((data.colwise() - end.col(i)).square().colwise().sum().minCoeff(&nearest)) / 300;
      first_moon += data(1, nearest) > 0;
    }
    EXPECT_LT(distance, 0.1);
    EXPECT_NEAR(first_moon, 150, 30);
  }
}

}  // namespace
}  // namespace noiseglass
