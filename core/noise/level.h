// The noise of many blocks for one instruction set. A level's file sets NOISE_LEVEL (its name) and NOISE_WIDTH (32-bit
// words in a register) and includes this once. Nothing of std, nothing inline that other files share: the linker might
// keep the AVX-512 copy for everybody.

#include "noise/fill_blocks.h"
#include "noise/normal_from_words.h"

namespace noiseglass::NOISE_LEVEL {
namespace {

// Philox multiplies 32 by 32 bits to 64, so each word has a lane of 64 bits. What stands in a lane's upper half is
// ignored by the next multiplication, and dropped at the end.
constexpr int wide = NOISE_WIDTH / 2;
typedef std::uint64_t Words __attribute__((vector_size(8 * wide)));
typedef std::uint32_t HalfWords __attribute__((vector_size(4 * wide)));
typedef std::uint32_t HalfWordsAnywhere __attribute__((vector_size(4 * wide), aligned(4), may_alias));

/// The lower half of each word of a times that of b.
inline Words multiply(Words a, Words b) {
#if defined(__x86_64__) && !defined(__clang__)
  typedef int Ints __attribute__((vector_size(8 * wide)));
#if NOISE_WIDTH == 16
  typedef long long Longs __attribute__((vector_size(64)));
  return (Words)__builtin_ia32_pmuludq512_mask((Ints)a, (Ints)b, Longs{}, 255);
#elif NOISE_WIDTH == 8
  return (Words)__builtin_ia32_pmuludq256((Ints)a, (Ints)b);
#else
  return (Words)__builtin_ia32_pmuludq128((Ints)a, (Ints)b);
#endif
#else  // clang makes the same instruction of it
  return (a & 0xffffffff) * (b & 0xffffffff);
#endif
}

inline Words splat(std::uint64_t x) { return x - Words{}; }

/// Philox4x32-10 (see noise.h) of `wide` blocks: words[w][i] is word w of block `first + i`.
inline void philox(std::uint64_t seed, std::uint64_t stream, std::uint64_t first,
                   std::uint32_t (*words)[noise_blocks]) {
  Words c0 = splat(first);
  for (int i = 0; i < wide; ++i) c0[i] += std::uint64_t(i);
  Words c1 = c0 >> 32, c2 = splat(stream), c3 = splat(stream >> 32);
  auto k0 = std::uint32_t(seed), k1 = std::uint32_t(seed >> 32);
  for (int round = 0; round < 10; ++round) {
    const Words p0 = multiply(c0, splat(0xD2511F53)), p1 = multiply(c2, splat(0xCD9E8D57));
    c0 = (p1 >> 32) ^ c1 ^ splat(k0);
    c2 = (p0 >> 32) ^ c3 ^ splat(k1);
    c1 = p1;
    c3 = p0;
    k0 += 0x9E3779B9;
    k1 += 0xBB67AE85;
  }
  const Words all[4] = {c0, c1, c2, c3};
  for (int w = 0; w < 4; ++w)
    *reinterpret_cast<HalfWordsAnywhere*>(words[w]) = __builtin_convertvector(all[w], HalfWords);
}

void fill_blocks(std::uint64_t seed, std::uint64_t stream, std::uint64_t block, float* out) {
  std::uint32_t words[4][noise_blocks];
  for (int i = 0; i < noise_blocks; i += wide)
    philox(seed, stream, block + std::uint64_t(i), (std::uint32_t(*)[noise_blocks])(words[0] + i));
  for (int i = 0; i < noise_blocks; ++i) {  // no branches: the compiler vectorises it
    const NormalPair a = normal_from_words(words[0][i], words[1][i]), b = normal_from_words(words[2][i], words[3][i]);
    out[4 * i] = a.first;
    out[4 * i + 1] = a.second;
    out[4 * i + 2] = b.first;
    out[4 * i + 3] = b.second;
  }
}

}  // namespace

#define NOISE_TEXT2(x) #x
#define NOISE_TEXT(x) NOISE_TEXT2(x)
extern const NoiseKernel level;
const NoiseKernel level = {NOISE_TEXT(NOISE_LEVEL), fill_blocks};
}  // namespace noiseglass::NOISE_LEVEL
