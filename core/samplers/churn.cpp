#include "samplers/churn.h"

#include "samplers/flow.h"
#include "samplers/fresh_noise.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace noiseglass::samplers {

std::vector<Parameter> Churn::parameters() {
  return {
      {"churn", "churn", "S_churn: how much noise all steps together add and take away again.", 40, 0, 100},
      {"sigma_low", "no churn below", "S_tmin: the noise level √((1 − ᾱ)/ᾱ) below which there is none.", 0.05, 0, 1},
      {"sigma_high", "no churn above", "S_tmax: the noise level √((1 − ᾱ)/ᾱ) above which there is none.", 50, 1, 100},
      {"noise", "strength of the noise", "S_noise: above 1 it makes up for detail that the network smooths away.",
       1.003, 0.9, 1.1},
  };
}

Churn Churn::from(const Values& values) {
  return {values.at("churn"), values.at("sigma_low"), values.at("sigma_high"), values.at("noise")};
}

double Churn::below(double sigma, int steps) const {
  const double gamma = std::min(churn / steps, std::numbers::sqrt2 - 1), down = sigma / (1 + gamma);
  return down >= sigma_low && down <= sigma_high ? down : sigma;
}

State raise(const SamplerProblem& problem, const Churn& churn, const Eigen::ArrayXd& x_flow, double below, int t_next,
            int step) {
  const double from_flow = std::sqrt(problem.schedule.alpha_bar(t_next));
  const double sigma = flow_sigma(problem.schedule, t_next);
  State x{problem.x_start.shape, from_flow * x_flow};
  if (below < sigma) {
    const double std = std::sqrt((sigma - below) * (sigma + below));
    add_noise(x, from_flow * churn.noise * std, problem.seed, step);
  }
  return x;
}

}  // namespace noiseglass::samplers
