#include "noiseglass/knots.h"

#include <gmock/gmock.h>

#include <cmath>
#include <random>

namespace noiseglass {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

const std::vector<Knot> uneven = {{0, 12}, {0.03, 11.5}, {0.4, 3}, {0.45, -1}, {0.9, -1.5}, {1, -15}};

std::vector<Knot> random_knots(std::mt19937& random) {
  const auto between = [&](double a, double b) { return std::uniform_real_distribution<double>(a, b)(random); };
  std::vector<Knot> knots = {{0, between(4, 20)}};
  const int inner = int(between(0, 8));
  for (int i = 0; i < inner; ++i) {
    const double share = knots.back().share + between(0.01, 0.99 / (inner + 1));
    knots.push_back({share, knots.back().log_snr - between(0.05, 3)});
  }
  knots.push_back({1, knots.back().log_snr - between(0.05, 4)});
  return knots;
}

/// Values of scipy.interpolate.PchipInterpolator (1.10), which is this spline.
TEST(KnotSpline, AgreesWithThePublishedImplementation) {
  const std::vector<Knot> even = {{0, 9}, {0.2, 2.8}, {0.5, 0}, {0.8, -2.8}, {1, -9}};
  const std::vector<double> at = {0.05, 0.1, 0.3, 0.5, 0.65, 0.9, 0.99, 1},
                            expected = {7.055125, 5.28033333333,  1.62014814815,  0,
                                        -1.192,   -5.28033333333, -8.60412633333, -9};
  const std::vector<double> values = spline_log_snr(even, at);
  for (std::size_t i = 0; i < at.size(); ++i) EXPECT_NEAR(values[i], expected[i], 1e-10) << at[i];
  const std::vector<double> at_uneven = {0.01, 0.02, 0.1, 0.25, 0.42, 0.6, 0.8, 0.95, 0.97},
                            expected_uneven = {11.8394760836,  11.6757990139,  10.2977704438,
                                               7.59274102376,  1.30713259559,  -1.23407541629,
                                               -1.31955826882, -6.29302263807, -9.7591985611};
  const std::vector<double> uneven_values = spline_log_snr(uneven, at_uneven);
  for (std::size_t i = 0; i < at_uneven.size(); ++i) EXPECT_NEAR(uneven_values[i], expected_uneven[i], 1e-9);
}

TEST(KnotSpline, GoesThroughItsKnotsAndFallsBetweenThem) {
  std::mt19937 random(3);
  for (int round = 0; round < 200; ++round) {
    const std::vector<Knot> knots = random_knots(random);
    std::vector<double> shares;
    for (const Knot& knot : knots) shares.push_back(knot.share);
    const std::vector<double> at_knots = spline_log_snr(knots, shares);
    for (std::size_t i = 0; i < knots.size(); ++i) ASSERT_NEAR(at_knots[i], knots[i].log_snr, 1e-12);
    shares.clear();
    for (int i = 0; i <= 2000; ++i) shares.push_back(i / 2000.0);
    const std::vector<double> values = spline_log_snr(knots, shares);
    for (int i = 1; i <= 2000; ++i) ASSERT_LT(values[i], values[i - 1]) << i;
  }
}

TEST(KnotSpline, IsAStraightLineWhereTheKnotsAre) {
  const std::vector<double> shares = {0, 0.123, 0.5, 0.77, 1};
  for (const std::vector<Knot>& knots :
       {std::vector<Knot>{{0, 9}, {1, -9}}, std::vector<Knot>{{0, 9}, {0.1, 7.2}, {0.7, -3.6}, {1, -9}}}) {
    const std::vector<double> values = spline_log_snr(knots, shares);
    for (std::size_t i = 0; i < shares.size(); ++i) EXPECT_NEAR(values[i], 9 - 18 * shares[i], 1e-12);
  }
}

TEST(CustomSchedule, HasTheLogSnrOfItsSpline) {
  for (const int T : {1, 2, 50, 1000, 10'000}) {
    const Schedule schedule = make_schedule("custom", T, {{"knots", to_value(uneven)}});
    std::vector<double> shares;
    for (int t = 1; t <= T; ++t) shares.push_back(double(t) / T);
    const std::vector<double> expected = spline_log_snr(uneven, shares);
    for (int t = 1; t <= T; ++t) ASSERT_NEAR(schedule.log_snr(t), expected[t - 1], 1e-8) << T << ' ' << t;
  }
}

TEST(CustomSchedule, WithTwoKnotsIsTheOneOfConstantRate) {
  const Schedule drawn = make_schedule("custom", 1000, {{"knots", points_from_text("0:10,1:-10")}});
  const Schedule even = make_schedule("log-snr", 1000);
  for (int t = 1; t <= 1000; ++t) ASSERT_NEAR(drawn.log_snr(t), even.log_snr(t), 1e-9);
}

TEST(Knots, AreReadAndWrittenWithoutLoss) {
  std::mt19937 random(4);
  for (int round = 0; round < 50; ++round) {
    const std::vector<Knot> knots = random_knots(random);
    EXPECT_EQ(to_knots(points_from_text(points_to_text(to_value(knots)))), knots);
  }
  EXPECT_EQ(points_to_text(points_from_text("0:10,0.5:0,1:-1e1")), "0:10,0.5:0,1:-10");
  for (const char* text :
       {"", "0", "0:", ":1", "0:1,", "0,1", "0:1:2", "0:1,1:x", "0:1, 1:2", "0:nan,1:2", "0:inf,1:2"})
    EXPECT_THAT([&] { points_from_text(text); }, ThrowsMessage<UsageError>(HasSubstr("is no list of pairs"))) << text;
}

TEST(Knots, OutsideOfTheirLimitsAreRefusedInASentence) {
  const auto refused = [](const char* text, const char* why) {
    EXPECT_THAT(
        [&] {
          make_schedule("custom", 100, {{"knots", points_from_text(text)}});
        },
        ThrowsMessage<UsageError>(HasSubstr(why)))
        << text;
  };
  refused("0:10", "there are 1");
  refused("0.1:10,1:-10", "the first must be at 0");
  refused("0:10,0.9:-10", "the last at 1");
  refused("0:10,0.5:11,1:-10", "falls from knot to knot");
  refused("0:10,0.5:1,0.505:0,1:-10", "at least 0.01 after");
  refused("0:21,1:-10", "0:21 has a log-SNR outside");
  refused("0:10,1:-20.5", "outside -20 … 20");
  EXPECT_THAT(
      [] {
        make_schedule("custom", 100, {{"knots", 3}});
      },
      ThrowsMessage<UsageError>(HasSubstr("takes pairs such as")));
  EXPECT_THAT(
      [] {
        make_schedule("linear", 100, {{"beta_end", points_from_text("0:1,1:0")}});
      },
      ThrowsMessage<UsageError>(HasSubstr("takes one number")));
}

TEST(Knots, ThatAreDraggedAnywhereStayWithinTheirLimits) {
  std::mt19937 random(5);
  const auto anywhere = [&](double a, double b) { return std::uniform_real_distribution<double>(a, b)(random); };
  for (int round = 0; round < 500; ++round) {
    std::vector<Knot> knots = random_knots(random);
    const std::size_t i = random() % knots.size();
    const Knot wanted{anywhere(-0.5, 1.5), anywhere(-40, 40)};
    const std::vector<Knot> moved = with_knot_at(knots, i, wanted);
    ASSERT_NO_THROW(to_knots(to_value(moved))) << points_to_text(to_value(moved));
    for (std::size_t k = 0; k < knots.size(); ++k)
      if (k != i) ASSERT_EQ(moved[k], knots[k]);
  }
  const std::vector<Knot> inside = with_knot_at(uneven, 2, {0.3, 5});
  EXPECT_EQ(inside[2], (Knot{0.3, 5}));
  EXPECT_EQ(with_knot_at(uneven, 0, {0.3, 13})[0], (Knot{0, 13}));
}

/// Every schedule can be taken over to draw on; at the knots nothing changes.
TEST(Knots, AlongAScheduleLieOnIt) {
  for (const ScheduleRecord& record : schedule_records()) {
    for (const int T : {1, 10, 1000}) {
      const Schedule schedule = make_schedule(record.id, T);
      const std::vector<Knot> knots = knots_along(schedule);
      SCOPED_TRACE(record.id + ", T = " + std::to_string(T));
      EXPECT_NO_THROW(to_knots(to_value(knots)));
      if (T < 1000) continue;
      for (const Knot& knot : knots) {
        const int t = std::max(1, int(std::lround(knot.share * T)));
        EXPECT_NEAR(knot.log_snr, std::clamp(schedule.log_snr(t), -20.0, 20.0), 1e-9);
      }
    }
  }
}

/// Where a schedule has left the limits after a few steps, knot after knot lies as low as the ones to come allow.
TEST(Knots, AlongASteepScheduleKeepToTheLimits) {
  for (double first = 0.0085; first < 0.2; first += 0.00731)
    for (const double last : {0.0001, 0.012, 0.2})
      for (const int T : {2, 50, 1000}) {
        const Values values = {{"beta_start", first}, {"beta_end", last}, {"scale_to_steps", 0}};
        const std::vector<Knot> knots = knots_along(make_schedule("scaled-linear", T, values));
        EXPECT_NO_THROW(to_knots(to_value(knots))) << first << " … " << last << ", T = " << T;
      }
}

}  // namespace
}  // namespace noiseglass
