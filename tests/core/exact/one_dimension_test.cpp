#include "noiseglass/one_dimension.h"

#include "noiseglass/denoiser.h"
#include "noiseglass/error.h"

#include <gmock/gmock.h>

#include <cmath>
#include <functional>

namespace noiseglass {
namespace {

const double pi = std::acos(-1.0);

Mixture1D two_humps() { return Mixture1D({{1, -1, 0.25}, {1, 1, 0.25}}); }
Mixture1D lopsided() { return Mixture1D({{2, -1.2, 0.2}, {1, 0.1, 0.5}, {0.5, 1.5, 0.1}}); }
Schedule linear() { return make_schedule("linear", 1000); }

double gauss(double x, double mean, double variance) {
  return std::exp(-(x - mean) * (x - mean) / (2 * variance)) / std::sqrt(2 * pi * variance);
}

/// Composite Gauss–Legendre, five points in each of `pieces`: shares nothing with the trapezoid rule of the core.
double quadrature(double from, double to, int pieces, const std::function<double(double)>& f) {
  static const double nodes[] = {0, 0.5384693101056831, -0.5384693101056831, 0.9061798459386640, -0.9061798459386640};
  static const double weights[] = {0.5688888888888889, 0.4786286704993665, 0.4786286704993665, 0.2369268850561891,
                                   0.2369268850561891};
  double sum = 0;
  const double half = (to - from) / pieces / 2;
  for (int i = 0; i < pieces; ++i)
    for (int k = 0; k < 5; ++k) sum += weights[k] * half * f(from + half * (2 * i + 1 + nodes[k]));
  return sum;
}

/// q(x_s) by integrating over x₀: no closed form of a mixture under noise is used.
double landscape_by_quadrature(const Mixture1D& data, double alpha_bar, double x) {
  return quadrature(-4, 4, 160, [&](double x_0) {
    double q = 0;
    for (const auto& c : data.components()) q += c.weight * gauss(x_0, c.mean, c.std * c.std);
    return q * gauss(x, std::sqrt(alpha_bar) * x_0, 1 - alpha_bar);
  });
}

struct Case {
  int t, s;
  double x_t;
};
constexpr Case cases[] = {{400, 399, 0.3}, {400, 300, 0.3}, {400, 100, -0.2}, {900, 50, 1.1}, {1000, 600, -1.7}};

TEST(Mixture1D, DensityIsTheSumOfItsGaussiansAndIntegratesToOne) {
  const Mixture1D data = lopsided();
  for (const double x : {-1.5, -0.3, 0.0, 1.45})
    EXPECT_NEAR(data.density(x), (2 * gauss(x, -1.2, 0.04) + gauss(x, 0.1, 0.25) + 0.5 * gauss(x, 1.5, 0.01)) / 3.5,
                1e-12);
  const auto moment = [&](int power) {
    return quadrature(-6, 6, 400, [&](double x) { return std::pow(x, power) * data.density(x); });
  };
  EXPECT_NEAR(moment(0), 1, 1e-10);
  EXPECT_NEAR(data.mean(), moment(1), 1e-10);
  EXPECT_NEAR(data.variance(), moment(2) - moment(1) * moment(1), 1e-10);
  EXPECT_NEAR(Mixture1D({{1, 0, 1}}).log_density(60), -1800 - 0.5 * std::log(2 * pi), 1e-9) << "where exp() is 0";
}

TEST(Mixture1D, RefusesWhatIsNoDensity) {
  EXPECT_THROW(Mixture1D({}), UsageError);
  EXPECT_THROW(Mixture1D({{1, 0, 0}}), UsageError);
  EXPECT_THROW(Mixture1D({{0, 0, 1}}), UsageError);
  EXPECT_THROW(Mixture1D({{1, NAN, 1}}), UsageError);
}

TEST(Mixture1D, UnderNoiseAgreesWithTheIntegralOverX0) {
  for (const Mixture1D& data : {two_humps(), lopsided()})
    for (const int t : {100, 400, 1000})
      for (const double x : {-1.3, 0.0, 0.7})
        EXPECT_NEAR(corrupted(data, linear(), t).density(x), landscape_by_quadrature(data, linear().alpha_bar(t), x),
                    1e-9);
  EXPECT_NEAR(corrupted(two_humps(), linear(), 1000).density(0), 1 / std::sqrt(2 * pi), 1e-4) << "the prior";
}

/// Bayes' rule by quadrature: q(x_t|x_s)·q(x_s) divided by its own integral.
TEST(ReverseStep, IsBayesRule) {
  const Schedule schedule = linear();
  for (const Mixture1D& data : {two_humps(), lopsided()})
    for (const auto [t, s, x_t] : cases) {
      const double alpha_bar = schedule.alpha_bar(s), alpha = schedule.alpha_bar(t) / alpha_bar;
      const auto joint = [&](double x) {
        return landscape_by_quadrature(data, alpha_bar, x) * gauss(x_t, std::sqrt(alpha) * x, 1 - alpha);
      };
      const double evidence = quadrature(-7, 7, 400, joint);
      const ReverseStep step(data, schedule, t, s);
      EXPECT_NEAR(corrupted(data, schedule, t).density(x_t), evidence, 1e-8) << "the normaliser is q(x_t)";
      const Mixture1D exact = step.exact(x_t);
      const double spread = std::sqrt(exact.variance());
      for (const double k : {-2.0, -0.7, 0.0, 1.0, 1.8}) {
        const double x = exact.mean() + k * spread;
        EXPECT_NEAR(exact.density(x) * spread, joint(x) / evidence * spread, 1e-7) << t << " → " << s;
      }
    }
}

TEST(ReverseStep, LandscapeTimesBellIsTheExactDensityUpToAFactor) {
  const ReverseStep step(lopsided(), linear(), 400, 150);
  const Mixture1D exact = step.exact(0.4);
  const auto ratio = [&](double x) {
    return step.landscape().log_density(x) + step.bell(0.4).log_density(x) - exact.log_density(x);
  };
  for (const double x : {-2.0, -0.5, 1.0, 2.5}) EXPECT_NEAR(ratio(x), ratio(0), 1e-9);
}

TEST(ReverseStep, GivenX0IsThePosteriorOfHoEtAl) {
  const Schedule schedule = linear();
  for (const int t : {1, 2, 500, 1000}) {
    const ReverseStep step(two_humps(), schedule, t, t - 1);
    const Normal1D posterior = step.given_x_0(-0.8, 0.3);
    EXPECT_NEAR(posterior.mean,
                schedule.posterior(t, t - 1).mean_x_0 * -0.8 + schedule.posterior(t, t - 1).mean_x_t * 0.3, 1e-12);
    EXPECT_NEAR(posterior.std * posterior.std, schedule.posterior(t, t - 1).variance, 1e-14);
    EXPECT_DOUBLE_EQ(step.beta(), schedule.beta(t));
  }
  // A long step, by Bayes' rule on the three Gaussians.
  const auto [t, s] = std::pair{700, 200};
  const double x_0 = 0.9, x_t = -0.6, a = schedule.alpha_bar(s), alpha = schedule.alpha_bar(t) / a;
  const auto joint = [&](double x) {
    return gauss(x, std::sqrt(a) * x_0, 1 - a) * gauss(x_t, std::sqrt(alpha) * x, 1 - alpha);
  };
  const double evidence = quadrature(-8, 8, 400, joint);
  const Normal1D posterior = ReverseStep(two_humps(), schedule, t, s).given_x_0(x_0, x_t);
  for (const double x : {-0.5, 0.2, 0.9}) EXPECT_NEAR(posterior.density(x), joint(x) / evidence, 1e-9);
}

/// The true step is the mixture of the steps that know x₀, weighted by how likely each x₀ is: q(x_s|x_t) = E[q(x_s|x_t,
/// x₀)].
TEST(ReverseStep, IsTheAverageOfTheStepsThatKnowX0) {
  const Schedule schedule = linear();
  const ReverseStep step(lopsided(), schedule, 500, 300), to_clean(lopsided(), schedule, 500, 0);
  const Mixture1D x_0_given_x_t = to_clean.exact(0.2);
  for (const double x : {-1.0, 0.0, 0.8}) {
    const double average = quadrature(
        -5, 5, 400, [&](double x_0) { return x_0_given_x_t.density(x_0) * step.given_x_0(x_0, 0.2).density(x); });
    EXPECT_NEAR(step.exact(0.2).density(x), average, 1e-9);
  }
}

TEST(ReverseStep, TheStandInHasTheMeanOfAPerfectDenoiserAndTheVarianceAskedFor) {
  const Schedule schedule = linear();
  GaussianMixture mixture;
  const Mixture1D data = lopsided();
  for (const auto& c : data.components())
    mixture.components.push_back({c.weight, Eigen::ArrayXd::Constant(1, c.mean), c.std});
  const auto denoiser = make_mixture_denoiser(mixture);
  for (const auto [t, s, x_t] : cases) {
    const ReverseStep step(lopsided(), schedule, t, s);
    const Prediction prediction = denoiser->predict({{1, 1, 1}, Eigen::ArrayXd::Constant(1, x_t)}, schedule.log_snr(t));
    const Mixture1D exact = step.exact(x_t);
    for (const StepVariance variance : {StepVariance::matched, StepVariance::beta, StepVariance::beta_tilde}) {
      const Normal1D normal = step.stand_in(x_t, variance);
      EXPECT_NEAR(normal.mean, step.given_x_0(prediction.x_0[0], x_t).mean, 1e-9);
      EXPECT_NEAR(normal.mean, exact.mean(), 1e-9);
    }
    const double beta = 1 - schedule.alpha_bar(t) / schedule.alpha_bar(s);
    EXPECT_NEAR(std::pow(step.stand_in(x_t, StepVariance::matched).std, 2), exact.variance(), 1e-9);
    EXPECT_NEAR(std::pow(step.stand_in(x_t, StepVariance::beta).std, 2), beta, 1e-12);
    EXPECT_NEAR(std::pow(step.stand_in(x_t, StepVariance::beta_tilde).std, 2),
                (1 - schedule.alpha_bar(s)) / (1 - schedule.alpha_bar(t)) * beta, 1e-12);
  }
}

/// From a script of its own in numpy: a grid of 24,001 points, every density by its definition.
TEST(Distance, AgreesWithNumbersFromAnotherProgram) {
  const struct {
    int t, s;
    double x_t, mean, std, total_variation, kl, total_variation_beta;
  } expected[] = {{400, 399, 0.3, 0.29895004, 0.08973306, 0.000005, 0.0, 0.000120},
                  {400, 300, 0.3, 0.22478665, 0.73457003, 0.014268, 0.000785, 0.024599},
                  {400, 100, 0.3, 0.17307760, 0.97657265, 0.310684, 0.264168, 0.319452},
                  {600, 100, 0.1, 0.01830887, 1.02306273, 0.317393, 0.275883, 0.319372},
                  {400, 0, 0.3, 0.16853038, 1.00341728, 0.512543, 0.717167, 0.517714}};
  for (const auto& e : expected) {
    const ReverseStep step(two_humps(), linear(), e.t, e.s);
    const Mixture1D exact = step.exact(e.x_t);
    const Normal1D matched = step.stand_in(e.x_t, StepVariance::matched);
    EXPECT_NEAR(matched.mean, e.mean, 1e-7);
    EXPECT_NEAR(matched.std, e.std, 1e-7);
    EXPECT_NEAR(total_variation(exact, matched), e.total_variation, 1e-5) << e.t << " → " << e.s;
    EXPECT_NEAR(kl_divergence(exact, matched), e.kl, 5e-6);
    EXPECT_NEAR(total_variation(exact, step.stand_in(e.x_t, StepVariance::beta)), e.total_variation_beta, 1e-5);
  }
}

TEST(Distance, OfGaussiansIsTheClosedForm) {
  const Mixture1D q({{1, 0.3, 0.5}});
  // KL of Gaussians: ln(σ_p/σ_q) + (σ_q² + (μ_q − μ_p)²)/(2σ_p²) − ½
  EXPECT_NEAR(kl_divergence(q, {0.8, 0.7}), std::log(0.7 / 0.5) + (0.25 + 0.25) / (2 * 0.49) - 0.5, 1e-9);
  // Equal widths: 2Φ(|Δμ|/(2σ)) − 1 = erf(|Δμ|/(2√2·σ))
  EXPECT_NEAR(total_variation(q, {0.8, 0.5}), std::erf(0.5 / (2 * std::sqrt(2.0) * 0.5)), 1e-5);
  EXPECT_NEAR(total_variation(q, {0.3, 0.5}), 0, 1e-12);
  EXPECT_NEAR(total_variation(q, {40, 0.5}), 1, 1e-6);
  EXPECT_EQ(total_variation(q, {0, 0}), 1);
  EXPECT_TRUE(std::isinf(kl_divergence(q, {0, 0})));
}

/// Why small steps: the true step back becomes Gaussian as β → 0, and faster than β itself.
TEST(Distance, VanishesWithTheSizeOfTheStep) {
  const Schedule schedule = linear();
  for (const Mixture1D& data : {two_humps(), lopsided()}) {
    double before = 1;
    for (const int size : {300, 100, 30, 10, 3, 1}) {
      const ReverseStep step(data, schedule, 400, 400 - size);
      const double distance = total_variation(step.exact(0.3), step.stand_in(0.3, StepVariance::matched));
      EXPECT_LT(distance, before);
      if (size <= 30) {
        EXPECT_LT(distance, 0.1 * step.beta());
      }
      before = distance;
    }
    EXPECT_LT(before, 1e-4);
  }
}

TEST(ReverseStep, RefusesStepsThatDoNotLeadBack) {
  EXPECT_THROW(ReverseStep(two_humps(), linear(), 5, 5), UsageError);
  EXPECT_THROW(ReverseStep(two_humps(), linear(), 5, 6), UsageError);
  EXPECT_THROW(ReverseStep(two_humps(), linear(), 5, -1), UsageError);
  EXPECT_THROW(ReverseStep(two_humps(), linear(), 1001, 5), UsageError);
}

/// At s = 0 knowing x₀ leaves nothing open, and β̃ is 0.
TEST(ReverseStep, ToCleanDataGivesPointsToWhoKnowsX0) {
  const ReverseStep step(two_humps(), linear(), 300, 0);
  EXPECT_DOUBLE_EQ(step.given_x_0(0.7, -0.3).mean, 0.7);
  EXPECT_EQ(step.given_x_0(0.7, -0.3).std, 0);
  EXPECT_EQ(step.stand_in(0.1, StepVariance::beta_tilde).std, 0);
  EXPECT_GT(step.stand_in(0.1, StepVariance::matched).std, 0);
}

double share(const std::vector<double>& x, double from, double to) {
  double inside = 0;
  for (const double value : x) inside += value >= from && value < to;
  return inside / double(x.size());
}

TEST(Paths1D, ForwardEndsInTheMarginalOfEachTime) {
  const Mixture1D data = lopsided();
  const int count = 20'000;
  const Paths1D paths = forward_paths(data, make_schedule("linear", 50, {{"scale_to_steps", 1}}), count, 5);
  ASSERT_EQ(paths.x.size(), std::size_t(count));
  ASSERT_EQ(paths.t.size(), 51u);
  const Schedule schedule = make_schedule("linear", 50, {{"scale_to_steps", 1}});
  for (const int t : {0, 10, 50}) {
    std::vector<double> x;
    for (const auto& path : paths.x) x.push_back(path[t]);
    const Mixture1D expected = corrupted(data, schedule, t);
    for (double from = -2; from < 2; from += 0.5) {
      const double p = quadrature(from, from + 0.5, 20, [&](double v) { return expected.density(v); });
      EXPECT_NEAR(share(x, from, from + 0.5), p, 5 * std::sqrt(p * (1 - p) / count) + 1e-4) << "t = " << t;
    }
  }
}

/// Small Gaussian steps bring back the data; one large Gaussian step cannot.
TEST(Paths1D, ReverseBringsTheDataBackIfItsStepsAreSmall) {
  const Mixture1D data = two_humps();
  const int count = 10'000;
  const Paths1D small = reverse_paths(data, linear(), {1, StepVariance::matched, count, 3, 9});
  const double between = quadrature(-0.4, 0.4, 40, [&](double v) { return data.density(v); });  // 0.8 %
  EXPECT_NEAR(share(small.ends, -0.4, 0.4), between, 0.006);
  EXPECT_NEAR(share(small.ends, 0, 3), 0.5, 0.02);
  ASSERT_EQ(small.x.size(), 3u);
  EXPECT_EQ(small.t.front(), 1000);
  EXPECT_EQ(small.t.back(), 0);
  EXPECT_EQ(small.x[2].back(), small.ends[2]);
  const Paths1D large = reverse_paths(data, linear(), {1000, StepVariance::matched, count, 3, 9});
  EXPECT_EQ(large.t, (std::vector<int>{1000, 0}));
  // N(0, 1 + 0.25²) has 30 % of its probability there.
  EXPECT_NEAR(share(large.ends, -0.4, 0.4), std::erf(0.4 / std::sqrt(2 * 1.0625)), 0.02);
}

TEST(Paths1D, TheLastStepIsShorterWhenItMustBe) {
  EXPECT_EQ(reverse_paths(two_humps(), linear(), {400, StepVariance::beta, 1, 1, 1}).t,
            (std::vector<int>{1000, 600, 200, 0}));
  EXPECT_THROW(reverse_paths(two_humps(), linear(), {0, StepVariance::beta, 1, 1, 1}), UsageError);
}

}  // namespace
}  // namespace noiseglass
