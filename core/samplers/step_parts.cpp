#include "noiseglass/step_parts.h"

#include "samplers/strided.h"

#include <algorithm>
#include <cmath>

namespace noiseglass {
namespace {

constexpr double smallest_variance = 1e-20;  // of DDPM's fixed small variance, as is usual

void check(const Schedule& schedule, int t, int s) {
  if (s >= 0 && s < t && t <= schedule.steps()) return;
  throw UsageError("a sampler moves from a later t to an earlier one within 0 … " + std::to_string(schedule.steps()) +
                   ", not from " + std::to_string(t) + " to " + std::to_string(s));
}

}  // namespace

StepParts ddpm_step_parts(const Schedule& schedule, int t, int s, bool variance_large) {
  check(schedule, t, s);
  if (s == 0) return {0, 1, 0, 0};  // the posterior shrinks to a point, and no z is added
  const samplers::StridedPosterior posterior(schedule, s, t);
  const double variance = variance_large ? posterior.beta : std::max(posterior.variance, smallest_variance);
  return {posterior.mean_xt, posterior.mean_x0, 0, std::sqrt(variance)};
}

StepParts ddim_step_parts(const Schedule& schedule, int t, int s, double eta) {
  check(schedule, t, s);
  const double variance = eta * eta * samplers::StridedPosterior(schedule, s, t).variance;
  const double direction = std::sqrt(std::max(schedule.variance(s) - variance, 0.0));
  return {0, std::sqrt(schedule.alpha_bar(s)), direction, std::sqrt(variance)};
}

double alpha_bar_after_subtracting(double alpha_bar, double share) {
  const double left = (1 - share) * (1 - share) * (1 - alpha_bar);
  return alpha_bar / (alpha_bar + left);
}

}  // namespace noiseglass
