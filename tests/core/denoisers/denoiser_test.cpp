#include "noiseglass/denoiser.h"

#include "core/states.h"
#include "noiseglass/schedule.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>

namespace noiseglass {
namespace {

using Real = long double;

Real logistic(Real value) { return 1 / (1 + std::exp(-value)); }

double distance(const Eigen::ArrayXd& a, const Eigen::ArrayXd& b) { return (a - b).abs().maxCoeff(); }

constexpr double all_log_snr[] = {-20, -9, -2.5, 0, 1, 7, 12};

TEST(State, HoldsThePictureInItsOrderAndGivesItBack) {
  Image image(Shape{2, 3, 3});
  for (std::size_t i = 0; i < image.data.size(); ++i) image.data[i] = 0.1f * float(i);
  const State state = to_state(image);
  EXPECT_EQ(state.values[7], double(image.data[7]));
  EXPECT_EQ(to_image(state).shape, image.shape);
  EXPECT_EQ(to_image(state).data, image.data);
  EXPECT_THROW(to_image(State{{2, 2, 1}, Eigen::ArrayXd::Zero(3)}), UsageError);
}

/// From x₀ and ε the same pair must come back whichever of ε, x₀, v a network predicts.
TEST(Prediction, AllParametrisationsMeanTheSamePair) {
  const Eigen::ArrayXd x_0 = 0.5 * normals(1, 100), epsilon = normals(2, 100);
  for (const double log_snr : all_log_snr) {
    SCOPED_TRACE(log_snr);
    const double signal = double(std::sqrt(logistic(log_snr))), noise = double(std::sqrt(logistic(-log_snr)));
    const Eigen::ArrayXd x_t = signal * x_0 + noise * epsilon, v = signal * epsilon - noise * x_0;
    for (const Prediction& p : {Prediction::from_x_0(x_t, log_snr, x_0),
                                Prediction::from_epsilon(x_t, log_snr, epsilon), Prediction::from_v(x_t, log_snr, v)}) {
      EXPECT_LT(distance(p.x_0, x_0), 1e-14 / signal);
      EXPECT_LT(distance(p.epsilon, epsilon), 1e-14 / noise);
      EXPECT_LT(distance(p.v(log_snr), v), 1e-14 / std::min(signal, noise));
      EXPECT_LT(distance(p.score(log_snr), -epsilon / noise), 1e-14 / (noise * noise));
      EXPECT_LT(distance(signal * p.x_0 + noise * p.epsilon, x_t), 1e-14);
    }
  }
}

TEST(OracleDenoiser, KnowsThePictureAndHenceTheNoise) {
  const State x_0{{4, 4, 1}, 0.5 * normals(3, 16)};
  const auto oracle = make_oracle_denoiser(x_0);
  const Eigen::ArrayXd epsilon = normals(4, 16);
  const double log_snr = -1.5;
  const State x_t{x_0.shape, std::sqrt(NoiseLevel::from_log_snr(log_snr).alpha_bar) * x_0.values +
                                 std::sqrt(NoiseLevel::from_log_snr(log_snr).variance) * epsilon};
  EXPECT_EQ(distance(oracle->predict(x_t, log_snr).x_0, x_0.values), 0);
  EXPECT_LT(distance(oracle->predict(x_t, log_snr).epsilon, epsilon), 1e-14);
}

/// The softmax over squared distances, term by term in long double.
std::vector<Real> brute_force_mean(const State& x_t, Real log_snr, const std::vector<State>& data) {
  const Real signal = std::sqrt(logistic(log_snr)), variance = logistic(-log_snr);
  std::vector<Real> exponents;
  for (const State& candidate : data) {
    Real sum = 0;
    for (Eigen::Index i = 0; i < x_t.values.size(); ++i) {
      sum += std::pow(Real(x_t.values[i]) - signal * Real(candidate.values[i]), 2);
    }
    exponents.push_back(-sum / (2 * variance));
  }
  const Real largest = *std::max_element(exponents.begin(), exponents.end());
  std::vector<Real> mean(x_t.values.size());
  Real total = 0;
  for (std::size_t k = 0; k < data.size(); ++k) total += std::exp(exponents[k] - largest);
  for (std::size_t k = 0; k < data.size(); ++k) {
    for (std::size_t i = 0; i < mean.size(); ++i) {
      mean[i] += std::exp(exponents[k] - largest) / total * Real(data[k].values[Eigen::Index(i)]);
    }
  }
  return mean;
}

/// At σ = 0.002 an expanded square in float32 is wrong by some 14 logits. The candidates lie so near to one another
/// that several share the weight, which is where a wrong logit would show.
TEST(ExactDenoiser, AgreesWithBruteForceInLongDoubleDownToSigma0002) {
  const Shape shape{32, 32, 3};
  for (const double sigma : {0.002, 0.05, 1.0, 50.0}) {
    SCOPED_TRACE(sigma);
    const double log_snr = -2 * std::log(sigma);
    const double signal = std::sqrt(NoiseLevel::from_log_snr(log_snr).alpha_bar),
                 noise = std::sqrt(NoiseLevel::from_log_snr(log_snr).variance);
    const Eigen::Index size = Eigen::Index(shape.size());
    const Eigen::ArrayXd base = 0.5 * normals(10, size);
    std::vector<State> data;
    for (std::uint64_t k = 0; k < 20; ++k) data.push_back({shape, base + 0.02 * sigma * normals(20 + k, size)});
    const State x_t{shape, signal * data[3].values + noise * normals(99, size)};
    const Eigen::ArrayXd x_0 = make_nearest_data_denoiser(data)->predict(x_t, log_snr).x_0;
    const std::vector<Real> expected = brute_force_mean(x_t, log_snr, data);
    double error = 0, spread = 0;
    for (Eigen::Index i = 0; i < size; ++i) {
      error = std::max(error, double(std::abs(x_0[i] - expected[std::size_t(i)])));
      spread = std::max(spread, std::abs(x_0[i] - data[3].values[i]));
    }
    EXPECT_LT(error, 1e-11 * std::max(1.0, sigma));
    EXPECT_GT(spread, 1e-3 * sigma) << "one candidate took all the weight: the test would prove nothing";
  }
}

TEST(ExactDenoiser, AnswersTheNearestPictureAtLowNoiseAndTheMeanAtHighNoise) {
  const std::vector<State> data = {point({-1, 0}), point({1, 0.5}), point({0.5, -1})};
  const auto denoiser = make_nearest_data_denoiser(data);
  EXPECT_EQ(distance(denoiser->predict(point({0.9, 0.4}), 12).x_0, data[1].values), 0);
  const Eigen::ArrayXd mean = (data[0].values + data[1].values + data[2].values) / 3;
  EXPECT_LT(distance(denoiser->predict(point({0.1, 0.2}), -30).x_0, mean), 1e-6);
  // far from every picture all weights underflow unless the largest exponent is taken out
  EXPECT_EQ(distance(denoiser->predict(point({1e3, 5e2}), 12).x_0, data[1].values), 0);
}

GaussianMixture plane_mixture() {
  GaussianMixture mixture;
  mixture.components = {
      {2, point({-1, 0.5}).values, 0.3}, {1, point({0.8, 0.2}).values, 0.1}, {3, point({0, -1}).values, 0.6}};
  return mixture;
}

/// ln p_t of the mixture: component k of x_t is N(√ᾱ·μ_k, ᾱ·s_k² + 1 − ᾱ).
Real log_density(const GaussianMixture& mixture, const std::vector<Real>& x, Real log_snr) {
  const Real alpha_bar = logistic(log_snr);
  Real density = 0;
  for (const auto& [weight, mean, std] : mixture.components) {
    const Real variance = alpha_bar * std * std + logistic(-log_snr);
    Real square = 0;
    for (std::size_t i = 0; i < x.size(); ++i)
      square += std::pow(x[i] - std::sqrt(alpha_bar) * mean[Eigen::Index(i)], 2);
    density += weight * std::exp(-square / (2 * variance)) / std::pow(variance, Real(x.size()) / 2);
  }
  return std::log(density);
}

TEST(MixtureDenoiser, ItsScoreIsTheGradientOfTheLogDensity) {
  const GaussianMixture mixture = plane_mixture();
  const auto denoiser = make_mixture_denoiser(mixture);
  for (const double log_snr : {-8.0, -1.0, 0.5, 3.0, 6.0}) {
    for (const auto& at : {std::vector<Real>{0, 0}, {-0.9L, 0.4L}, {0.5L, -0.3L}, {2, 2}}) {
      const Eigen::ArrayXd score = denoiser->predict(point({double(at[0]), double(at[1])}), log_snr).score(log_snr);
      for (int axis = 0; axis < 2; ++axis) {
        const Real h = 1e-6L;
        std::vector<Real> above = at, below = at;
        above[axis] += h;
        below[axis] -= h;
        const Real slope = (log_density(mixture, above, log_snr) - log_density(mixture, below, log_snr)) / (2 * h);
        EXPECT_NEAR(score[axis], double(slope), 1e-7 * (1 + std::abs(double(slope)))) << log_snr;
      }
    }
  }
}

/// E[x₀ | x_t] as a ratio of two integrals over x₀, by the trapezoid rule (which converges fast for such integrands).
TEST(MixtureDenoiser, AgreesWithQuadratureInOneDimension) {
  GaussianMixture mixture;
  mixture.components = {{0.3, point({-0.7}).values, 0.2}, {0.7, point({0.4}).values, 0.35}};
  const auto denoiser = make_mixture_denoiser(mixture);
  for (const double log_snr : {-6.0, -1.0, 0.0, 2.0, 5.0}) {
    for (const double x_t : {-1.5, -0.2, 0.0, 0.7, 2.0}) {
      const Real signal = std::sqrt(logistic(log_snr)), variance = logistic(-log_snr);
      Real numerator = 0, denominator = 0;
      for (int i = -40'000; i <= 40'000; ++i) {
        const Real x_0 = i * 1e-4L;
        Real prior = 0;
        for (const auto& [weight, mean, std] : mixture.components) {
          prior += weight / std * std::exp(-std::pow((x_0 - mean[0]) / std, 2) / 2);
        }
        const Real joint = prior * std::exp(-std::pow(x_t - signal * x_0, 2) / (2 * variance));
        numerator += x_0 * joint;
        denominator += joint;
      }
      EXPECT_NEAR(denoiser->predict(point({x_t}), log_snr).x_0[0], double(numerator / denominator), 1e-12);
    }
  }
}

TEST(MixtureDenoiser, WithoutWidthItIsTheNearestDataDenoiser) {
  GaussianMixture mixture;
  std::vector<State> data;
  for (std::uint64_t k = 0; k < 5; ++k) {
    data.push_back(point({0.3 * double(k) - 0.5, 0.1 * double(k * k)}));
    mixture.components.push_back({4, data.back().values, 0});
  }
  for (const double log_snr : all_log_snr) {
    const State x_t = point({0.2, 0.3});
    EXPECT_LT(distance(make_mixture_denoiser(mixture)->predict(x_t, log_snr).x_0,
                       make_nearest_data_denoiser(data)->predict(x_t, log_snr).x_0),
              1e-13);
  }
}

TEST(GaussianDenoiser, IsWienersFilter) {
  DenoiserSources sources;
  sources.mean = point({0.2, -0.4}).values;
  sources.std = 0.5;
  const auto denoiser = find_record("denoiser", denoiser_records(), "gaussian").make(sources);
  for (const double log_snr : all_log_snr) {
    const Real signal = std::sqrt(logistic(log_snr)), variance = logistic(-log_snr);
    const State x_t = point({0.9, -1.1});
    for (int i = 0; i < 2; ++i) {
      const Real precision = 1 / 0.25L + signal * signal / variance;  // of the prior and of the observation
      const Real mean = (Real(sources.mean[i]) / 0.25L + signal * Real(x_t.values[i]) / variance) / precision;
      EXPECT_NEAR(denoiser->predict(x_t, log_snr).x_0[i], double(mean), 1e-14);
    }
  }
}

TEST(Denoisers, RefuseWhatDoesNotFit) {
  EXPECT_THROW(make_nearest_data_denoiser({}), UsageError);
  EXPECT_THROW(make_nearest_data_denoiser({point({1}), point({1, 2})}), UsageError);
  EXPECT_THROW(make_oracle_denoiser({}), UsageError);
  EXPECT_THROW(make_mixture_denoiser({}), UsageError);
  EXPECT_THROW(make_mixture_denoiser({{{1, point({0}).values, 1}, {1, point({0, 0}).values, 1}}}), UsageError);
  EXPECT_THROW(make_mixture_denoiser({{{0, point({0}).values, 1}}}), UsageError);
  EXPECT_THROW(make_mixture_denoiser({{{1, point({0}).values, -1}}}), UsageError);
  EXPECT_THROW(make_mixture_denoiser({{{1, point({std::nan("")}).values, 1}}}), UsageError);
  EXPECT_THROW(make_oracle_denoiser(point({1}))->predict(point({1, 2}), 0), UsageError);
  EXPECT_THROW(make_nearest_data_denoiser({point({1})})->predict(point({1, 2}), 0), UsageError);
  EXPECT_THROW(make_mixture_denoiser(plane_mixture())->predict(point({1}), 0), UsageError);
  for (const DenoiserRecord& record : denoiser_records()) EXPECT_THROW(record.make({}), Error) << record.id;
}

TEST(Denoisers, GiveUpWhenAskedTo) {
  std::stop_source stop;
  stop.request_stop();
  const State x = point({0, 0});
  for (const auto& denoiser :
       {make_oracle_denoiser(x), make_nearest_data_denoiser({x}), make_mixture_denoiser(plane_mixture())}) {
    EXPECT_THROW(denoiser->predict(x, 0, stop.get_token()), Cancelled);
  }
}

TEST(Honesty, OnlyTheOracleCheats) {
  for (const DenoiserRecord& record : denoiser_records()) {
    EXPECT_EQ(to_string(record.honesty) == "cheating", record.id == "oracle") << record.id;
  }
}

}  // namespace
/// What a record says that it needs is what its make() cannot do without: without it a sentence, with it a guess.
TEST(EveryDenoiser, NeedsWhatItsRecordSays) {
  const State picture{{2, 2, 1}, Eigen::Array4d(0.1, -0.2, 0.3, 0.4)};
  for (const DenoiserRecord& record : denoiser_records()) {
    DenoiserSources all;
    all.mean = Eigen::Array4d::Zero();
    all.data_set = {picture};
    all.x_0 = picture;
    DenoiserSources without = all;
    if (record.needs.data_set) without.data_set.clear();
    if (record.needs.x_0) without.x_0 = {};
    if (record.needs.model || record.needs.data_set || record.needs.x_0) {
      EXPECT_THROW(record.make(without), UsageError) << record.id;
    }
    if (record.needs.model) continue;
    DenoiserSources only;
    only.mean = all.mean;
    if (record.needs.data_set) only.data_set = all.data_set;
    if (record.needs.x_0) only.x_0 = all.x_0;
    EXPECT_TRUE(record.make(only)->predict(picture, 0.3).x_0.isFinite().all()) << record.id;
  }
}

}  // namespace noiseglass
