#include "noiseglass/step_parts.h"

#include <algorithm>
#include <cmath>

namespace noiseglass {
namespace {

constexpr double smallest_variance = 1e-20;  // of DDPM's fixed small variance, as is usual

}  // namespace

StepParts ddpm_step_parts(const Schedule& schedule, int t, int s, bool variance_large) {
  const Schedule::Posterior posterior = schedule.posterior(t, s);
  if (s == 0) return {0, 1, 0, 0};  // the posterior shrinks to a point, and no z is added
  const double variance = variance_large ? posterior.beta : std::max(posterior.variance, smallest_variance);
  return {posterior.mean_x_t, posterior.mean_x_0, 0, std::sqrt(variance)};
}

StepParts ddim_step_parts(const Schedule& schedule, int t, int s, double eta) {
  const double variance = eta * eta * schedule.posterior(t, s).variance;
  const double direction = std::sqrt(std::max(schedule.variance(s) - variance, 0.0));
  return {0, std::sqrt(schedule.alpha_bar(s)), direction, std::sqrt(variance)};
}

double alpha_bar_after_subtracting(double alpha_bar, double share) {
  const double left = (1 - share) * (1 - share) * (1 - alpha_bar);
  return alpha_bar / (alpha_bar + left);
}

}  // namespace noiseglass
