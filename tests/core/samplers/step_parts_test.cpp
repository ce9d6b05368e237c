#include "noiseglass/step_parts.h"

#include "core/states.h"
#include "noiseglass/denoiser.h"

#include <gtest/gtest.h>

#include <cmath>

namespace noiseglass {
namespace {

using Real = long double;

/// ᾱ_t as the plain product of 1 − β, in long double.
Real alpha_bar(const Schedule& schedule, int t) {
  Real product = 1;
  for (int k = 1; k <= t; ++k) product *= 1 - Real(schedule.beta(k));
  return product;
}

// Ho et al. 2020, eq. 7, in the paper's own variables: β̃_t and the weights of μ̃_t.
TEST(StepParts, OfDdpmAreEquation7ForOneStep) {
  for (const ScheduleRecord& record : schedule_records()) {
    const Schedule schedule = make_schedule(record.id, 100);
    for (int t = 2; t <= 100; t += 14) {
      SCOPED_TRACE(record.id + " t = " + std::to_string(t));
      const Real now = alpha_bar(schedule, t), before = alpha_bar(schedule, t - 1), beta = schedule.beta(t);
      const StepParts parts = ddpm_step_parts(schedule, t, t - 1);
      EXPECT_NEAR(parts.x_0, double(std::sqrt(before) * beta / (1 - now)), 1e-12);
      EXPECT_NEAR(parts.x_t, double(std::sqrt(1 - beta) * (1 - before) / (1 - now)), 1e-12);
      EXPECT_NEAR(parts.sigma, double(std::sqrt((1 - before) / (1 - now) * beta)), 1e-12);
      EXPECT_EQ(parts.epsilon, 0);
      EXPECT_NEAR(ddpm_step_parts(schedule, t, t - 1, true).sigma, std::sqrt(schedule.beta(t)), 1e-12);
    }
  }
}

// A long step is one step of a chain with α = ᾱ_t/ᾱ_s.
TEST(StepParts, OfDdpmForALongStep) {
  const Schedule schedule = make_schedule("linear", 1000);
  const Real now = alpha_bar(schedule, 500), before = alpha_bar(schedule, 460), beta = 1 - now / before;
  const StepParts parts = ddpm_step_parts(schedule, 500, 460);
  EXPECT_NEAR(parts.x_0, double(std::sqrt(before) * beta / (1 - now)), 1e-12);
  EXPECT_NEAR(parts.x_t, double(std::sqrt(now / before) * (1 - before) / (1 - now)), 1e-12);
  EXPECT_NEAR(parts.sigma, double(std::sqrt((1 - before) / (1 - now) * beta)), 1e-12);
}

// Song et al. 2021, eq. 12 with σ from eq. 16.
TEST(StepParts, OfDdimAreEquation12) {
  const Schedule schedule = make_schedule("cosine", 50);
  for (const double eta : {0.0, 0.5, 1.0})
    for (const auto& [t, s] : {std::pair{50, 40}, {30, 29}, {10, 1}, {7, 0}}) {
      const Real now = alpha_bar(schedule, t), then = alpha_bar(schedule, s);
      const Real sigma = Real(eta) * std::sqrt((1 - then) / (1 - now)) * std::sqrt(1 - now / then);
      const StepParts parts = ddim_step_parts(schedule, t, s, eta);
      EXPECT_NEAR(parts.sigma, double(sigma), 1e-12);
      EXPECT_NEAR(parts.x_0, double(std::sqrt(then)), 1e-12);
      EXPECT_NEAR(parts.epsilon, double(std::sqrt(1 - then - sigma * sigma)), 1e-9);
      EXPECT_EQ(parts.x_t, 0);
    }
}

// With the true x₀ either mean plus noise has the marginal of x_s: signal √ᾱ_s, noise √(1−ᾱ_s).
TEST(StepParts, KeepTheMarginalOfTheForwardProcess) {
  const Schedule schedule = make_schedule("linear", 1000);
  for (const auto& [t, s] : {std::pair{1000, 960}, {500, 499}, {300, 20}, {40, 0}})
    for (const StepParts& parts :
         {ddpm_step_parts(schedule, t, s), ddim_step_parts(schedule, t, s, 0), ddim_step_parts(schedule, t, s, 0.7)}) {
      const double signal = parts.x_0 + parts.x_t * std::sqrt(schedule.alpha_bar(t));
      const double old_noise = parts.epsilon + parts.x_t * schedule.sigma(t);
      EXPECT_NEAR(signal, std::sqrt(schedule.alpha_bar(s)), 1e-12);
      EXPECT_NEAR(old_noise * old_noise + parts.sigma * parts.sigma, schedule.variance(s), 1e-12);
    }
}

TEST(StepParts, TheLastStepGivesTheGuessAndAddsNothing) {
  const Schedule schedule = make_schedule("linear", 10);
  for (const StepParts& parts : {ddpm_step_parts(schedule, 4, 0), ddim_step_parts(schedule, 4, 0, 1)}) {
    EXPECT_EQ(parts.x_0, 1);
    EXPECT_EQ(parts.x_t, 0);
    EXPECT_EQ(parts.epsilon, 0);
    EXPECT_EQ(parts.sigma, 0);
  }
  EXPECT_THROW(ddpm_step_parts(schedule, 4, 4), UsageError);
  EXPECT_THROW(ddim_step_parts(schedule, 11, 4, 0), UsageError);
  EXPECT_THROW(ddim_step_parts(schedule, 3, -1, 0), UsageError);
}

TEST(SubtractingNoise, IsAMixOfTheSameGuess) {
  const Eigen::ArrayXd x_0 = 0.5 * normals(1, 50), epsilon = normals(2, 50);
  for (const double alpha_bar : {4e-5, 0.2, 0.9})
    for (const double share : {0.0, 0.25, 0.8, 1.0}) {
      const Eigen::ArrayXd x_t = std::sqrt(alpha_bar) * x_0 + std::sqrt(1 - alpha_bar) * epsilon;
      const double strength = std::sqrt(alpha_bar + (1 - share) * (1 - share) * (1 - alpha_bar));
      const Eigen::ArrayXd expected = (x_t - share * std::sqrt(1 - alpha_bar) * epsilon) / strength;
      const double a = alpha_bar_after_subtracting(alpha_bar, share);
      EXPECT_LT((std::sqrt(a) * x_0 + std::sqrt(1 - a) * epsilon - expected).abs().maxCoeff(), 1e-10);
    }
  EXPECT_DOUBLE_EQ(alpha_bar_after_subtracting(0.3, 0), 0.3);
  EXPECT_EQ(alpha_bar_after_subtracting(0.3, 1), 1);
}

}  // namespace
}  // namespace noiseglass
