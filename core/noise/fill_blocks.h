#pragma once

#include <cstdint>

/// The noise of many Philox blocks at once, compiled once for each instruction set. All give the same bits.
/// Private to the core.
namespace noiseglass {

constexpr int noise_blocks = 64;  ///< that fill_blocks makes in one call

struct NoiseKernel {
  const char* name;
  /// Numbers 4·block … 4·(block + noise_blocks) − 1 of the sequence (seed, stream).
  void (*fill_blocks)(std::uint64_t seed, std::uint64_t stream, std::uint64_t block, float* out);
};

/// All that this processor can run, the best first; the last is the portable one.
struct NoiseKernels {
  const NoiseKernel* kernels[3];
  int count;
};
NoiseKernels available_noise_kernels();

}  // namespace noiseglass
