#pragma once

#include "noiseglass/schedule.h"

namespace noiseglass {

/// One move of a sampler from t to s < t, taken apart: x_s = (x_t·xₜ + x_0·x̂₀ + epsilon·ε̂) + sigma·z with fresh
/// noise z. The part in brackets is the mean. The samplers themselves move by these numbers.
struct StepParts {
  double x_t = 0, x_0 = 0, epsilon = 0;  ///< weights within the mean
  double sigma = 0;                      ///< standard deviation of what is added
};

/// DDPM: the posterior q(x_s | x_t, x₀) with x̂₀ in place of x₀. x_0 = √ᾱ_s·β/(1−ᾱ_t), x_t = √α·(1−ᾱ_s)/(1−ᾱ_t) and
/// σ² = (1−ᾱ_s)/(1−ᾱ_t)·β, or β when `variance_large`; α = ᾱ_t/ᾱ_s, β = 1 − α (Ho et al. 2020, eq. 7 and alg. 2; for
/// steps longer than one, Nichol & Dhariwal 2021, section 4). To s = 0 the mean is x̂₀ and nothing is added.
/// @throws UsageError unless 0 ≤ s < t ≤ T
StepParts ddpm_step_parts(const Schedule& schedule, int t, int s, bool variance_large = false);

/// DDIM: √ᾱ_s·x̂₀ + √(1−ᾱ_s−σ²)·ε̂ + σ·z, σ² = η²·(1−ᾱ_s)/(1−ᾱ_t)·β (Song et al. 2021, eqs. 12 and 16).
/// @throws UsageError unless 0 ≤ s < t ≤ T
StepParts ddim_step_parts(const Schedule& schedule, int t, int s, double eta);

/// x_t with the share `share` of its guessed noise taken away, brought back to strength, is again a mix of the same x̂₀
/// and ε̂: (x_t − share·√(1−ᾱ)·ε̂)/√(ᾱ + (1−share)²·(1−ᾱ)) = √a·x̂₀ + √(1−a)·ε̂.
/// @returns a: ᾱ at share 0, 1 at share 1  @param alpha_bar above 0  @param share 0 … 1
double alpha_bar_after_subtracting(double alpha_bar, double share);

}  // namespace noiseglass
