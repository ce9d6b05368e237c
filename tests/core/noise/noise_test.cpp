#include "noiseglass/noise.h"

#include "noise/fill_blocks.h"
#include "noise/normal_from_words.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>
#include <numeric>
#include <vector>

namespace noiseglass {
namespace {

constexpr std::size_t many = 1 << 20;

std::vector<float> numbers(NoiseKey key, std::size_t count = many, std::uint64_t first = 0) {
  std::vector<float> out(count);
  fill_gaussian(key, first, out);
  return out;
}

double correlation(const std::vector<float>& a, const std::vector<float>& b, std::size_t lag = 0) {
  double sum = 0;
  for (std::size_t i = 0; i + lag < a.size(); ++i) sum += double(a[i]) * b[i + lag];
  return sum / double(a.size() - lag);
}

/// The known answers that come with Random123 (kat_vectors, philox 4x32 10).
TEST(Philox, GivesTheKnownAnswersOfRandom123) {
  using Words = std::array<std::uint32_t, 4>;
  EXPECT_EQ(philox4x32({0, 0, 0, 0}, {0, 0}), (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox4x32({~0u, ~0u, ~0u, ~0u}, {~0u, ~0u}), (Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

/// A spread of words, the corners among them.
std::vector<std::uint32_t> some_words() {
  std::vector<std::uint32_t> words = {0, 1, 2, 0xffffffff, 0xfffffffe};
  for (std::uint32_t quarter = 0; quarter < 8; ++quarter) {
    for (int near = -2; near <= 2; ++near) words.push_back((quarter << 29) + std::uint32_t(near));
  }
  for (std::uint32_t i = 0; i < 200'000; ++i) words.push_back(i * 2654435769u);
  return words;
}

TEST(NormalFromWords, EachPieceAgreesWithLongDouble) {
  for (const std::uint32_t word : some_words()) {
    const float u = uniform_from_word(word);
    ASSERT_NEAR(u, (word + 0.5L) * 0x1p-32L, 0x1p-24L * u);
    ASSERT_GT(u, 0.0f);
    ASSERT_LE(u, 1.0f);
    const long double exact = -std::log((long double)u);
    ASSERT_NEAR(minus_log(u), exact, 0x1p-22L * exact) << "u = " << u;
    const long double angle = 2 * std::numbers::pi_v<long double> * word * 0x1p-32L;
    const Circle circle = circle_from_word(word);
    ASSERT_NEAR(circle.cosine, std::cos(angle), 2e-7L) << "word " << word;
    ASSERT_NEAR(circle.sine, std::sin(angle), 2e-7L) << "word " << word;
  }
}

/// Before they stood in one table, the trainer's, the tokens' and the latents' streams were the same numbers.
TEST(Streams, AreAllDifferent) {
  std::vector<std::uint64_t> all = {streams::forward, streams::learning_words, streams::learning_weights,
                                    streams::learning_measure};
  for (const int index : {0, 1, 10'000})
    for (const auto family : {streams::chain, streams::sampler, streams::dataset, streams::learning,
                              streams::discrete_jump, streams::discrete_step, streams::latent_sample})
      all.push_back(family(index));
  std::ranges::sort(all);
  EXPECT_EQ(std::ranges::adjacent_find(all), all.end());
}

/// The whole mapping from (seed, stream, element) as noise.h states it, in long double from Philox words.
TEST(Gaussian, IsBoxMullerOnTheStatedWords) {
  const NoiseKey key{0x0123456789abcdef, streams::sampler(7)};
  for (const std::uint64_t block : {std::uint64_t{0}, std::uint64_t{12345}, (std::uint64_t{1} << 33) + 5}) {
    const auto words = philox4x32({std::uint32_t(block), std::uint32_t(block >> 32), 7, 2}, {0x89abcdef, 0x01234567});
    for (int pair = 0; pair < 2; ++pair) {
      const long double radius = std::sqrt(-2 * std::log((words[2 * pair] + 0.5L) * 0x1p-32L));
      const long double angle = 2 * std::numbers::pi_v<long double> * words[2 * pair + 1] * 0x1p-32L;
      EXPECT_NEAR(gaussian(key, 4 * block + 2 * pair), radius * std::cos(angle), 2e-6L);
      EXPECT_NEAR(gaussian(key, 4 * block + 2 * pair + 1), radius * std::sin(angle), 2e-6L);
    }
  }
}

/// Pins the bits: a compiler, machine or vector width that gives others breaks the promise of noise.h.
TEST(Gaussian, HasTheSameBitsEverywhere) {
  std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a over words
  for (const float value : numbers({42, streams::forward})) {
    hash = (hash ^ std::bit_cast<std::uint32_t>(value)) * 0x100000001b3;
  }
  EXPECT_EQ(hash, 0x588546aaec2893e1ull);
}

/// Every instruction set that this processor has, to the bit, also where the counter's upper word changes.
TEST(FillBlocks, GivesTheSameBitsAtEveryVectorWidth) {
  const NoiseKernels all = available_noise_kernels();
  for (const std::uint64_t block : {std::uint64_t{0}, std::uint64_t{977}, (std::uint64_t{1} << 32) - 3}) {
    const NoiseKey key{0x123456789abcdef0, streams::sampler(12)};
    for (int i = 0; i < all.count; ++i) {
      float got[4 * noise_blocks];
      all.kernels[i]->fill_blocks(key.seed, key.stream, block, got);
      for (std::uint64_t k = 0; k < 4 * noise_blocks; ++k)
        ASSERT_EQ(std::bit_cast<std::uint32_t>(got[k]), std::bit_cast<std::uint32_t>(gaussian(key, 4 * block + k)))
            << all.kernels[i]->name << ", block " << block << ", number " << k;
    }
  }
}

TEST(Gaussian, OneNumberAFilledRangeAndAnyEntryPointAgreeToTheBit) {
  const NoiseKey key{9, streams::chain(3)};
  const std::vector<float> all = numbers(key, 3000);
  for (std::size_t i = 0; i < all.size(); ++i) ASSERT_EQ(all[i], gaussian(key, i));
  for (const std::size_t first : {1, 2, 3, 4, 255, 256, 257, 1022}) {
    for (const std::size_t count : {0, 1, 2, 5, 256, 600}) {
      const std::vector<float> part = numbers(key, count, first);
      ASSERT_TRUE(std::equal(part.begin(), part.end(), all.begin() + first)) << first << ' ' << count;
    }
  }
  const std::vector<float> far = numbers(key, 9, (std::uint64_t{1} << 34) - 5);  // the counter's carry
  for (std::size_t i = 0; i < far.size(); ++i) EXPECT_EQ(far[i], gaussian(key, (std::uint64_t{1} << 34) - 5 + i));
}

TEST(Gaussian, APictureIsFilledInTheOrderOfItsElements) {
  const Image image = gaussian_image({5, 6}, {4, 3, 3});
  EXPECT_EQ(image.at(2, 1, 2), gaussian({5, 6}, (2 * 3 + 1) * 3 + 2));
}

/// Bounds are five standard errors of each sample moment.
TEST(Gaussian, HasTheMomentsOfANormalDistribution) {
  for (const NoiseKey key : {NoiseKey{0, 0}, NoiseKey{1, streams::chain(500)}, NoiseKey{~0ull, streams::sampler(3)}}) {
    double moment[5] = {};
    for (const float value : numbers(key)) {
      for (int p = 1; p <= 4; ++p) moment[p] += std::pow(double(value), p) / many;
    }
    const double error = 5 / std::sqrt(double(many));
    EXPECT_NEAR(moment[1], 0, error);
    EXPECT_NEAR(moment[2], 1, std::sqrt(2.0) * error);
    EXPECT_NEAR(moment[3], 0, std::sqrt(15.0) * error);
    EXPECT_NEAR(moment[4], 3, std::sqrt(96.0) * error);
  }
}

/// Kolmogorov–Smirnov: √n·D above 1.95 has a probability of one in a thousand under the hypothesis.
TEST(Gaussian, PassesKolmogorovSmirnovInEveryPlaceOfABlock) {
  const std::vector<float> all = numbers({2024, streams::forward});
  for (std::size_t place = 0; place < 4; ++place) {
    std::vector<float> values;
    for (std::size_t i = place; i < all.size(); i += 4) values.push_back(all[i]);
    std::sort(values.begin(), values.end());
    const double n = double(values.size());
    double distance = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const double probability = 0.5 * std::erfc(-double(values[i]) / std::numbers::sqrt2);
      distance = std::max({distance, probability - double(i) / n, double(i + 1) / n - probability});
    }
    EXPECT_LT(std::sqrt(n) * distance, 1.95) << "place " << place;
  }
}

/// The tails are there: 2²⁰ numbers should hold some 66 beyond four standard deviations.
TEST(Gaussian, HasTails) {
  const std::vector<float> values = numbers({7, 7});
  const auto beyond = std::count_if(values.begin(), values.end(), [](float value) { return std::abs(value) > 4; });
  EXPECT_NEAR(double(beyond), 66.4, 5 * std::sqrt(66.4));
}

TEST(Gaussian, SeedsStreamsAndNeighboursAreUncorrelated) {
  const double bound = 5 / std::sqrt(double(many));
  const std::vector<float> base = numbers({1, streams::forward});
  for (const NoiseKey other : {NoiseKey{2, 0}, NoiseKey{1, 1}, NoiseKey{1ull << 32, 0}, NoiseKey{1, streams::chain(1)},
                               NoiseKey{1, streams::sampler(0)}, NoiseKey{1, streams::sampler(1)}}) {
    EXPECT_LT(std::abs(correlation(base, numbers(other))), bound) << other.seed << ' ' << other.stream;
  }
  for (std::size_t lag = 1; lag <= 8; ++lag) EXPECT_LT(std::abs(correlation(base, base, lag)), bound) << "lag " << lag;
  // Box–Muller's pairs share a radius; their squares must be uncorrelated too.
  std::vector<float> squares(base.size());
  std::transform(base.begin(), base.end(), squares.begin(), [](float value) { return value * value - 1; });
  EXPECT_LT(std::abs(correlation(squares, squares, 1)), 2 * bound);
}

}  // namespace
}  // namespace noiseglass
