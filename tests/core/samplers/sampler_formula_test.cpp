// Each sampler against its paper's formula, written once more in the paper's own variables, on data whose x̂₀ is not
// linear in x_t (so that no error can hide in symmetry).
#include "core/samplers/sampler_support.h"

#include <gmock/gmock.h>

namespace noiseglass {
namespace {

const std::vector<int> timesteps = {1000, 830, 560, 300, 90, 12};

SamplerProblem mixture_problem(const std::string& schedule = "linear") {
  GaussianMixture mixture;
  mixture.components = {{1, point({-0.6, 0.2}).values, 0.2}, {2, point({0.5, -0.4}).values, 0.1}};
  return {make_schedule(schedule, 1000), timesteps, make_mixture_denoiser(mixture), point({0.4, -1.3}), 5};
}

int next_of(const SamplerStep& moment) {
  return moment.index + 1 < int(timesteps.size()) ? timesteps[moment.index + 1] : 0;
}

Eigen::ArrayXd noise_of(const SamplerStep& moment, Eigen::Index size) {
  Eigen::ArrayXd z(size);
  for (Eigen::Index i = 0; i < size; ++i) z[i] = gaussian({5, streams::sampler(moment.index)}, std::uint64_t(i));
  return z;
}

/// Checks that each moment's x_t is what `formula` makes of the moment before.
void check_steps(const std::string& id, const SamplerProblem& problem, const Values& values,
                 const std::function<Eigen::ArrayXd(const std::vector<SamplerStep>&, std::size_t i, int s)>& formula) {
  const std::vector<SamplerStep> moments = run(id, problem, values);
  for (std::size_t i = 0; i + 1 < moments.size(); ++i) {
    const Eigen::ArrayXd expected = formula(moments, i, next_of(moments[i]));
    EXPECT_LT((moments[i + 1].x_t.values - expected).abs().maxCoeff(), 1e-11) << id << " step " << i;
  }
}

TEST(Ddpm, StepsAsTheStridedPosterior) {
  const SamplerProblem problem = mixture_problem();
  const Schedule& a = problem.schedule;
  for (const double large : {0, 1}) {
    check_steps("ddpm", problem, {{"variance_large", large}}, [&](const auto& moments, std::size_t i, int s) {
      const SamplerStep& m = moments[i];
      const double alpha = m.alpha_bar / a.alpha_bar(s), beta = 1 - alpha;
      const double variance = large ? beta : (1 - a.alpha_bar(s)) / (1 - m.alpha_bar) * beta;
      const Eigen::ArrayXd mean = std::sqrt(a.alpha_bar(s)) * beta / (1 - m.alpha_bar) * m.x_0 +
                                  std::sqrt(alpha) * (1 - a.alpha_bar(s)) / (1 - m.alpha_bar) * m.x_t.values;
      return Eigen::ArrayXd(mean + (s > 0 ? std::sqrt(variance) : 0) * noise_of(m, 2));
    });
  }
}

/// With every t visited the strided coefficients are the schedule's own.
TEST(Ddpm, WithoutStridesUsesTheSchedulesPosterior) {
  for (const ScheduleRecord& record : schedule_records()) {
    SamplerProblem problem = mixture_problem(record.id);
    problem.timesteps = make_timesteps("trailing", problem.schedule, 1000);
    const std::vector<SamplerStep> moments = run("ddpm", problem);
    for (std::size_t i = 0; i + 2 < moments.size(); ++i) {
      const SamplerStep& m = moments[i];
      const Eigen::ArrayXd expected = problem.schedule.posterior(m.t, m.t - 1).mean_x_0 * m.x_0 +
                                      problem.schedule.posterior(m.t, m.t - 1).mean_x_t * m.x_t.values +
                                      std::sqrt(problem.schedule.posterior(m.t, m.t - 1).variance) * noise_of(m, 2);
      ASSERT_LT((moments[i + 1].x_t.values - expected).abs().maxCoeff(), 1e-12) << record.id << " t = " << m.t;
    }
  }
}

TEST(Ddim, StepsAsEquation12) {
  const SamplerProblem problem = mixture_problem();
  const Schedule& a = problem.schedule;
  for (const double eta : {0.0, 0.3, 1.0}) {
    check_steps("ddim", problem, {{"eta", eta}}, [&](const auto& moments, std::size_t i, int s) {
      const SamplerStep& m = moments[i];
      const double sigma =
          eta * std::sqrt((1 - a.alpha_bar(s)) / (1 - m.alpha_bar)) * std::sqrt(1 - m.alpha_bar / a.alpha_bar(s));
      return Eigen::ArrayXd(std::sqrt(a.alpha_bar(s)) * m.x_0 +
                            std::sqrt(1 - a.alpha_bar(s) - sigma * sigma) * m.epsilon + sigma * noise_of(m, 2));
    });
  }
}

/// DDIM's clipping convention: x̂₀ is clipped, ε̂ stays.
TEST(Ddim, KeepsTheUnclippedEpsilonWhenItClips) {
  SamplerProblem problem = mixture_problem();
  problem.denoiser = make_oracle_denoiser(point({1.5, -0.3}));
  problem.clip = true;
  const std::vector<SamplerStep> moments = run("ddim", problem);
  const SamplerStep& m = moments[0];
  const double sigma = problem.schedule.sigma(1000);
  const double epsilon = (m.x_t.values[0] - std::sqrt(m.alpha_bar) * 1.5) / sigma;
  EXPECT_NEAR(moments[1].x_t.values[0],
              std::sqrt(moments[1].alpha_bar) * 1 + problem.schedule.sigma(moments[1].t) * epsilon, 1e-12);
}

/// The identities that tie the family together: DDIM at η = 1 is DDPM, at η = 0 it is Euler's method.
TEST(Ddim, IsDdpmAtEtaOneAndEulerAtEtaZero) {
  for (const ScheduleRecord& record : schedule_records()) {
    const SamplerProblem problem = mixture_problem(record.id);
    const auto pairs = {std::pair{run("ddim", problem, {{"eta", 1}}), run("ddpm", problem)},
                        std::pair{run("ddim", problem, {{"eta", 0}}), run("euler", problem)}};
    for (const auto& [a, b] : pairs) {
      for (std::size_t i = 0; i < a.size(); ++i) {
        EXPECT_LT((a[i].x_t.values - b[i].x_t.values).abs().maxCoeff(), 1e-10) << record.id << " step " << i;
      }
    }
  }
}

/// In Karras' variables: Heun's rule on dx̄/dσ̄ = (x̄ − x̂₀(x̄; σ̄))/σ̄.
TEST(Heun, StepsAsAlgorithm1ExceptWhereSigmaFallsToLessThanAnEighth) {
  for (const auto& [schedule, expected_heun_steps] : {std::pair{"linear", 5}, {"cosine", 4}}) {
    const SamplerProblem problem = mixture_problem(schedule);
    const Schedule& a = problem.schedule;
    const auto sigma_of = [&](int t) { return std::sqrt(1 / a.alpha_bar(t) - 1); };
    int heun_steps = 0;
    check_steps("heun", problem, {}, [&](const auto& moments, std::size_t i, int s) {
      const SamplerStep& m = moments[i];
      const double sigma = sigma_of(m.t), sigma_next = sigma_of(s);
      const Eigen::ArrayXd x = m.x_t.values / std::sqrt(m.alpha_bar), d = (x - m.x_0) / sigma;
      Eigen::ArrayXd next = x + (sigma_next - sigma) * d;
      if (s > 0 && sigma_next * 8 >= sigma) {
        ++heun_steps;
        const State ahead{m.x_t.shape, next * std::sqrt(a.alpha_bar(s))};
        const Eigen::ArrayXd d_next = (next - problem.denoiser->predict(ahead, a.log_snr(s)).x_0) / sigma_next;
        next = x + (sigma_next - sigma) * (d + d_next) / 2;
      }
      return Eigen::ArrayXd(next * std::sqrt(a.alpha_bar(s)));
    });
    EXPECT_EQ(heun_steps, expected_heun_steps) << schedule;
  }
}

/// In Lu et al.'s variables, where α = √ᾱ, σ = √(1−ᾱ) and λ = ln(α/σ) is half of ours.
TEST(DpmSolverPlusPlus, StepsAsAlgorithm2WithFirstOrderEnds) {
  const SamplerProblem problem = mixture_problem();
  const auto alpha = [&](int t) { return std::sqrt(problem.schedule.alpha_bar(t)); };
  const auto sigma = [&](int t) { return std::sqrt(1 - problem.schedule.alpha_bar(t)); };
  const auto lambda = [&](int t) { return std::log(alpha(t) / sigma(t)); };
  check_steps("dpm++2m", problem, {}, [&](const auto& moments, std::size_t i, int s) {
    const SamplerStep& m = moments[i];
    if (s == 0) return m.x_0;
    const double h = lambda(s) - lambda(m.t);
    Eigen::ArrayXd D = m.x_0;
    if (i > 0) {
      const double r = (lambda(m.t) - lambda(moments[i - 1].t)) / h;
      D = (1 + 1 / (2 * r)) * m.x_0 - 1 / (2 * r) * moments[i - 1].x_0;
    }
    return Eigen::ArrayXd(sigma(s) / sigma(m.t) * m.x_t.values - alpha(s) * (std::exp(-h) - 1) * D);
  });
}

/// In Zhao et al.'s variables: the weights of UniC-2 from its two linear equations, in long double.
TEST(UniPc, PredictsAndCorrectsAsItsEquations) {
  using Real = long double;
  const SamplerProblem problem = mixture_problem();
  const Schedule& a = problem.schedule;
  const auto alpha = [&](int t) { return std::sqrt(a.alpha_bar(t)); };
  const auto lambda = [&](int t) { return a.log_snr(t) / 2; };
  Eigen::ArrayXd corrected;  // x at the moment before, corrected
  const auto move = [&](const Eigen::ArrayXd& x, int t, int s, const Eigen::ArrayXd& D) -> Eigen::ArrayXd {
    return a.sigma(s) / a.sigma(t) * x - alpha(s) * std::expm1(-(lambda(s) - lambda(t))) * D;
  };
  check_steps("unipc", problem, {}, [&](const auto& moments, std::size_t i, int s) {
    const SamplerStep& m = moments[i];
    if (i == 0) corrected = m.x_t.values;
    if (i == 1) corrected = move(corrected, moments[0].t, m.t, (moments[0].x_0 + m.x_0) / 2);
    if (i >= 2) {
      const SamplerStep &one = moments[i - 1], &two = moments[i - 2];
      const Real h = lambda(m.t) - lambda(one.t), r = (lambda(two.t) - lambda(one.t)) / h;
      const Real B = std::expm1(-h), phi_1 = B / -h, phi_2 = (phi_1 - 1) / -h, phi_3 = (phi_2 - 0.5L) / -h;
      const Real b_1 = -h * phi_2 / B, b_2 = 2 * -h * phi_3 / B;  // = ρ₁ + ρ₂ and r·ρ₁ + ρ₂
      const double rho_1 = double((b_1 - b_2) / (1 - r)), rho_2 = double((b_2 - r * b_1) / (1 - r));
      corrected =
          move(corrected, one.t, m.t, one.x_0 + rho_1 * (two.x_0 - one.x_0) / double(r) + rho_2 * (m.x_0 - one.x_0));
    }
    if (s == 0) return m.x_0;
    Eigen::ArrayXd D = m.x_0;
    if (i > 0) {
      const double r = (lambda(moments[i - 1].t) - lambda(m.t)) / (lambda(s) - lambda(m.t));
      D += 0.5 * (moments[i - 1].x_0 - m.x_0) / r;
    }
    return move(corrected, m.t, s, D);
  });
}

}  // namespace
}  // namespace noiseglass
