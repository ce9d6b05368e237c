// The density by an integral along the flow, against the density of the mixture in closed form.
#include "noiseglass/probability_flow.h"

#include "noiseglass/points.h"
#include "noiseglass/schedule.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>

namespace noiseglass {
namespace {

constexpr double tolerance = 0.01;  // in nats

TEST(ProbabilityFlow, GivesTheLogDensityOfTheMixture) {
  const Schedule schedule = make_schedule("cosine", 1000);
  for (const DatasetRecord& record : dataset_records()) {
    const PointModel model(record.make(300, 1), 0.06);
    for (const int t : {0, 100, 250, 400, 700})
      for (const Eigen::Array2d& x : {Eigen::Array2d(0.9, 1.3), Eigen::Array2d(-1.2, -1), Eigen::Array2d(0, 0),
                                      Eigen::Array2d(0.3, -0.4), Eigen::Array2d(2.5, -2)}) {
        const double exact = model.posterior(x, schedule.log_snr(t)).log_density;
        const ProbabilityFlow flow = flow_to_noise(model, x, schedule.log_snr(t));
        EXPECT_NEAR(flow.log_density(), exact, tolerance) << record.id << ", t = " << t << ", x = " << x.transpose();
      }
  }
}

/// One point at 0: q(x_t) = N(0, v·I), the flow is straight, x_T = x_t/√v, and it spreads areas by 1/v.
TEST(ProbabilityFlow, OfOneGaussianSpreadsAreasByItsVariance) {
  const PointModel model(Points::Zero(2, 1), 0.5);
  const double log_snr = 1.2, alpha_bar = 1 / (1 + std::exp(-log_snr)), v = alpha_bar * 0.25 + 1 - alpha_bar;
  const Eigen::Array2d x(0.7, -0.2);
  const ProbabilityFlow flow = flow_to_noise(model, x, log_snr);
  EXPECT_NEAR(flow.spread, -std::log(v), 1e-4);
  EXPECT_NEAR(flow.path.back().x(), x.x() / std::sqrt(v), 1e-4);
  EXPECT_NEAR(flow.path.back().y(), x.y() / std::sqrt(v), 1e-4);
  EXPECT_EQ(flow.path.front().x(), x.x());
}

TEST(ProbabilityFlow, RefusesWhatHasNoDensity) {
  const PointModel bare(Points::Zero(2, 1), 0);
  EXPECT_THROW(flow_to_noise(bare, {0, 0}, std::numeric_limits<double>::infinity()), UsageError);
  EXPECT_THROW(flow_to_noise(bare, {0, 0}, 0, 0), UsageError);
}

}  // namespace
}  // namespace noiseglass
