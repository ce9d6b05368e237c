#pragma once

#include "noiseglass/image.h"
#include "noiseglass/noise.h"
#include "noiseglass/schedule.h"

#include <cstdint>
#include <vector>

namespace noiseglass {

/// One shot: x_t = √ᾱ_t·x₀ + √(1−ᾱ_t)·ε (Ho et al. 2020, eq. 4). Shapes must agree.
Image corrupt(const Image& x_0, const Image& epsilon, double alpha_bar);

/// One shot with ε = gaussian_image({seed, streams::forward}, x_0.shape).
Image corrupt(const Image& x_0, const Schedule& schedule, int t, std::uint64_t seed);

/// Noise as a weighted sum of sequences. The squares of the weights add up to 1, so each element is standard normal.
struct NoiseTerm {
  NoiseKey key;
  double weight = 1;
};
using NoiseSum = std::vector<NoiseTerm>;

/// The ε of one shot, the same for every t.
NoiseSum one_epsilon(std::uint64_t seed);

/// (x_t − √ᾱ_t·x₀) / √(1−ᾱ_t) on one path of the chain x_s = √(1−β_s)·x_{s−1} + √β_s·ε_s, whose ε_s are independent
/// and standard normal. x_s/√ᾱ_s − x₀ is a Brownian motion at the time (1−ᾱ_s)/ᾱ_s, so any t of the path can be had by
/// Lévy's construction, from its end inwards: the sum has at most 2 + log₂ T terms, of streams::chain. Empty at t = 0.
NoiseSum chain_epsilon(const Schedule& schedule, int t, std::uint64_t seed);
/// The same at t = 0 … T, for one element.
std::vector<double> chain_epsilon_path(const Schedule& schedule, std::uint64_t seed, std::uint64_t element);

Image noise_image(const NoiseSum& noise, Shape shape);

/// x_t of the chain from x₀. The same distribution as one shot, other numbers.
Image corrupt_chain(const Image& x_0, const Schedule& schedule, int t, std::uint64_t seed);

/// The variance of a picture's values, about the mean of each colour; what times ᾱ/(1−ᾱ) is the picture's own
/// signal-to-noise ratio.
double variance_of(const Image& picture);

}  // namespace noiseglass
