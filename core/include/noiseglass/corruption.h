#pragma once

#include "noiseglass/image.h"
#include "noiseglass/noise.h"
#include "noiseglass/schedule.h"

namespace noiseglass {

/// One shot: x_t = √ᾱ_t·x₀ + √(1−ᾱ_t)·ε (Ho et al. 2020, eq. 4). Shapes must agree.
Image corrupt(const Image& x_0, const Image& epsilon, double alpha_bar);

/// One shot with ε = gaussian_image({seed, streams::forward}, x_0.shape).
Image corrupt(const Image& x_0, const Schedule& schedule, int t, std::uint64_t seed);

/// One step of the chain, in place: x_t = √(1−β_t)·x_{t−1} + √β_t·ε_t with ε_t from streams::chain(t).
void corrupt_step(Image& x, const Schedule& schedule, int t, std::uint64_t seed);

/// The chain from x₀ to x_t, step by step. The same distribution as one shot, other numbers.
Image corrupt_chain(const Image& x_0, const Schedule& schedule, int t, std::uint64_t seed);

}  // namespace noiseglass
