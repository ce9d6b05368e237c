#include "ui/panels/noise/error_curves.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <thread>

namespace noiseglass::app {
namespace {

std::shared_ptr<const Image> small_picture() {
  auto image = std::make_shared<Image>(Shape{8, 8, 3});
  for (std::size_t i = 0; i < image->data.size(); ++i) image->data[i] = std::sin(0.2f * float(i));
  return image;
}

CurveRequest request(const std::string& key, const std::string& denoiser, int T = 200) {
  CurveRequest made;
  made.key = Key(key);
  made.plan.lane.denoiser = denoiser;
  made.plan.x_0 = small_picture();
  made.schedule = std::make_shared<Schedule>(make_schedule("linear", T));
  made.seed = 5;
  return made;
}

std::shared_ptr<const ErrorCurve> wait_for(const ErrorCurves& curves, const std::string& key) {
  for (int i = 0; i < 60'000; ++i) {
    const auto curve = curves.curve(Key(key));
    if (curve.value && curve.value->complete) return curve.value;
    if (!curve.problem.empty()) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  ADD_FAILURE() << "no whole curve: " << curves.curve(Key(key)).problem;
  return std::make_shared<ErrorCurve>();
}

TEST(CoarseToFine, VisitsEvenlySpacedTimesOnceEach) {
  const std::vector<int> order = coarse_to_fine(1000, 33);
  std::vector<int> sorted = order;
  std::ranges::sort(sorted);
  ASSERT_EQ(sorted.size(), 33u);
  EXPECT_EQ(sorted.front(), 1);
  EXPECT_EQ(sorted.back(), 1000);
  for (int i = 1; i < 33; ++i) EXPECT_NEAR(sorted[i] - sorted[i - 1], 999.0 / 32, 1);
}

// Whenever it is interrupted, no gap is more than twice as wide as it must be.
TEST(CoarseToFine, IsSpreadOverTheWholeAtEveryMoment) {
  const std::vector<int> order = coarse_to_fine(1000, 33);
  EXPECT_EQ(order[0], 1);
  EXPECT_EQ(order[1], 1000);
  for (std::size_t count : {3, 5, 9, 17}) {
    std::vector<int> first(order.begin(), order.begin() + std::ptrdiff_t(count));
    std::ranges::sort(first);
    for (std::size_t i = 1; i < count; ++i) EXPECT_LE(first[i] - first[i - 1], 999.0 / double(count - 1) + 1) << count;
  }
}

TEST(CoarseToFine, TakesEveryTimeWhenThereAreFew) {
  EXPECT_EQ(coarse_to_fine(1, 33), std::vector<int>{1});
  std::vector<int> all = coarse_to_fine(7, 33);
  std::ranges::sort(all);
  EXPECT_EQ(all, (std::vector<int>{1, 2, 3, 4, 5, 6, 7}));
}

TEST(ErrorCurves, MeasureWhatTheCoreMeasures) {
  ErrorCurves curves([] {});
  const CurveRequest wanted = request("gaussian", "gaussian");
  curves.want({wanted});
  const auto curve = wait_for(curves, "gaussian");
  ASSERT_TRUE(curve->complete);
  ASSERT_EQ(curve->points.size(), std::size_t(ErrorCurves::points_per_curve));
  const auto denoiser = wanted.plan.make();
  for (std::size_t i = 0; i < curve->points.size(); ++i) {
    const ErrorPoint& point = curve->points[i];
    if (i > 0) {
      EXPECT_LT(curve->points[i - 1].t, point.t);
    }
    const DenoisingError expected = denoising_error(*denoiser, *wanted.plan.x_0, *wanted.schedule, point.t, 5);
    EXPECT_DOUBLE_EQ(point.guess.epsilon, expected.epsilon);
    EXPECT_DOUBLE_EQ(point.guess.x_0, expected.x_0);
    EXPECT_GT(point.exact.x_0, 0);  // the bundled pictures do not have this one
  }
}

TEST(ErrorCurves, OfTheOracleLieAtZero) {
  ErrorCurves curves([] {});
  curves.want({request("oracle", "oracle")});
  const auto curve = wait_for(curves, "oracle");
  ASSERT_TRUE(curve->complete);
  for (const ErrorPoint& point : curve->points) EXPECT_LT(point.guess.epsilon, 1e-20);
}

TEST(ErrorCurves, AreKeptWhenSomethingElseIsWantedMeanwhile) {
  std::atomic<int> news = 0;
  ErrorCurves curves([&] { ++news; });
  curves.want({request("a", "gaussian")});
  const auto first = wait_for(curves, "a");
  ASSERT_TRUE(first->complete);
  curves.want({request("b", "oracle")});
  ASSERT_TRUE(wait_for(curves, "b")->complete);
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  const int before = news;
  curves.want({request("a", "gaussian"), request("b", "oracle")});
  EXPECT_EQ(curves.curve(Key("a")).value, first);  // the same snapshot: nothing was measured again
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_EQ(news, before);
}

TEST(ErrorCurves, GoOnWhereTheyWerePaused) {
  ErrorCurves curves([] {});
  const CurveRequest wanted = request("long", "gaussian", 1000);
  curves.want({wanted});
  const Key key("long");
  while (!curves.curve(key).value || curves.curve(key).value->points.size() < 3) std::this_thread::yield();
  curves.pause();
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  const auto paused = curves.curve(key).value;
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_EQ(curves.curve(key).value, paused) << "nothing is measured while paused";
  curves.want({wanted});
  const auto curve = wait_for(curves, "long");
  ASSERT_TRUE(curve->complete);
  EXPECT_EQ(curve->points.size(), std::size_t(ErrorCurves::points_per_curve)) << "no point twice";
}

TEST(ErrorCurves, SayWhyThereIsNone) {
  ErrorCurves curves([] {});
  CurveRequest wanted = request("nothing", "network");  // with no model
  curves.want({wanted});
  for (int i = 0; i < 60'000 && !curves.curve(Key("nothing")); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  EXPECT_NE(curves.curve(Key("nothing")).problem.find("no trained network"), std::string::npos);
  EXPECT_EQ(curves.curve(Key("nothing")).value, nullptr);

  curves.pause();
  wanted.plan.lane.denoiser = "oracle";  // the cause is gone
  curves.want({wanted});
  EXPECT_TRUE(wait_for(curves, "nothing")->complete);
}

}  // namespace
}  // namespace noiseglass::app
