#include "noiseglass/sampler.h"

#include <gmock/gmock.h>

namespace noiseglass {
namespace {

using testing::ElementsAre;

TEST(Spacing, GivesTheTimestepsThatEngineersKnow) {
  EXPECT_THAT(make_timesteps("trailing", 1000, 5), ElementsAre(1000, 800, 600, 400, 200));
  EXPECT_THAT(make_timesteps("leading", 1000, 5), ElementsAre(801, 601, 401, 201, 1));
  EXPECT_THAT(make_timesteps("linspace", 1000, 5), ElementsAre(1000, 750, 501, 251, 1));  // index 499.5 to 500
  EXPECT_THAT(make_timesteps("leading", 1000, 3), ElementsAre(667, 334, 1));
  EXPECT_THAT(make_timesteps("trailing", 1000, 3), ElementsAre(1000, 667, 333));
}

/// Halves go to the even neighbour (7.5 to 8, 2.5 to 2), as numpy rounds; in 7 − k·7/6 the half of 3.5 has become
/// 3.4999… by the way in which numpy.arange steps.
TEST(Spacing, RoundsHalvesAsNumpyDoes) {
  EXPECT_THAT(make_timesteps("trailing", 10, 4), ElementsAre(10, 8, 5, 2));
  EXPECT_THAT(make_timesteps("trailing", 7, 6), ElementsAre(7, 6, 5, 3, 2, 1));
  EXPECT_THAT(make_timesteps("linspace", 4, 3), ElementsAre(4, 3, 1));  // index 1.5 to 2
}

TEST(Spacing, ASingleStepStartsWhereItsKindSays) {
  EXPECT_THAT(make_timesteps("trailing", 1000, 1), ElementsAre(1000));
  EXPECT_THAT(make_timesteps("leading", 1000, 1), ElementsAre(1));
  EXPECT_THAT(make_timesteps("linspace", 1000, 1), ElementsAre(1));
}

TEST(EverySpacing, FallsStrictlyWithinOneToTAndVisitsEveryTForNEqualToT) {
  for (const SpacingRecord& record : spacing_records()) {
    for (int T = 1; T <= 120; ++T) {
      for (int N = 1; N <= T; ++N) {
        const std::vector<int> t = make_timesteps(record.id, T, N);
        SCOPED_TRACE(record.id + ", T = " + std::to_string(T) + ", N = " + std::to_string(N));
        ASSERT_EQ(t.size(), std::size_t(N));
        ASSERT_LE(t.front(), T);
        ASSERT_GE(t.back(), 1);
        for (int k = 1; k < N; ++k) ASSERT_LT(t[k], t[k - 1]);
      }
      const std::vector<int> all = make_timesteps(record.id, T, T);
      ASSERT_EQ(all.front(), T);  // N of 1…T, falling strictly: with both ends right it is all of them
      ASSERT_EQ(all.back(), 1);
    }
  }
}

TEST(Spacing, RefusesMoreStepsThanThereAreAndNone) {
  EXPECT_THROW(make_timesteps("trailing", 10, 11), UsageError);
  EXPECT_THROW(make_timesteps("trailing", 10, 0), UsageError);
  EXPECT_THROW(make_timesteps("trailing", 0, 1), UsageError);
  EXPECT_THROW(make_timesteps("sideways", 10, 5), UsageError);
}

}  // namespace
}  // namespace noiseglass
