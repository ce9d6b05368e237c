#include "noiseglass/points.h"

#include "paths.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>

namespace noiseglass {
namespace {

/// Against the same sets written down a second time in numpy (tests/golden/make_points.py); ours draws float32 normals.
TEST(Datasets, AreTheOnesOfAnIndependentProgram) {
  const auto golden = nlohmann::json::parse(std::ifstream(TEST_DATA "/points.json"));
  ASSERT_EQ(golden["sets"].size(), dataset_records().size());
  for (const auto& [id, expected] : golden["sets"].items()) {
    SCOPED_TRACE(id);
    const Points points = make_dataset(id, int(expected.size()), golden["seed"]);
    for (Eigen::Index i = 0; i < points.cols(); ++i) {
      EXPECT_NEAR(points(0, i), expected[std::size_t(i)][0].get<double>(), 1e-6) << i;
      EXPECT_NEAR(points(1, i), expected[std::size_t(i)][1].get<double>(), 1e-6) << i;
    }
  }
}

TEST(Datasets, AreCentredWithVarianceOneOnAverageAndNearTheOrigin) {
  for (const DatasetRecord& record : dataset_records()) {
    SCOPED_TRACE(record.id);
    for (const int count : {2, 50, 3000}) {
      const Points points = make_dataset(record.id, count, 1);
      ASSERT_EQ(points.cols(), count);
      EXPECT_LT(points.rowwise().mean().abs().maxCoeff(), 1e-12);
      EXPECT_NEAR(points.square().colwise().sum().mean(), 2, 1e-12);
      EXPECT_LT(points.abs().maxCoeff(), 3) << "none lies far out";
    }
  }
}

TEST(Datasets, SameSeedSamePointsOtherSeedOthers) {
  for (const DatasetRecord& record : dataset_records()) {
    SCOPED_TRACE(record.id);
    const Points points = make_dataset(record.id, 100, 5);
    EXPECT_TRUE((points == make_dataset(record.id, 100, 5)).all());
    EXPECT_GT((points - make_dataset(record.id, 100, 6)).abs().maxCoeff(), 0.1);
  }
}

/// The ring's middle and the space between the rings stay empty, and the outer ring has 2.2 times the inner one's
/// points.
TEST(Datasets, RingsAreTwoThinCircles) {
  const Points points = make_dataset("rings", 2000, 3);
  const Eigen::ArrayXd radius = points.square().colwise().sum().sqrt().transpose();
  const double scale = std::sqrt(2 / ((1 * 1 + 2.2 * 2.2 * 2.2) / 3.2 + 2 * 0.07 * 0.07));
  const auto within = [&](double from, double to) { return (radius > from * scale && radius < to * scale).count(); };
  EXPECT_EQ(within(0, 0.65) + within(1.35, 1.85) + within(2.55, 9), 0);
  EXPECT_NEAR(double(within(1.85, 2.55)) / double(within(0.65, 1.35)), 2.2, 0.02);
}

TEST(Datasets, AnyRunOfPointsCoversTheWholeShape) {
  const Points points = make_dataset("two_moons", 1000, 9);
  for (const int first : {0, 300, 940}) {
    const Points run = points.middleCols(first, 60);
    EXPECT_LT(run.rowwise().mean().abs().maxCoeff(), 0.1) << first;
    EXPECT_NEAR(run.square().colwise().sum().mean(), 2, 0.15) << first;
  }
}

TEST(Datasets, RefuseAnUnknownNameAndSenselessCounts) {
  EXPECT_THROW(make_dataset("three_moons", 10, 0), UsageError);
  EXPECT_THROW(make_dataset("spiral", 0, 0), UsageError);
  EXPECT_THROW(make_dataset("spiral", max_points + 1, 0), UsageError);
}

TEST(Standardised, OnlyMovesPointsThatCoincide) {
  EXPECT_LT(standardised(Points::Constant(2, 4, 3.0)).abs().maxCoeff(), 1e-12);
  EXPECT_EQ(standardised(Points(2, 0)).cols(), 0);
  const Points scaled = standardised((Points(2, 2) << 0, 4, 5, 5).finished());
  EXPECT_NEAR(scaled(0, 1), std::sqrt(2), 1e-12);
  EXPECT_NEAR(scaled(1, 1), 0, 1e-12);
}

}  // namespace
}  // namespace noiseglass
