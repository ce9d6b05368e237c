#pragma once

#include "noiseglass/sampler.h"

namespace noiseglass::samplers {

/// Churn: each step goes further down than it was asked to, from σ̄' to σ̄'/(1 + γ), and fresh noise lifts x̄ back up to
/// σ̄'. This is Karras et al. 2022, algorithm 2, its loop cut after line 6 instead of before line 4: the timesteps are
/// its raised levels t̂, so that no evaluation is spent on a level that is left at once. The first raise, of what is
/// noise anyway, falls away.
struct Churn {
  double churn;       ///< S_churn
  double sigma_low;   ///< S_tmin: no churn below this level σ̄
  double sigma_high;  ///< S_tmax: none above this
  double noise;       ///< S_noise, the standard deviation of the fresh noise

  static std::vector<Parameter> parameters();
  static Churn from(const Values& values);

  /// The level to go down to on the way to `sigma`: sigma/(1 + γ), γ = min(S_churn/N, √2 − 1) if that lies within
  /// S_tmin … S_tmax, else 0. @param steps N
  double below(double sigma, int steps) const;
};

/// x at t_next from x̄ at the level `below`: lifted with noise of streams::sampler(step).
State raise(const SamplerProblem& problem, const Churn& churn, const Eigen::ArrayXd& x_flow, double below, int t_next,
            int step);

}  // namespace noiseglass::samplers
