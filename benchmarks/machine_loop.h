// Included by one file for each level, which sets LEVEL and WIDTH: no include guard.

#include "machine.h"

namespace noiseglass::bench {

double LEVEL(long rounds) {
  typedef float Vec __attribute__((vector_size(4 * WIDTH)));
  constexpr int chains = 12;  // more than latency × ports on today's processors, few enough to stay in registers
  Vec sums[chains], a, b;
  for (int i = 0; i < WIDTH; ++i) a[i] = 0.999f, b[i] = 1e-3f;
  for (int c = 0; c < chains; ++c) sums[c] = a * float(c);
  for (long round = 0; round < rounds; ++round) {
#pragma GCC unroll 16
    for (int c = 0; c < chains; ++c) sums[c] = sums[c] * a + b;
  }
  volatile float sink = 0;
  for (int c = 0; c < chains; ++c) sink = sink + sums[c][0];
  return 2.0 * WIDTH * chains * double(rounds);
}

}  // namespace noiseglass::bench
