#pragma once

#include <cstdint>

namespace noiseglass::learning {

// What a step of training draws by chance besides its noise: numbers in 0 … 1, the same for the same seed, step and
// place.

/// Which of the points stands at place `i` of the batch.
double drawn_point(std::uint64_t seed, int step, int i);
/// By how much all t of the batch, which are spread evenly, are shifted (Kingma et al. 2021, appendix I.1).
double drawn_offset(std::uint64_t seed, int step);

}  // namespace noiseglass::learning
