#pragma once

#include "noiseglass/image.h"

#include <array>
#include <cstdint>
#include <span>

namespace noiseglass {

/// Names one endless sequence of standard normal numbers. Number i of it is a pure function of
/// (seed, stream, i): the same on every machine, thread count and vector width.
struct NoiseKey {
  std::uint64_t seed = 0;
  std::uint64_t stream = 0;
  bool operator==(const NoiseKey&) const = default;
};

/// All streams in use: each family has 2³² of its own, and stands here once, so that no two can be the same.
namespace streams {
enum class Family : std::uint64_t {
  forward,           ///< the ε of x_t = √ᾱ_t·x₀ + √(1−ᾱ_t)·ε
  chain,             ///< by t: what x_t of the chain has of its own (chain_epsilon), or the ε_t of a step to it
  sampler,           ///< by step: the z of a sampler
  dataset,           ///< what a set of points is drawn from
  learning = 16,     ///< by training step: its noise
  learning_words,    ///< its points and its t, as plain Philox words
  learning_weights,  ///< the first weights of a network
  learning_measure,  ///< the fixed points that losses are measured on
  discrete_jump,     ///< by k: the k-th forgetting of a token
  discrete_step,     ///< by step: the draws of the discrete reverse process
  latent_sample,     ///< by n: sample n of the prior
  chroma,            ///< what makes grey noise white in colour
};
constexpr std::uint64_t of(Family family, int index = 0) {
  return (std::uint64_t(family) << 32) + std::uint64_t(index);
}

constexpr std::uint64_t forward = of(Family::forward);
constexpr std::uint64_t chain(int t) { return of(Family::chain, t); }
constexpr std::uint64_t sampler(int step) { return of(Family::sampler, step); }
constexpr std::uint64_t dataset(int part) { return of(Family::dataset, part); }
constexpr std::uint64_t learning(int step) { return of(Family::learning, step); }
constexpr std::uint64_t learning_words = of(Family::learning_words);
constexpr std::uint64_t learning_weights = of(Family::learning_weights);
constexpr std::uint64_t learning_measure = of(Family::learning_measure);
constexpr std::uint64_t discrete_jump(int k) { return of(Family::discrete_jump, k); }
constexpr std::uint64_t discrete_step(int step) { return of(Family::discrete_step, step); }
constexpr std::uint64_t latent_sample(int n) { return of(Family::latent_sample, n); }
constexpr std::uint64_t chroma = of(Family::chroma);
}  // namespace streams

/// Philox4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3", §3.3).
std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key);

/// out[k] = number `first + k` of the sequence: counter (i/4 low, i/4 high, stream low, stream high),
/// key = seed, Box–Muller on words (0, 1) and (2, 3).
void fill_gaussian(NoiseKey key, std::uint64_t first, std::span<float> out);

/// One number of the sequence.
float gaussian(NoiseKey key, std::uint64_t element);

/// ε for a picture; its element index is the image's (see Shape).
Image gaussian_image(NoiseKey key, Shape shape);

}  // namespace noiseglass
