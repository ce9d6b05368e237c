// Gaussian data: the reverse process has a closed form, to which every sampler must converge.
#include "core/samplers/sampler_support.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <numbers>
#include <span>

namespace noiseglass {
namespace {

constexpr GaussianData data;

double end_error(const std::string& sampler, const Schedule& schedule, const std::string& spacing, int N) {
  const std::vector<int> timesteps = make_timesteps(spacing, schedule, N);
  const State start{{1, 1, 3}, Eigen::Array3d(-1.1, 0.2, 1.6)};
  const auto moments = run(sampler, {schedule, timesteps, data.denoiser(3), start});
  return (moments.back().x_0 - data.flow(schedule, start.values, timesteps.front(), 0)).abs().maxCoeff();
}

/// Deterministic samplers: the exact flow map from the first timestep to t = 0, as N grows.
TEST(DeterministicSamplers, ConvergeToTheExactFlowUnderEveryScheduleAndSpacing) {
  for (const SamplerRecord& record : sampler_records()) {
    if (record.order == 0) continue;
    for (const ScheduleRecord& schedule_record : schedule_records()) {
      const Schedule schedule = make_schedule(schedule_record.id, 10'000);
      for (const SpacingRecord& spacing : spacing_records()) {
        SCOPED_TRACE(record.id + " " + schedule_record.id + " " + spacing.id);
        const double coarse = end_error(record.id, schedule, spacing.id, 20);
        const double middle = end_error(record.id, schedule, spacing.id, 200);
        const double fine = end_error(record.id, schedule, spacing.id, 2000);
        EXPECT_LT(middle, coarse);
        EXPECT_LT(fine, coarse / 10);
        // Spacings by noise level spend many steps where cosine and flow leave hardly any picture.
        EXPECT_LT(fine, record.order == 1 ? 5e-3 : 2e-3);
      }
    }
  }
}

/// The order on the smooth stretch from t = 0.9·T to 0.1·T (the last step, to σ = 0, is of first order by design).
TEST(DeterministicSamplers, ConvergeAtTheOrderOfTheirRecord) {
  constexpr int T = 10'000;
  for (const SamplerRecord& record : sampler_records()) {
    if (record.order == 0) continue;
    for (const ScheduleRecord& schedule_record : schedule_records()) {
      const Schedule schedule = make_schedule(schedule_record.id, T);
      const State start{{1, 1, 1}, Eigen::ArrayXd::Constant(1, 1.3)};
      const auto error = [&](int steps) {
        std::vector<int> timesteps;
        for (int k = 0; k <= steps; ++k) timesteps.push_back(9000 - 8000 / steps * k);
        const auto moments = run(record.id, {schedule, timesteps, data.denoiser(1), start});
        double largest = 0;  // over the whole path: at one point the leading error may happen to cancel
        // But not over the first step, which multistep methods take at a lower order, once.
        for (const SamplerStep& moment : std::span(moments).first(timesteps.size()).subspan(2)) {
          const double exact = data.flow(schedule, start.values, 9000, moment.t)[0];
          largest = std::max(largest, std::abs(moment.x_t.values[0] - exact));
        }
        return largest;
      };
      const double order = std::log2(error(200) / error(400));
      EXPECT_NEAR(order, record.order, 0.2) << record.id << " " << schedule_record.id;
    }
  }
}

/// From pure noise under the cosine schedule (σ̄ = 20,291 at t = T) few steps must not throw second-order solvers off.
TEST(DeterministicSamplers, SurviveTheCosineSchedulesFirstStep) {
  const Schedule schedule = make_schedule("cosine", 1000);
  for (const char* sampler : {"euler", "heun", "dpm++2m", "unipc"}) {
    for (const int N : {5, 10, 20, 50}) {
      EXPECT_LT(end_error(sampler, schedule, "trailing", N), 0.25) << sampler << ' ' << N;
    }
  }
}

struct Spread {
  double mean, variance;
};

/// What one stochastic step makes of mean and variance; x̂₀ = μ + k·(x_t − √ᾱ·μ) for Gaussian data, V the step's noise.
Spread step_spread(const Schedule& a, int t, int s, Spread now, double variance_of_step, double direction) {
  const double root_t = std::sqrt(a.alpha_bar(t)), root_s = std::sqrt(a.alpha_bar(s));
  const double k = root_t * data.std * data.std / data.variance(a, t);
  // x_s = √ᾱ_s·x̂₀ + direction·ε̂ + √V·z with ε̂ = (x_t − √ᾱ_t·x̂₀)/√(1−ᾱ_t)
  const double of_x0 = root_s - direction * root_t / a.sigma(t), of_xt = direction / a.sigma(t);
  const double gain = of_x0 * k + of_xt;
  const double mean_x0 = data.mean + k * (now.mean - root_t * data.mean);
  return {of_x0 * mean_x0 + of_xt * now.mean, gain * gain * now.variance + variance_of_step};
}

/// Mean and variance of many elements after a run against the recursion of the two, to five standard errors.
TEST(StochasticSamplers, HaveTheMeanAndVarianceOfTheirRecursion) {
  const Shape shape{200, 200, 1};
  const double count = double(shape.size());
  struct Case {
    const char* id;
    Values values;
    double eta, large;
  };
  for (const Case& c : {Case{"ddpm", {{"variance_large", 0}}, 1, 0}, Case{"ddpm", {{"variance_large", 1}}, 1, 1},
                        Case{"ddim", {{"eta", 1}}, 1, 0}, Case{"ddim", {{"eta", 0.5}}, 0.5, 0},
                        Case{"euler-a", {{"eta", 1}}, 1, 0}, Case{"euler-a", {{"eta", 0.5}}, 0.5, 0}}) {
    for (const ScheduleRecord& schedule_record : schedule_records()) {
      const Schedule schedule = make_schedule(schedule_record.id, 1000);
      const std::vector<int> timesteps = make_timesteps("trailing", schedule, 25);
      const State start = data.draw(schedule, 1000, shape, 3);
      const auto moments =
          run(c.id, {schedule, timesteps, data.denoiser(Eigen::Index(shape.size())), start, 17}, c.values);
      Spread expected{std::sqrt(schedule.alpha_bar(1000)) * data.mean, data.variance(schedule, 1000)};
      for (std::size_t i = 0; i < timesteps.size(); ++i) {
        const int t = timesteps[i], s = i + 1 < timesteps.size() ? timesteps[i + 1] : 0;
        const double beta = 1 - schedule.alpha_bar(t) / schedule.alpha_bar(s);
        const double small = schedule.variance(s) / schedule.variance(t) * beta;
        const double direction = std::sqrt(std::max(schedule.variance(s) - c.eta * c.eta * small, 0.0));
        const double noise = s == 0 ? 0 : c.large ? beta : c.eta * c.eta * small;
        expected = step_spread(schedule, t, s, expected, noise, direction);
      }
      SCOPED_TRACE(std::string(c.id) + " " + schedule_record.id);
      const Eigen::ArrayXd& x = moments.back().x_0;
      const double mean = x.mean(), variance = (x - mean).square().mean();
      EXPECT_NEAR(mean, expected.mean, 5 * std::sqrt(expected.variance / count));
      EXPECT_NEAR(variance / expected.variance, 1, 5 * std::sqrt(2 / count));
    }
  }
}

/// Two numbers at two moments: x and the x̂₀ before it.
struct JointSpread {
  double mean_x, mean_x0;
  Eigen::Matrix2d covariance;  // of x, x̂₀ before
};

/// The covariance of (x, x̂₀ before) under SDE-DPM-Solver++(2M) at η = 1, which is linear on Gaussian data.
TEST(StochasticSamplers, TheSecondOrderSdeSolverHasTheMeanAndVarianceOfItsRecursion) {
  const Shape shape{200, 200, 1};
  const double count = double(shape.size());
  for (const ScheduleRecord& schedule_record : schedule_records()) {
    SCOPED_TRACE(schedule_record.id);
    const Schedule a = make_schedule(schedule_record.id, 1000);
    const std::vector<int> t = make_timesteps("trailing", a, 25);
    const State start = data.draw(a, 1000, shape, 3);
    const Eigen::ArrayXd x =
        run("dpm++2m-sde", {a, t, data.denoiser(Eigen::Index(shape.size())), start, 17}).back().x_0;

    const auto half = [&](int at) { return std::log(std::sqrt(a.alpha_bar(at)) / a.sigma(at)); };
    const auto shrink = [&](int at) { return std::sqrt(a.alpha_bar(at)) * data.std * data.std / data.variance(a, at); };
    JointSpread spread{std::sqrt(a.alpha_bar(1000)) * data.mean, 0,
                       Eigen::Vector2d(data.variance(a, 1000), 0).asDiagonal()};
    for (std::size_t i = 0; i < t.size(); ++i) {
      const double k = shrink(t[i]);
      const double mean_x0 = data.mean + k * (spread.mean_x - std::sqrt(a.alpha_bar(t[i])) * data.mean);
      if (i + 1 == t.size()) {
        spread = {mean_x0, 0, Eigen::Vector2d(k * k * spread.covariance(0, 0), 0).asDiagonal()};
        break;
      }
      const int s = t[i + 1];
      const double h = half(s) - half(t[i]), r = i ? (half(t[i]) - half(t[i - 1])) / h : 1;
      const double now = i ? 1 + 1 / (2 * r) : 1, before = 1 - now;
      const double keep = a.sigma(s) / a.sigma(t[i]) * std::exp(-h);
      const double pull = std::sqrt(a.alpha_bar(s)) * (1 - std::exp(-2 * h));
      Eigen::Matrix2d step;
      step << keep + pull * now * k, pull * before, k, 0;
      Eigen::Matrix2d covariance = step * spread.covariance * step.transpose();
      covariance(0, 0) += a.variance(s) * (1 - std::exp(-2 * h));
      spread = {keep * spread.mean_x + pull * (now * mean_x0 + before * spread.mean_x0), mean_x0, covariance};
    }
    const double variance = spread.covariance(0, 0), mean = x.mean();
    EXPECT_NEAR(mean, spread.mean_x, 5 * std::sqrt(variance / count));
    EXPECT_NEAR((x - mean).square().mean() / variance, 1, 5 * std::sqrt(2 / count));
  }
}

/// The more steps, the nearer to the data's own spread, whatever noise is added on the way (S_noise = 1).
TEST(StochasticSamplers, BringBackTheDataWithManySteps) {
  const Shape shape{200, 200, 1};
  const double five_errors = 5 * std::sqrt(2.0 / double(shape.size()));
  const Schedule schedule = make_schedule("cosine", 1000);
  const State start = data.draw(schedule, 1000, shape, 3);
  for (const SamplerRecord& record : sampler_records()) {
    if (record.order != 0) continue;
    Values values;
    if (resolve_values(record, {}).contains("noise")) values = {{"noise", 1}, {"sigma_low", 0}, {"sigma_high", 100}};
    const Eigen::ArrayXd x =
        run(record.id,
            {schedule, make_timesteps("trailing", schedule, 500), data.denoiser(Eigen::Index(shape.size())), start, 4},
            values)
            .back()
            .x_0;
    EXPECT_NEAR(x.mean(), data.mean, 5 * data.std / 200) << record.id;
    EXPECT_NEAR((x - x.mean()).square().mean() / (data.std * data.std), 1, five_errors + 0.02) << record.id;
  }
}

/// With all T steps both variances of DDPM bring back the data's own spread, and the result is a normal variable.
TEST(StochasticSamplers, WithAllStepsBringBackTheData) {
  const Shape shape{100, 100, 1};
  for (const char* schedule_id : {"linear", "cosine"}) {
    const Schedule schedule = make_schedule(schedule_id, 1000);
    const State start = data.draw(schedule, 1000, shape, 3);
    for (const double large : {0, 1}) {
      const auto moments =
          run("ddpm", {schedule, make_timesteps("trailing", schedule, 1000), data.denoiser(10'000), start, 4},
              {{"variance_large", large}});
      Eigen::ArrayXd x = moments.back().x_0;
      EXPECT_NEAR(x.mean(), data.mean, 5 * data.std / 100);
      EXPECT_NEAR((x - x.mean()).square().mean(), data.std * data.std, 0.02);
      std::sort(x.begin(), x.end());
      double distance = 0;
      for (Eigen::Index i = 0; i < x.size(); ++i) {
        const double probability = 0.5 * std::erfc(-(x[i] - data.mean) / data.std / std::numbers::sqrt2);
        distance = std::max(distance, std::abs(probability - (double(i) + 0.5) / 10'000));
      }
      EXPECT_LT(distance, 0.03) << schedule_id << ' ' << large;
    }
  }
}

}  // namespace
}  // namespace noiseglass
