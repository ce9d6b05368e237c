#include "ui/panels/score/simulation.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <thread>

namespace noiseglass::app {
namespace {

std::shared_ptr<const PointModel> moons() {
  return std::make_shared<const PointModel>(make_dataset("two_moons", 60, 1), 0.06);
}

FlowRequest request(const std::string& sampler) {
  FlowRequest wanted;
  wanted.key = Key(sampler);
  wanted.model = moons();
  wanted.schedule = std::make_shared<const Schedule>(make_schedule("cosine", 200));
  wanted.sampler = sampler;
  wanted.steps = 20, wanted.count = 30, wanted.seed = 3;
  return wanted;
}

TEST(NoiseLevel, IsTheScheduleAtWholeTAndBetweenThemInBetween) {
  const Schedule schedule = make_schedule("linear", 100);
  for (const int t : {1, 40, 100}) {
    EXPECT_EQ(noise_level(schedule, t).alpha_bar, schedule.alpha_bar(t));
    EXPECT_NEAR(noise_level(schedule, t).log_snr, schedule.log_snr(t), 1e-12);
  }
  const NoiseLevel between = noise_level(schedule, 40.25);
  EXPECT_NEAR(between.alpha_bar, 0.75 * schedule.alpha_bar(40) + 0.25 * schedule.alpha_bar(41), 1e-15);
  EXPECT_NEAR(between.alpha_bar + between.variance, 1, 1e-14);
  EXPECT_TRUE(std::isinf(noise_level(schedule, 0).log_snr));
}

TEST(DrawnPoints, AreKeptAsTextAndWhatIsNoPointIsLeftOut) {
  std::string text;
  add_point(text, {0.254, -1.5});
  add_point(text, {99, -99});
  EXPECT_EQ(text, "0.25 -1.5;3.2 -3.2");
  const Points points = points_from_text(text + ";junk;;7 7;1");
  ASSERT_EQ(points.cols(), 2);
  EXPECT_EQ(points(0, 0), 0.25);
  EXPECT_EQ(points(1, 1), -3.2);
  EXPECT_EQ(points_from_text("").cols(), 0);
}

TEST(ForwardParticles, StartAsDataAndEndAsTheStartOfTheWayBack) {
  const auto model = moons();
  const ForwardParticles particles = forward_particles(*model, 200, 5);
  const Points away = particles.x_0.leftCols(60) - model->points();
  EXPECT_NEAR(std::sqrt(away.square().mean()), model->width(), 0.012) << "each blurred by the width";
  const Points noise = corrupt(particles.x_0, particles.epsilon, 1e-12);
  EXPECT_LT((noise - gaussian_points({5, streams::forward}, 200)).abs().maxCoeff(), 1e-5);
}

TEST(Flow, BeginsAtNoiseEndsAtDataAndSaysWhereParticlesAreBetweenMoments) {
  Flow flow;
  run_flow(request("ddim"), {}, [&](Flow so_far) { flow = std::move(so_far); });
  ASSERT_TRUE(flow.done());
  EXPECT_EQ(flow.t.front(), 200);
  EXPECT_EQ(flow.t.back(), 0);
  const std::vector<double> as_they_are(flow.t.size(), 1.0);
  EXPECT_TRUE((flow_at(flow, as_they_are, 200) == gaussian_points({3, streams::forward}, 30)).all());
  EXPECT_TRUE((flow_at(flow, as_they_are, 0) == *flow.x.back()).all());
  const double middle = 0.5 * (flow.t[3] + flow.t[4]);
  EXPECT_LT((flow_at(flow, as_they_are, middle) - 0.5 * (*flow.x[3] + *flow.x[4])).abs().maxCoeff(), 1e-14);
  std::vector<double> scales = as_they_are;
  scales[3] = 2;
  scales[4] = 4;
  EXPECT_LT((flow_at(flow, scales, middle) - (*flow.x[3] + 2 * *flow.x[4])).abs().maxCoeff(), 1e-13)
      << "straight in the coordinates in which it is written";
  flow.x.resize(4);
  EXPECT_TRUE((flow_at(flow, as_they_are, 0) == *flow.x.back()).all()) << "as far as is known";
  EXPECT_EQ(flow_at(Flow(), {}, 7).cols(), 0);
}

TEST(Flow, WaysBackShareTheirStartAndOnlyChanceDependsOnMoreThanThat) {
  std::map<std::string, Flow> flows;
  for (const char* sampler : {"ddim", "euler", "ddpm"})
    run_flow(request(sampler), {}, [&](Flow flow) { flows[sampler] = std::move(flow); });
  EXPECT_TRUE((*flows["ddim"].x.front() == *flows["ddpm"].x.front()).all());
  EXPECT_LT((*flows["ddim"].x.back() - *flows["euler"].x.back()).abs().maxCoeff(), 1e-9);
  EXPECT_GT((*flows["ddim"].x.back() - *flows["ddpm"].x.back()).abs().maxCoeff(), 0.2);
}

TEST(Field, IsDensestAtThePointAndItsArrowsLeadThere) {
  const PointModel model((Points(2, 1) << 1.6, -0.8).finished(), 0.2);
  const NoiseLevel clean{1, 0, INFINITY};
  const Field field = make_field(model, clean, 64);
  const auto brightest = std::max_element(field.density.begin(), field.density.end()) - field.density.begin();
  EXPECT_NEAR((brightest % 64 + 0.5) / 64 * 6.4 - 3.2, 1.6, 0.2);
  EXPECT_NEAR(3.2 - (double(brightest / 64) + 0.5) / 64 * 6.4, -0.8, 0.2) << "rows from the top, y up";
  EXPECT_EQ(field.density[0], 0);
  for (Eigen::Index i = 0; i < field.at.cols(); ++i) {
    const Eigen::Array2d way = Eigen::Array2d(1.6, -0.8) - field.at.col(i);
    EXPECT_LT((field.arrows.col(i) - way / 0.2).abs().maxCoeff(), 1e-9) << "(x_i − x)/v, times √v";
  }
}

TEST(Field, OfAWidePlaneShowsMoreOfItAtTheSameScale) {
  const PointModel model((Points(2, 1) << 4.8, -0.8).finished(), 0.2);  // outside of the square
  const Field field = make_field(model, {1, 0, INFINITY}, 64, 2);
  ASSERT_EQ(field.columns, 128);
  ASSERT_EQ(field.rows, 64);
  const auto brightest = std::max_element(field.density.begin(), field.density.end()) - field.density.begin();
  EXPECT_NEAR((double(brightest % 128) + 0.5) / 64 * 6.4 - 6.4, 4.8, 0.2);
  EXPECT_NEAR(3.2 - (double(brightest / 128) + 0.5) / 64 * 6.4, -0.8, 0.2);
  EXPECT_NEAR(field.at.row(0).maxCoeff(), 6.4, 0.4);
  EXPECT_NEAR(field.at.row(1).maxCoeff(), 3.2, 0.4);
}

TEST(ScoreWork, BringsTheNewestFieldAndKeepsFlowsThatAreStillWanted) {
  ScoreWork work([] {});
  const auto until = [](const std::function<bool()>& holds) {
    for (int i = 0; i < 3000 && !holds(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    return holds();
  };
  for (int k = 0; k < 20; ++k) work.want_field(Key(k), moons(), {0.5, 0.5, 0});
  EXPECT_TRUE(until([&] { return work.field() && work.field()->key == Key(19); }));

  work.want_flows({request("ddim"), request("ddpm")});
  EXPECT_TRUE(until([&] { return work.flow(1) && work.flow(1)->done() && work.flow(0)->done(); }));
  const auto ddpm = work.flow(1);
  work.want_flows({request("heun"), request("ddpm")});
  EXPECT_EQ(work.flow(1), ddpm) << "not computed again";
  EXPECT_TRUE(until([&] { return work.flow(0) && work.flow(0)->done(); }));
  work.want_flows({});
  EXPECT_EQ(work.flow(0), nullptr);
}

}  // namespace
}  // namespace noiseglass::app
