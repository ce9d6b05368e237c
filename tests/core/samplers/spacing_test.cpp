#include "noiseglass/sampler.h"

#include <gmock/gmock.h>

#include <cmath>

namespace noiseglass {
namespace {

using testing::ElementsAre;

std::vector<int> timesteps(const std::string& spacing, int T, int N) {
  return make_timesteps(spacing, make_schedule("linear", T), N);
}

TEST(Spacing, GivesTheTimestepsThatEngineersKnow) {
  EXPECT_THAT(timesteps("trailing", 1000, 5), ElementsAre(1000, 800, 600, 400, 200));
  EXPECT_THAT(timesteps("leading", 1000, 5), ElementsAre(801, 601, 401, 201, 1));
  EXPECT_THAT(timesteps("linspace", 1000, 5), ElementsAre(1000, 750, 501, 251, 1));  // index 499.5 to 500
  EXPECT_THAT(timesteps("leading", 1000, 3), ElementsAre(667, 334, 1));
  EXPECT_THAT(timesteps("trailing", 1000, 3), ElementsAre(1000, 667, 333));
}

/// Halves go to the even neighbour (7.5 to 8, 2.5 to 2), as numpy rounds; in 7 − k·7/6 the half of 3.5 has become
/// 3.4999… by the way in which numpy.arange steps.
TEST(Spacing, RoundsHalvesAsNumpyDoes) {
  EXPECT_THAT(timesteps("trailing", 10, 4), ElementsAre(10, 8, 5, 2));
  EXPECT_THAT(timesteps("trailing", 7, 6), ElementsAre(7, 6, 5, 3, 2, 1));
  EXPECT_THAT(timesteps("linspace", 4, 3), ElementsAre(4, 3, 1));  // index 1.5 to 2
}

TEST(Spacing, ASingleStepStartsWhereItsKindSays) {
  EXPECT_THAT(timesteps("trailing", 1000, 1), ElementsAre(1000));
  EXPECT_THAT(timesteps("leading", 1000, 1), ElementsAre(1));
  EXPECT_THAT(timesteps("linspace", 1000, 1), ElementsAre(1));
}

TEST(EverySpacing, FallsStrictlyWithinOneToTAndVisitsEveryTForNEqualToT) {
  for (const SpacingRecord& record : spacing_records()) {
    for (const char* id : {"linear", "cosine"}) {
      for (int T = 1; T <= 90; ++T) {
        const Schedule schedule = make_schedule(id, T);
        for (int N = 1; N <= T; ++N) {
          const std::vector<int> t = make_timesteps(record.id, schedule, N);
          SCOPED_TRACE(record.id + ", " + id + ", T = " + std::to_string(T) + ", N = " + std::to_string(N));
          ASSERT_EQ(t.size(), std::size_t(N));
          ASSERT_LE(t.front(), T);
          ASSERT_GE(t.back(), 1);
          for (int k = 1; k < N; ++k) ASSERT_LT(t[k], t[k - 1]);
        }
        const std::vector<int> all = make_timesteps(record.id, schedule, T);
        ASSERT_EQ(all.front(), T);  // N of 1…T, falling strictly: with both ends right it is all of them
        ASSERT_EQ(all.back(), 1);
      }
    }
  }
}

/// The way back can begin below T: the same spacing over 1 … from.
TEST(EverySpacing, StaysBelowWhereItStarts) {
  const Schedule schedule = make_schedule("cosine", 1000);
  for (const SpacingRecord& record : spacing_records()) {
    const std::vector<int> t = make_timesteps(record.id, schedule, 400, 8);
    EXPECT_LE(t.front(), 400) << record.id;
    EXPECT_GE(t.front(), record.id == "leading" ? 350 : 400) << record.id;
    EXPECT_THROW(make_timesteps(record.id, schedule, 1001, 8), UsageError);
    EXPECT_THROW(make_timesteps(record.id, schedule, 5, 6), UsageError);
  }
}

/// The t whose σ̄ is nearest in its logarithm, by looking at all of them.
int nearest_by_sigma(const Schedule& schedule, double sigma) {
  int nearest = 1;
  const auto distance = [&](int t) {
    return std::abs(std::log(std::sqrt(1 / schedule.alpha_bar(t) - 1)) - std::log(sigma));
  };
  for (int t = 2; t <= schedule.steps(); ++t)
    if (distance(t) < distance(nearest)) nearest = t;
  return nearest;
}

/// The levels that k-diffusion's get_sigmas_karras and get_sigmas_exponential give for n = 10 between the ends of the
/// linear schedule of 1000 steps.
TEST(Spacing, ByNoiseLevelAgreesWithThePublishedLevels) {
  const Schedule schedule = make_schedule("linear", 1000);
  const std::pair<const char*, std::vector<double>> published[] = {
      {"karras",
       {157.407281, 85.7105224, 44.0474049, 21.1054103, 9.27461195, 3.65256792, 1.24632571, 0.349692567, 0.0739261926,
        0.0100005}},
      {"log-snr",
       {157.407281, 53.7887112, 18.3805059, 6.28092754, 2.14629842, 0.733426212, 0.250624053, 0.0856424478,
        0.0292654626, 0.0100005}},
  };
  for (const auto& [spacing, levels] : published) {
    std::vector<int> expected;
    for (const double sigma : levels) expected.push_back(nearest_by_sigma(schedule, sigma));
    EXPECT_EQ(make_timesteps(spacing, schedule, 10), expected) << spacing;
  }
}

TEST(Spacing, ByHandIsTheNearestWholeTKeptApart) {
  EXPECT_THAT(timesteps_at({1, 0.7, 0.2004}, 1000), ElementsAre(1000, 700, 200));
  EXPECT_THAT(timesteps_at({0.9, 0.9, 0.9, 0.0001}, 10), ElementsAre(9, 8, 7, 1));
  EXPECT_THAT(timesteps_at({0.3, 0.2, 0.1}, 3), ElementsAre(3, 2, 1));
  EXPECT_THROW(timesteps_at({}, 10), UsageError);
  EXPECT_THROW(timesteps_at({0.5, 0.6}, 10), UsageError);
  EXPECT_THROW(timesteps_at({1.1}, 10), UsageError);
  EXPECT_THROW(timesteps_at({0.5, 0}, 10), UsageError);
  EXPECT_THROW(timesteps_at({1, 0.5, 0.2}, 2), UsageError);
}

TEST(Spacing, UniformLogSnrIsUniformUnderAScheduleThatIs) {
  EXPECT_THAT(make_timesteps("log-snr", make_schedule("log-snr", 1000), 10),
              ElementsAre(1000, 889, 778, 667, 556, 445, 334, 223, 112, 1));
}

TEST(Spacing, RefusesMoreStepsThanThereAreAndNone) {
  EXPECT_THROW(timesteps("trailing", 10, 11), UsageError);
  EXPECT_THROW(timesteps("trailing", 10, 0), UsageError);
  EXPECT_THROW(timesteps("trailing", 0, 1), UsageError);
  EXPECT_THROW(timesteps("sideways", 10, 5), UsageError);
}

}  // namespace
}  // namespace noiseglass
