#include "core/nn/fixtures.h"
#include "noiseglass/model.h"
#include "noiseglass/noise.h"

#include <gmock/gmock.h>

#ifdef __GLIBC__
#include <malloc.h>

namespace noiseglass::nn {
namespace {

// Sizes that come again find their memory again: after the first steps, nothing piles up.
TEST(Network, MemoryStaysFlat) {
  const auto network = Network::load(test::fixture("unet_group"));
  const auto steps = [&](int count) {
    for (int i = 0; i < count; ++i)
      for (int side : {16, 24}) network->predict_v(gaussian_image({1, std::uint64_t(i)}, {side, side, 1}), 1, -1, {});
    return mallinfo2().uordblks;
  };
  const std::size_t before = steps(5);
  EXPECT_EQ(steps(500), before);
}

}  // namespace
}  // namespace noiseglass::nn
#endif
