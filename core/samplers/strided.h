#pragma once

#include "noiseglass/denoiser.h"
#include "noiseglass/noise.h"
#include "noiseglass/schedule.h"

namespace noiseglass::samplers {

/// The forward step from s to t > s as if it were one step of the chain, and its posterior
/// q(x_s | x_t, x₀) = N(mean_x0·x₀ + mean_xt·x_t, variance·I): Ho et al. 2020, eqs. 6–7, with α = ᾱ_t/ᾱ_s.
struct StridedPosterior {
  double beta = 0;  ///< 1 − ᾱ_t/ᾱ_s
  double mean_x0, mean_xt, variance;

  StridedPosterior(const Schedule& schedule, int s, int t);
};

/// x += std·z with z from streams::sampler(step); the same z at any std.
void add_noise(State& x, double std, std::uint64_t seed, int step);

}  // namespace noiseglass::samplers
