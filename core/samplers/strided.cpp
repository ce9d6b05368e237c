#include "samplers/strided.h"

#include <cmath>

namespace noiseglass::samplers {

StridedPosterior::StridedPosterior(const Schedule& schedule, int s, int t) {
  // As a sum of positive terms: 1 − ᾱ_t/ᾱ_s would cancel near t = 0, and a difference of variances near t = T.
  for (int k = s + 1; k <= t; ++k) beta += (1 - beta) * schedule.beta(k);
  mean_x0 = std::sqrt(schedule.alpha_bar(s)) * beta / schedule.variance(t);
  mean_xt = std::sqrt(schedule.alpha_bar(t) / schedule.alpha_bar(s)) * schedule.variance(s) / schedule.variance(t);
  variance = schedule.variance(s) / schedule.variance(t) * beta;
}

void add_noise(State& x, double std, std::uint64_t seed, int step) {
  std::vector<float> z(std::size_t(x.values.size()));
  fill_gaussian({seed, streams::sampler(step)}, 0, z);
  x.values += std * Eigen::Map<const Eigen::ArrayXf>(z.data(), x.values.size()).cast<double>();
}

}  // namespace noiseglass::samplers
