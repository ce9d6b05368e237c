#pragma once

#include "noiseglass/denoiser.h"

#include <cstdint>

namespace noiseglass::samplers {

/// x += std·z with z from streams::sampler(step); the same z at any std.
void add_noise(State& x, double std, std::uint64_t seed, int step);

}  // namespace noiseglass::samplers
