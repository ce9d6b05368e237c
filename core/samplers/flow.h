#pragma once

#include "noiseglass/sampler.h"

namespace noiseglass::samplers {

/// The probability-flow ODE in the coordinates x̄ = x/√ᾱ and σ̄ = √((1 − ᾱ)/ᾱ), where it reads
/// dx̄/dσ̄ = (x̄ − x̂₀)/σ̄ (Karras et al. 2022, eqs. 1 and 3). Clean data is at σ̄ = 0.
double flow_sigma(const Schedule& schedule, int t);
Eigen::ArrayXd flow_slope(const SamplerStep& moment, double sigma);

}  // namespace noiseglass::samplers
