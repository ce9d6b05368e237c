// The plots of panels, as they can be taken away: the numbers that the curves were drawn from.

#include "export/plots.h"
#include "tests/app/layout/stage.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

namespace noiseglass::app {
namespace {

/// As whoever points at it with the mouse gets it; null where it is none.
std::shared_ptr<const exports::Plot> plot_of(Stage& stage, const std::string& name) {
  const Rect place = stage.place_of(name);
  stage.point_at({(place.min.x + place.max.x) / 2, (place.min.y + place.max.y) / 2});
  stage.frame();
  stage.frame();
  const Exporter& exporter = stage.contents().exporter();
  return exporter.pointed_plot ? exporter.pointed_plot : exporter.was_pointed_plot;
}

double sum(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

TEST(PlotsOfPanels, CanBeTakenAwayAsDrawingAndAsNumbers) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> wanted = {
      {"pixel", {"pixel.histogram", "pixel.paths"}},
      {"one_step", {"one_step.factors", "one_step.curves", "one_step.errors"}},
      {"score", {"score.weights"}},
      {"spectrum", {"spectrum.curve"}},
      {"schedule", {"schedule.curve", "schedule.alpha_bar", "schedule.beta"}},
      {"paths", {"paths.plane"}}};
  Stage stage;
  stage.resize({1920, 1080, 1});
  for (const auto& [tab, names] : wanted) {
    stage.show(tab);
    stage.finish();
    for (const std::string& name : names) {
      SCOPED_TRACE(name);
      const auto plot = plot_of(stage, name);
      ASSERT_NE(plot, nullptr);
      EXPECT_FALSE(plot->title.empty() || plot->x_label.empty() || plot->y_label.empty());
      ASSERT_FALSE(plot->curves.empty());
      for (const exports::Curve& curve : plot->curves) {
        EXPECT_FALSE(curve.label.empty());
        EXPECT_EQ(curve.x.size(), curve.y.size());
        EXPECT_GT(curve.x.size(), 1u) << curve.label;
      }
      for (const double tick : plot->x_ticks) EXPECT_LE((tick - plot->x_min) * (tick - plot->x_max), 1e-9) << tick;
      const auto csv = exports::plot_file(*plot, "csv"), svg = exports::plot_file(*plot, "svg");
      EXPECT_TRUE(std::string(csv.begin(), csv.end()).starts_with("curve,x,y\n"));
      EXPECT_NE(std::string(svg.begin(), svg.end()).find("<svg"), std::string::npos);
    }
  }
}

/// What the numbers have to add up to, whatever drew them.
TEST(PlotsOfPanels, HoldTheNumbersOfWhatTheyShow) {
  Stage stage;
  stage.resize({1920, 1080, 1});
  stage.show("score");
  stage.finish();
  const exports::Curve weights = plot_of(stage, "score.weights")->curves.at(0);
  EXPECT_EQ(weights.y.size(), 500u);
  EXPECT_NEAR(sum(weights.y), 1, 1e-9);
  EXPECT_TRUE(std::ranges::is_sorted(weights.y, std::greater()));

  stage.show("pixel");
  stage.finish();
  const exports::Curve values = plot_of(stage, "pixel.histogram")->curves.at(0);
  EXPECT_NEAR(sum(values.y) * (values.x[1] - values.x[0]), 1, 0.02);

  stage.show("one_step");
  stage.finish();
  const exports::Curve step = plot_of(stage, "one_step.curves")->curves.at(0);
  EXPECT_NEAR(sum(step.y) * (step.x[1] - step.x[0]), 1, 0.02);

  stage.show("schedule");
  stage.finish();
  const exports::Curve own = plot_of(stage, "schedule.curve")->curves.at(0);
  const Schedule& schedule = *stage.session().lane(0).schedule;
  ASSERT_EQ(own.x.size(), std::size_t(schedule.steps()));
  for (const int t : {1, 300, 1000}) EXPECT_EQ(own.y[std::size_t(t - 1)], schedule.log_snr(t));
}

}  // namespace
}  // namespace noiseglass::app
