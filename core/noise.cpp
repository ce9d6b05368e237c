// Gaussian noise that is the same to the last bit on every machine: Philox words are integers, and what turns
// them into normal numbers uses only operations that IEEE 754 rounds correctly in float32 (+ − × ÷ √ and
// conversions of small integers), never libm, whose log and sin differ from machine to machine. Each lane of a
// loop does the same operations as a lone number would, so the vector width does not matter; the build forbids
// contraction to fused multiply-adds (-ffp-contract=off).
#include "noiseglass/noise.h"

#include "normal_from_words.h"

#include <algorithm>

namespace noiseglass {
namespace {

constexpr int rounds = 10;

/// One block of four words, or as many blocks side by side as an array holds: see fill_blocks.
inline void philox_rounds(std::uint32_t& c0, std::uint32_t& c1, std::uint32_t& c2, std::uint32_t& c3, std::uint32_t k0,
                          std::uint32_t k1) {
  for (int round = 0; round < rounds; ++round) {
    const std::uint64_t p0 = std::uint64_t{0xD2511F53} * c0, p1 = std::uint64_t{0xCD9E8D57} * c2;
    c0 = std::uint32_t(p1 >> 32) ^ c1 ^ k0;
    c2 = std::uint32_t(p0 >> 32) ^ c3 ^ k1;
    c1 = std::uint32_t(p1);
    c3 = std::uint32_t(p0);
    k0 += 0x9E3779B9;  // the golden ratio
    k1 += 0xBB67AE85;  // √3 − 1
  }
}

constexpr std::size_t lanes = 64;

/// Numbers 4·block … 4·(block + lanes) − 1 of the sequence; separate plain loops, which compilers vectorise.
void fill_blocks(NoiseKey key, std::uint64_t block, float* out) {
  std::uint32_t w0[lanes], w1[lanes], w2[lanes], w3[lanes];
  const auto k0 = std::uint32_t(key.seed), k1 = std::uint32_t(key.seed >> 32);
  for (std::size_t i = 0; i < lanes; ++i) {
    w0[i] = std::uint32_t(block + i);
    w1[i] = std::uint32_t((block + i) >> 32);
    w2[i] = std::uint32_t(key.stream);
    w3[i] = std::uint32_t(key.stream >> 32);
  }
  for (std::size_t i = 0; i < lanes; ++i) philox_rounds(w0[i], w1[i], w2[i], w3[i], k0, k1);
  for (std::size_t i = 0; i < lanes; ++i) {
    const NormalPair a = normal_from_words(w0[i], w1[i]), b = normal_from_words(w2[i], w3[i]);
    out[4 * i] = a.first;
    out[4 * i + 1] = a.second;
    out[4 * i + 2] = b.first;
    out[4 * i + 3] = b.second;
  }
}

}  // namespace

std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key) {
  philox_rounds(counter[0], counter[1], counter[2], counter[3], key[0], key[1]);
  return counter;
}

void fill_gaussian(NoiseKey key, std::uint64_t first, std::span<float> out) {
  constexpr std::size_t chunk = 4 * lanes;
  float buffer[chunk];
  while (!out.empty()) {
    const std::size_t skip = first % 4;  // a sequence may be entered inside a block
    const std::size_t count = std::min(out.size(), chunk - skip);
    if (count == chunk) {
      fill_blocks(key, first / 4, out.data());
    } else {
      fill_blocks(key, first / 4, buffer);
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
