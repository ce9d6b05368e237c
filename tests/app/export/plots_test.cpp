// Plots: curves, table and the places where they are drawn are the schedule's own numbers.
#include "export/plots.h"
#include "export/canvas.h"

#include "no_threads.h"
#include "session/set_state.h"

#include "noiseglass/thrown.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace noiseglass::exports {
namespace {

Source source(std::vector<app::Assignment> lines) {
  static const Library library = load_library();
  app::AppState state = app::starting_state(library);
  lines.push_back({"picture", "digit-3"});
  EXPECT_TRUE(app::set_state(state, lines, library, "/").empty());
  return Source(state, library);
}

TEST(Plots, TableHasEveryTOfBothSchedules) {
  const Source shown = source({{"T", "50"}, {"lane2.schedule", "sigmoid"}});
  std::istringstream lines(plots_table(shown, -1));
  std::string line;
  std::getline(lines, line);
  EXPECT_EQ(line,
            "t,lane1_beta,lane1_alpha_bar,lane1_snr_db,lane1_log_snr,lane2_beta,lane2_alpha_bar,lane2_snr_db,"
            "lane2_log_snr");
  const Schedule linear = make_schedule("linear", 50), sigmoid = make_schedule("sigmoid", 50);
  int t = 0;
  for (; std::getline(lines, line); ++t) {
    std::istringstream cells(line);
    std::vector<double> row;
    for (std::string cell; std::getline(cells, cell, ',');) row.push_back(std::stod(cell));
    EXPECT_EQ(row,
              (std::vector<double>{double(t), linear.beta(t), linear.alpha_bar(t), linear.snr_db(t), linear.log_snr(t),
                                   sigmoid.beta(t), sigmoid.alpha_bar(t), sigmoid.snr_db(t), sigmoid.log_snr(t)}));
  }
  EXPECT_EQ(t, 51);
}

TEST(Plots, CurvesAreTheScheduleOverTAndOverLogSnr) {
  for (const char* axis : {"t", "snr"}) {
    const Source shown = source({{"T", "200"}, {"axis", axis}, {"t", "100"}});
    const Schedule linear = make_schedule("linear", 200);
    const std::vector<Plot> plots = schedule_plots(shown, 0);
    ASSERT_EQ(plots.size(), 3u);
    for (std::size_t i = 0; i < 200; ++i) {
      const int t = int(i) + 1;
      EXPECT_EQ(plots[1].curves[0].x[i], axis == std::string("t") ? t : linear.log_snr(t));
      EXPECT_EQ(plots[0].curves[0].y[i], linear.beta(t));
      EXPECT_EQ(plots[1].curves[0].y[i], linear.alpha_bar(t));
      EXPECT_EQ(plots[2].curves[0].y[i], linear.snr_db(t));
    }
    EXPECT_EQ(plots[1].curves[0].cursor_y, linear.alpha_bar(100));
  }
}

/// As on the screen: the SNR of the weights, or that times the variance of this digit, 0.304.
TEST(Plots, TheSnrIsThatWhichIsShown) {
  const Plot weights = schedule_plots(source({{"T", "200"}}), 0, "snr_db").front();
  const Plot own = schedule_plots(source({{"T", "200"}, {"snr", "picture"}}), 0, "snr_db").front();
  EXPECT_NE(own.title, weights.title);
  for (std::size_t i = 0; i < 200; ++i)
    EXPECT_NEAR(own.curves[0].y[i] - weights.curves[0].y[i], 10 * std::log10(0.304), 0.01);
  const Plot other = schedule_plots(source({{"T", "200"}, {"snr", "picture"}}), 0, "alpha_bar").front();
  EXPECT_EQ(other.curves[0].y[99], make_schedule("linear", 200).alpha_bar(100));
}

TEST(Plots, TicksOfTimeAreFewAndInside) {
  for (const char* steps : {"1", "2", "7", "50", "999", "1000", "10000"}) {
    const Source shown = source({{"T", steps}});
    const std::vector<double> ticks = schedule_plots(shown, 0).front().x_ticks;
    EXPECT_GE(ticks.size(), 2u) << steps;
    EXPECT_LE(ticks.size(), 8u) << steps;
    EXPECT_LE(ticks.back(), std::stod(steps));
    EXPECT_EQ(std::set<double>(ticks.begin(), ticks.end()).size(), ticks.size());
  }
}

TEST(Plots, GreyPaperTellsTheLanesApart) {
  const Source shown = source({});
  const std::vector<Plot> plots = schedule_plots(shown, -1);
  const PlotSheet sheet = lay_out(plots);
  Canvas canvas(Canvas::Kind::svg, sheet.width, sheet.height);
  draw_sheet(canvas, shown, plots);
  const std::vector<char> bytes = canvas.document();
  const std::string svg(bytes.begin(), bytes.end());
  int dashed = 0;
  for (std::size_t at = 0; (at = svg.find("stroke-dasharray", at)) != svg.npos; ++at) ++dashed;
  EXPECT_EQ(dashed, 3 + 1);  // lane 2 in each plot, and in the legend
}

#ifdef NOISEGLASS_CAN_REFUSE_THREADS
// In a process of its own, which has drawn no letter yet.
TEST(PlotsDeathTest, WithoutAThreadForLettersThereIsASentenceAndTheProgramGoesOn) {
  ::testing::FLAGS_gtest_death_test_style = "threadsafe";
  const auto draw = [] {
    Canvas canvas(Canvas::Kind::svg, 100, 100);
    canvas.text(10, 50, "letters", Type{});
  };
  const auto refused_then_drawn = [&] {
    try {
      const FewThreads none(0);
      draw();
    } catch (...) {
      std::fputs(sentence_of(std::current_exception()).c_str(), stderr);
    }
    draw();
    std::exit(0);
  };
  EXPECT_EXIT(refused_then_drawn(), ::testing::ExitedWithCode(0), "no thread to spare");
}
#endif

}  // namespace
}  // namespace noiseglass::exports
