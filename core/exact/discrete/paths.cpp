// One path of the chain for each token. A token is forgotten at certain times and drawn anew from π at each; between
// them it stays. P(not forgotten in s+1 … t) = ᾱ_t/ᾱ_s, so the next time after s is the first t with ᾱ_t ≤ u·ᾱ_s.
#include "noiseglass/discrete.h"

namespace noiseglass {
namespace {

/// The first t' in (s, t] with ᾱ_t' ≤ level; it is known that ᾱ_t ≤ level.
int first_at_or_below(const Schedule& schedule, double level, int s, int t) {
  int above = s, below = t;
  while (below - above > 1) {
    const int middle = above + (below - above) / 2;
    (schedule.alpha_bar(middle) <= level ? below : above) = middle;
  }
  return below;
}

void check_tokens(const Tokens& x_0, const Transition& transition) {
  for (const std::uint8_t token : x_0)
    if (token >= transition.classes())
      throw UsageError("token " + std::to_string(token) + " is not one of the " + std::to_string(transition.classes()) +
                       " values");
}

}  // namespace

std::array<double, 2> uniform_pair(NoiseKey key, std::uint64_t element) {
  const auto words = philox4x32({std::uint32_t(element), std::uint32_t(element >> 32), std::uint32_t(key.stream),
                                 std::uint32_t(key.stream >> 32)},
                                {std::uint32_t(key.seed), std::uint32_t(key.seed >> 32)});
  return {words[0] * 0x1p-32, words[1] * 0x1p-32};
}

Tokens corrupt_tokens(const Tokens& x_0, const Transition& transition, const Schedule& schedule, int t,
                      std::uint64_t seed) {
  check_tokens(x_0, transition);
  const double alpha_bar = schedule.alpha_bar(t);
  Tokens x = x_0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    for (int s = 0, k = 0; s < t && x[i] != transition.mask(); ++k) {  // a mask stays
      const auto [u, v] = uniform_pair({seed, streams::discrete_jump(k)}, i);
      const double level = (1 - u) * schedule.alpha_bar(s);  // 1 − u is in (0, 1]
      if (alpha_bar > level) break;
      s = first_at_or_below(schedule, level, s, t);
      x[i] = std::uint8_t(transition.draw_limit(v));
    }
  }
  return x;
}

Tokens limit_tokens(std::size_t count, const Transition& transition, std::uint64_t seed) {
  Tokens x(count);
  for (std::size_t i = 0; i < count; ++i)
    x[i] = std::uint8_t(transition.draw_limit(uniform_pair({seed, streams::discrete_jump(0)}, i)[1]));
  return x;
}

}  // namespace noiseglass
