#pragma once

#include "noiseglass/sampler.h"

#include <functional>

namespace noiseglass::samplers {

/// The probability-flow ODE in the coordinates x̄ = x/√ᾱ and σ̄ = √((1 − ᾱ)/ᾱ), where it reads
/// dx̄/dσ̄ = (x̄ − x̂₀)/σ̄ (Karras et al. 2022, eqs. 1 and 3). Clean data is at σ̄ = 0.
double flow_sigma(const Schedule& schedule, int t);
Eigen::ArrayXd flow_slope(const SamplerStep& moment, double sigma);

/// x̄ at σ̄' = `to` by Heun's rule from `now` at σ̄ = `from`; `look` evaluates Euler's guess, x̄ at `to`. A step that
/// divides σ̄ by more than 8 stays an Euler step: the trapezoid gives the second look at x̂₀ the weight (σ̄ − σ̄')/(2σ̄'),
/// which should be at most 1. At the cosine schedule's first step (σ̄ = 20,291 to 6 when N = 10) it would be 1,600, and
/// a small change of x̂₀ would throw x̄ far off. Steps this long are outside of second order anyway.
Eigen::ArrayXd heun_move(const SamplerStep& now, double from, double to,
                         const std::function<SamplerStep(const Eigen::ArrayXd& x_flow)>& look);

}  // namespace noiseglass::samplers
