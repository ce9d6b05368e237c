#pragma once

#include <cstdint>

/// Box & Muller (1958) from two random words, in float32 operations that IEEE 754 rounds correctly, so that
/// the result has the same bits everywhere. No branches: compilers vectorise a loop over it.
/// Private to the core; in a header so that a test can compare each piece with long double. It is compiled for several
/// instruction sets, so nothing here may be shared between translation units: hence `static`, and nothing of std.
namespace noiseglass {

static_assert(__builtin_bit_cast(std::uint32_t, 1.5f) == 0x3fc00000, "float must be IEEE 754 binary32");

/// (w + ½)·2⁻³² in [2⁻³³, 1], rounded once. By halves, because C++ leaves open how a large integer rounds.
static inline float uniform_from_word(std::uint32_t w) {
  const float high = float(std::int32_t(w >> 16)) * 0x1p-16f;
  const float low = (float(std::int32_t(w & 0xffff)) + 0.5f) * 0x1p-32f;  // exact
  return high + low;
}

/// −ln u for normal u in (0, 1], within 2 ulp. u = m·2^k with m in [√½, √2), ln m = 2·artanh(s), s = (m−1)/(m+1),
/// by Taylor's series: |s| ≤ 0.172, so the first term left out is s¹¹/11 < 4e-10.
static inline float minus_log(float u) {
  constexpr std::uint32_t sqrt_half = 0x3f3504f3;  // the bits of √½
  const std::uint32_t shifted = __builtin_bit_cast(std::uint32_t, u) - sqrt_half;
  const float k = float(std::int32_t(shifted) >> 23);
  const float m = __builtin_bit_cast(float, (shifted & 0x007fffff) + sqrt_half);
  const float s = (m - 1.0f) / (m + 1.0f);
  const float s2 = s * s;
  const float series = s2 * (1.0f / 3 + s2 * (1.0f / 5 + s2 * (1.0f / 7 + s2 * (1.0f / 9))));
  constexpr float ln2_high = 0x1.62e4p-1f, ln2_low = 0x1.7f7d1cp-20f;  // k·ln2_high is exact
  return -(k * ln2_high) - (k * ln2_low + 2.0f * (s + s * series));
}

struct Circle {
  float cosine, sine;
};

/// Cosine and sine of the angle 2π·w·2⁻³², absolute error below 1.2e-7. Integers take the angle to a quarter of the
/// circle around 0, where Taylor's series to a¹⁰ leaves out less than 2e-9.
static inline Circle circle_from_word(std::uint32_t w) {
  const std::uint32_t quarter = (w + 0x20000000u) >> 30;
  const auto rest = std::int32_t(w - (quarter << 30));  // −2²⁹ … 2²⁹
  // To 24 bits by hand: float(rest) would depend on the rounding of the conversion.
  const float a = float(rest >> 6) * (1.57079632679489662f * 0x1p-24f);
  const float a2 = a * a;
  const float sine = a + a * a2 * (-1.0f / 6 + a2 * (1.0f / 120 + a2 * (-1.0f / 5040 + a2 * (1.0f / 362880))));
  const float cosine =
      1.0f + a2 * (-0.5f + a2 * (1.0f / 24 + a2 * (-1.0f / 720 + a2 * (1.0f / 40320 + a2 * (-1.0f / 3628800)))));
  const bool swap = quarter & 1, negative_cosine = (quarter + 1) & 2, negative_sine = quarter & 2;
  const float c = swap ? sine : cosine, s = swap ? cosine : sine;
  return {negative_cosine ? -c : c, negative_sine ? -s : s};
}

struct NormalPair {
  float first, second;
};

static inline NormalPair normal_from_words(std::uint32_t radius_word, std::uint32_t angle_word) {
  const float radius = __builtin_sqrtf(2.0f * minus_log(uniform_from_word(radius_word)));
  const Circle circle = circle_from_word(angle_word);
  return {radius * circle.cosine, radius * circle.sine};
}

}  // namespace noiseglass
