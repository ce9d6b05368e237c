#include "program.h"

#include "noiseglass/denoiser.h"
#include "noiseglass/sampler.h"
#include "noiseglass/schedule.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace noiseglass {
namespace {

using testing::parse_csv;
using Tables = testing::CommandLine;

// Ho et al. 2020, section 4, recomputed here from β alone.
TEST_F(Tables, TheLinearScheduleIsThePapers) {
  const auto rows = parse_csv(output_of({"schedule", "linear", "--steps", "1000"}));
  ASSERT_EQ(rows.size(), 1002u);
  EXPECT_EQ(rows[0], (std::vector<std::string>{"t", "beta", "alpha", "alpha_bar", "sigma", "snr_db", "log_snr",
                                               "posterior_variance", "posterior_mean_x0", "posterior_mean_xt"}));
  EXPECT_EQ(rows[1], (std::vector<std::string>{"0", "0", "1", "1", "0", "inf", "inf", "0", "1", "0"}));
  double alpha_bar = 1;
  for (int t = 1; t <= 1000; ++t) {
    const auto number = [&](int column) { return std::stod(rows[std::size_t(t) + 1][std::size_t(column)]); };
    const double beta = 1e-4 + (0.02 - 1e-4) * (t - 1) / 999, before = alpha_bar;
    alpha_bar *= 1 - beta;
    EXPECT_EQ(number(0), t);
    EXPECT_NEAR(number(1), beta, 1e-15);
    EXPECT_NEAR(number(2), 1 - beta, 1e-15);
    EXPECT_NEAR(number(3), alpha_bar, 1e-13);
    EXPECT_NEAR(number(4), std::sqrt(1 - alpha_bar), 1e-12);
    EXPECT_NEAR(number(5), 10 * std::log10(alpha_bar / (1 - alpha_bar)), 1e-9);
    EXPECT_NEAR(number(6), std::log(alpha_bar / (1 - alpha_bar)), 1e-9);
    EXPECT_NEAR(number(7), (1 - before) / (1 - alpha_bar) * beta, 1e-12);
    EXPECT_NEAR(number(8), std::sqrt(before) * beta / (1 - alpha_bar), 1e-9);
    EXPECT_NEAR(number(9), std::sqrt(1 - beta) * (1 - before) / (1 - alpha_bar), 1e-9);
  }
}

// 17 significant digits bring back the very same float64.
TEST_F(Tables, NumbersComeBackExactly) {
  const Schedule schedule = make_schedule("cosine", 100, {{"s", 0.01}});
  const auto rows = parse_csv(output_of({"schedule", "cosine", "--steps", "100", "--set", "s=0.01"}));
  for (int t = 0; t <= 100; ++t) EXPECT_EQ(std::stod(rows[std::size_t(t) + 1][3]), schedule.alpha_bar(t));
}

TEST_F(Tables, ScheduleParametersAreSet) {
  const auto rows = parse_csv(output_of({"schedule", "linear", "--steps", "50", "--set", "scale_to_steps=false"}));
  EXPECT_NEAR(std::stod(rows.back()[3]), 0.603, 5e-4);  // the known trap: x_T is not noise
}

TEST_F(Tables, AScheduleOfOnesOwnIsGivenByItsKnots) {
  const auto rows = parse_csv(output_of({"schedule", "custom", "--steps", "10", "--set", "knots=0:9,1:-9"}));
  for (int t = 1; t <= 10; ++t) EXPECT_NEAR(std::stod(rows[std::size_t(t) + 1][6]), 9 - 1.8 * t, 1e-9);
}

// For N(m, s²) the probability-flow ODE moves every quantile to itself: x_t = √ᾱ·m + z·√(ᾱ·s² + 1 − ᾱ) with z kept.
TEST_F(Tables, ATrajectoryFollowsTheClosedFormOfAGaussian) {
  const std::string mixture = R"({"components":[{"weight":2,"mean":[0.5,-1],"std":0.3}]})";
  with_bytes("mixture.json", {mixture.begin(), mixture.end()});
  const auto rows =
      parse_csv(output_of({"trajectory", "--mixture", path("mixture.json"), "--schedule", "linear", "--sampler", "heun",
                           "--sample-steps", "500", "--start", "-0.4,1.2", "--start=2,0"}));
  ASSERT_EQ(rows.size(), 1u + 2 * 501);
  EXPECT_EQ(rows[0], (std::vector<std::string>{"start", "step", "t", "alpha_bar", "x", "y"}));
  const double mean[2] = {0.5, -1}, starts[2][2] = {{-0.4, 1.2}, {2, 0}};
  const auto spread = [](double alpha_bar) { return std::sqrt(alpha_bar * 0.09 + 1 - alpha_bar); };
  const double first = std::stod(rows[1][3]);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const auto number = [&](std::size_t column) { return std::stod(rows[i][column]); };
    const std::size_t start = i <= 501 ? 0 : 1, step = (i - 1) % 501;
    EXPECT_EQ(number(0), double(start));
    EXPECT_EQ(number(1), double(step));
    for (std::size_t d = 0; d < 2; ++d) {
      const double z = (starts[start][d] - std::sqrt(first) * mean[d]) / spread(first);
      EXPECT_NEAR(number(4 + d), std::sqrt(number(3)) * mean[d] + z * spread(number(3)), 2e-3) << "row " << i;
    }
  }
  EXPECT_EQ(rows.back()[2], "0");
  EXPECT_EQ(rows.back()[3], "1");
}

TEST_F(Tables, ListsSayWhatIsRegistered) {
  const auto ids = [&](const std::string& list) {
    std::vector<std::string> names;
    for (const auto& entry : nlohmann::json::parse(output_of({list, "--json"}))) {
      names.push_back(entry.at("id"));
      EXPECT_THAT(output_of({list}), ::testing::HasSubstr(names.back() + " "));
    }
    return names;
  };
  const auto known = [](const auto& registry) {
    std::vector<std::string> names;
    for (const auto& record : registry) names.push_back(record.id);
    return names;
  };
  EXPECT_EQ(ids("schedules"), known(schedule_records()));
  EXPECT_EQ(ids("samplers"), known(sampler_records()));
  EXPECT_EQ(ids("denoisers"), known(denoiser_records()));
  EXPECT_EQ(ids("spacings"), known(spacing_records()));
  EXPECT_THAT(ids("models"), ::testing::IsSupersetOf({"digits", "photo"}));
}

// What is needed to judge a network, and to make it again, is in its file and can be asked for.
TEST_F(Tables, ModelsSayHowTheyCameToBe) {
  const std::string lines = output_of({"models"});
  for (const auto& model : nlohmann::json::parse(output_of({"models", "--json"}))) {
    const auto& training = model.at("training");
    EXPECT_EQ(training.at("architecture").at("format"), "noiseglass-unet-1");
    EXPECT_EQ(training.at("recipe_sha256").get<std::string>().size(), 64u);
    for (const char* key : {"data", "license", "command", "images_seen", "created"})
      EXPECT_NE(training.at(key), "") << model.at("id") << ' ' << key;
    EXPECT_EQ(model.at("prediction"), "v");
    for (const char* key : {"data", "license", "command", "recipe_sha256"})
      EXPECT_THAT(lines, ::testing::HasSubstr(training.at(key).get<std::string>()));
  }
}

}  // namespace
}  // namespace noiseglass
