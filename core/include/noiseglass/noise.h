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

/// Streams in use; each family has 2³² streams of its own.
namespace streams {
constexpr std::uint64_t forward = 0;  ///< the ε of x_t = √ᾱ_t·x₀ + √(1−ᾱ_t)·ε
constexpr std::uint64_t chain(int t) { return (1ull << 32) + std::uint64_t(t); }  ///< the ε_t of q(x_t|x_{t−1})
constexpr std::uint64_t sampler(int step) { return (2ull << 32) + std::uint64_t(step); }  ///< z of sampler step `step`
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
