#include "ui/panels/locality/looks.h"

#include "session/nearest.h"

#include "noiseglass/latent.h"
#include "noiseglass/noise_level.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <thread>

namespace noiseglass::app {
namespace {

LocalityRequest digits(double t, int radius) {
  LocalityRequest request;
  request.set = "digits";
  for (const ModelInfo& model : load_library().models)
    if (model.name == "digits") request.model_path = model.path;
  request.schedule = std::make_shared<Schedule>(make_schedule("cosine", 1000));
  request.schedule_key = Key("cosine");
  request.seed = 11;
  request.t = t, request.radius = radius;
  return request;
}

/// Asks as the window does, until it holds.
template <class Condition>
bool wait(LocalLooks& looks, const LocalityRequest& request, const Condition& holds) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(120);
  do {
    looks.want(request);
    if (holds()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  } while (std::chrono::steady_clock::now() < end);
  return false;
}

/// The formula of Kamb & Ganguli, pixel by pixel over the bundled digits, read and placed once more.
double brute_force(const Image& x_t, double log_snr, int radius, int y, int x) {
  const DigitSet set = read_digit_set();
  const auto level = NoiseLevel::from_log_snr(log_snr);
  const auto value = [&](Eigen::Index n, int row, int column) {
    const bool inside = row >= 2 && row < 30 && column >= 2 && column < 30;
    return inside ? set.pixels(n, (row - 2) * 28 + column - 2) : -1.0;
  };
  std::vector<long double> exponents;
  for (Eigen::Index n = 0; n < set.pixels.rows(); ++n) {
    long double squares = 0;
    for (int row = std::max(0, y - radius); row <= std::min(31, y + radius); ++row)
      for (int column = std::max(0, x - radius); column <= std::min(31, x + radius); ++column) {
        const long double d = x_t.at(row, column, 0) - level.signal() * value(n, row, column);
        squares += d * d;
      }
    exponents.push_back(-squares / (2 * level.variance));
  }
  const long double largest = *std::ranges::max_element(exponents);
  long double sum = 0, weight = 0;
  for (std::size_t n = 0; n < exponents.size(); ++n) {
    const long double w = std::exp(exponents[n] - largest);
    sum += w * value(Eigen::Index(n), y, x), weight += w;
  }
  return double(sum / weight);
}

TEST(LocalLooks, AreTheFormulaOfThePaperOverTheBundledDigits) {
  LocalLooks looks([] {});
  for (const int radius : {0, 3, 12, 31}) {
    const LocalityRequest request = digits(500, radius);
    ASSERT_TRUE(wait(looks, request, [&] {
      return looks.moment() > 0 && looks.network().back()->t == 0 && looks.look(looks.moment(), radius);
    })) << looks.problem();
    const auto look = looks.look(looks.moment(), radius);
    const WayMoment& moment = *looks.network()[std::size_t(looks.moment())];
    EXPECT_EQ(look->known, 600u);
    EXPECT_EQ(look->x_t.data, moment.x_t.data) << "one look is at the network's own noisy picture";
    for (const auto& [y, x] : {std::pair{0, 0}, {5, 16}, {15, 12}, {16, 17}, {20, 9}, {31, 30}})
      EXPECT_NEAR(look->x_0.at(y, x, 0), brute_force(moment.x_t, moment.log_snr, radius, y, x), 1e-4)
          << "r " << radius << " at " << y << ", " << x;
  }
}

TEST(LocalLooks, CompareEveryRadiusWithTheNetworkAtEveryMoment) {
  LocalLooks looks([] {});
  const LocalityRequest request = digits(700, 3);
  ASSERT_TRUE(wait(looks, request, [&] { return looks.all_looks() == 160 && looks.looks() == 160; }))
      << looks.problem();
  for (int moment = 0; moment < 16; ++moment) {
    double least = 1e9, most = 0;
    int best = -1;
    for (const int radius : compared_radii) {
      const auto look = looks.look(moment, radius);
      const Image& learned = looks.network()[std::size_t(moment)]->x_0;
      double squares = 0;
      for (std::size_t i = 0; i < learned.data.size(); ++i)
        squares += std::pow(127.5 * double(look->x_0.data[i]) - 127.5 * double(learned.data[i]), 2);
      EXPECT_NEAR(look->distance, std::sqrt(squares / 1024), 1e-3) << "both lie within black and white";
      if (look->distance < least) least = look->distance, best = radius;
      most = std::max(most, look->distance);
    }
    if (most - least >= 0.5)
      EXPECT_EQ(looks.best(moment).value_or(-1), best) << moment;
    else
      EXPECT_FALSE(looks.best(moment)) << moment;
  }
  EXPECT_FALSE(looks.best(0)) << "at T all of them answer with the mean";
}

/// Who sees all copies: the end of its own way is one of the pictures that it knows, and its likeness says so.
TEST(LocalLooks, GoAWholeWayThatEndsInACopyWhereAllIsSeen) {
  LocalLooks looks([] {});
  LocalityRequest request = digits(0, 31);
  request.whole_way = true;
  ASSERT_TRUE(wait(looks, request, [&] { return looks.likeness() != nullptr; })) << looks.problem();
  EXPECT_LT(looks.likeness()->distance, 1);
  const auto end = looks.look(looks.moment(), 31);
  EXPECT_LT(shown_distance(end->x_0, looks.likeness()->nearest), 1);
  request.radius = 3;
  ASSERT_TRUE(wait(looks, request, [&] { return looks.likeness() != nullptr; })) << looks.problem();
  EXPECT_GT(looks.likeness()->distance, 10) << "who sees a part of it makes something else";
}

TEST(LocalLooks, AnswerQuicklyFromFewPicturesBeforeThoseWhoLookAnywhere) {
  LocalLooks looks([] {});
  LocalityRequest request = digits(400, 2);
  request.anywhere = true;
  std::vector<std::size_t> seen;
  ASSERT_TRUE(wait(looks, request, [&] {
    if (const auto look = looks.look(looks.moment(), 2); look && (seen.empty() || seen.back() != look->known))
      seen.push_back(look->known);
    return !seen.empty() && seen.back() == looks.known()->some->count();
  })) << looks.problem();
  EXPECT_LE(seen.front(), seen.back());
}

TEST(LocalLooks, SayWhatIsMissing) {
  LocalLooks looks([] {});
  LocalityRequest request = digits(400, 2);
  request.model_path = "/nowhere/digits.safetensors";
  ASSERT_TRUE(wait(looks, request, [&] { return !looks.problem().empty(); }));
  EXPECT_NE(looks.problem().find("/nowhere/digits.safetensors"), std::string::npos);
}

TEST(Ways, StandForTheSlidersTByTheNextNoisierMoment) {
  Way way;
  for (const int t : {1000, 500, 250, 0}) {
    WayMoment moment;
    moment.t = t;
    way.push_back(std::make_shared<const WayMoment>(moment));
  }
  EXPECT_EQ(moment_at(way, 1000, 3), 0);
  EXPECT_EQ(moment_at(way, 501, 3), 0);
  EXPECT_EQ(moment_at(way, 500, 3), 1);
  EXPECT_EQ(moment_at(way, 3, 3), 2);
  EXPECT_EQ(moment_at(way, 0, 3), 3);
  EXPECT_EQ(moment_at(way, 0, 2), 2);
  EXPECT_EQ(moment_at({}, 10, 3), -1);
}

}  // namespace
}  // namespace noiseglass::app
