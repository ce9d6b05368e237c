#include "learning/draws.h"

#include "noiseglass/noise.h"

#include <array>

namespace noiseglass::learning {
namespace {

double uniform(std::uint32_t word) { return (word + 0.5) / 4294967296.0; }

std::array<std::uint32_t, 4> words(std::uint64_t seed, std::uint32_t block, std::uint32_t step) {
  return philox4x32({block, step, std::uint32_t(streams::learning_words), std::uint32_t(streams::learning_words >> 32)},
                    {std::uint32_t(seed), std::uint32_t(seed >> 32)});
}

}  // namespace

double drawn_point(std::uint64_t seed, int step, int i) {
  return uniform(words(seed, std::uint32_t(i) / 3, std::uint32_t(step))[std::size_t(i % 3)]);
}

double drawn_offset(std::uint64_t seed, int step) { return uniform(words(seed, 0, std::uint32_t(step))[3]); }

}  // namespace noiseglass::learning
