// Gaussian noise that is the same to the last bit on every machine: Philox words are integers, and what turns
// them into normal numbers uses only operations that IEEE 754 rounds correctly in float32 (+ − × ÷ √ and
// conversions of small integers), never libm, whose log and sin differ from machine to machine. Each lane of a
// loop does the same operations as a lone number would, so the vector width does not matter, and the loop is compiled
// for several (level.h); the build forbids contraction to fused multiply-adds (-ffp-contract=off).
#include "noiseglass/noise.h"

#include "base/processor.h"
#include "noise/fill_blocks.h"
#include "noise/normal_from_words.h"

#include <algorithm>

namespace noiseglass {
namespace noise_portable {
extern const NoiseKernel level;
}
namespace noise_v3 {
extern const NoiseKernel level;
}
namespace noise_v4 {
extern const NoiseKernel level;
}

namespace {

/// The best that this processor has, looked up once.
const NoiseKernel& best_kernel() {
  static const NoiseKernel& best = *available_noise_kernels().kernels[0];
  return best;
}

}  // namespace

NoiseKernels available_noise_kernels() {
  NoiseKernels list{};
#ifdef __x86_64__
  if (has_x86_64_v4()) list.kernels[list.count++] = &noise_v4::level;
  if (has_x86_64_v3()) list.kernels[list.count++] = &noise_v3::level;
#endif
  list.kernels[list.count++] = &noise_portable::level;
  return list;
}

std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key) {
  auto [c0, c1, c2, c3] = counter;
  auto [k0, k1] = key;
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t p0 = std::uint64_t{0xD2511F53} * c0, p1 = std::uint64_t{0xCD9E8D57} * c2;
    c0 = std::uint32_t(p1 >> 32) ^ c1 ^ k0;
    c2 = std::uint32_t(p0 >> 32) ^ c3 ^ k1;
    c1 = std::uint32_t(p1);
    c3 = std::uint32_t(p0);
    k0 += 0x9E3779B9;  // the golden ratio
    k1 += 0xBB67AE85;  // √3 − 1
  }
  return {c0, c1, c2, c3};
}

void fill_gaussian(NoiseKey key, std::uint64_t first, std::span<float> out) {
  constexpr std::size_t chunk = 4 * noise_blocks;
  const auto fill_blocks = best_kernel().fill_blocks;
  float buffer[chunk];
  while (!out.empty()) {
    const std::size_t skip = first % 4;  // a sequence may be entered inside a block
    const std::size_t count = std::min(out.size(), chunk - skip);
    if (count == chunk) {
      fill_blocks(key.seed, key.stream, first / 4, out.data());
    } else {
      fill_blocks(key.seed, key.stream, first / 4, buffer);
      std::copy_n(buffer + skip, count, out.data());
    }
    first += count;
    out = out.subspan(count);
  }
}

float gaussian(NoiseKey key, std::uint64_t element) {
  const std::uint64_t block = element / 4;
  const auto words = philox4x32(
      {std::uint32_t(block), std::uint32_t(block >> 32), std::uint32_t(key.stream), std::uint32_t(key.stream >> 32)},
      {std::uint32_t(key.seed), std::uint32_t(key.seed >> 32)});
  const std::size_t pair = element % 4 / 2;
  const NormalPair normal = normal_from_words(words[2 * pair], words[2 * pair + 1]);
  return element % 2 == 0 ? normal.first : normal.second;
}

Image gaussian_image(NoiseKey key, Shape shape) {
  Image image(shape);
  fill_gaussian(key, 0, image.data);
  return image;
}

}  // namespace noiseglass
