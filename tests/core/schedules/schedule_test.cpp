#include "noiseglass/schedule.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace noiseglass {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;
using Real = long double;

constexpr int all_steps[] = {1, 2, 50, 1000, 10'000};

void for_every_schedule(const std::function<void(const Schedule&)>& check) {
  for (const ScheduleRecord& record : schedule_records()) {
    for (const int T : all_steps) {
      for (const bool rescaled : {false, true}) {
        SCOPED_TRACE(record.id + (rescaled ? ", rescaled" : "") + ", T = " + std::to_string(T));
        check(make_schedule(record.id, T, {{"zero_terminal_snr", rescaled}}));
      }
    }
  }
}

TEST(EverySchedule, FallsFromOneStaysPositiveAndFinite) {
  for_every_schedule([](const Schedule& schedule) {
    EXPECT_EQ(schedule.alpha_bar(0), 1);
    EXPECT_EQ(schedule.beta(0), 0);
    EXPECT_EQ(schedule.sigma(0), 0);
    EXPECT_EQ(schedule.log_snr(0), std::numeric_limits<double>::infinity());
    for (int t = 1; t <= schedule.steps(); ++t) {
      ASSERT_GT(schedule.beta(t), 0);
      ASSERT_LT(schedule.beta(t), 1);
      ASSERT_LT(schedule.alpha_bar(t), schedule.alpha_bar(t - 1));
      ASSERT_GT(schedule.alpha_bar(t), 0);
      ASSERT_LT(schedule.log_snr(t), schedule.log_snr(t - 1));
      for (const double value :
           {schedule.sigma(t), schedule.log_snr(t), schedule.snr_db(t), schedule.posterior(t, t - 1).mean_x_0,
            schedule.posterior(t, t - 1).mean_x_t, schedule.posterior(t, t - 1).variance}) {
        ASSERT_TRUE(std::isfinite(value));
      }
    }
  });
}

/// ᾱ, 1 − ᾱ, λ and dB recomputed from β in long double.
TEST(EverySchedule, QuantitiesFollowFromBeta) {
  for_every_schedule([](const Schedule& schedule) {
    Real alpha_bar = 1, variance = 0;
    for (int t = 1; t <= schedule.steps(); ++t) {
      variance += alpha_bar * Real(schedule.beta(t));
      alpha_bar *= 1 - Real(schedule.beta(t));
      ASSERT_NEAR(schedule.alpha(t), 1 - Real(schedule.beta(t)), 1e-15L);
      ASSERT_NEAR(schedule.alpha_bar(t), alpha_bar, 1e-12L * alpha_bar);
      ASSERT_NEAR(schedule.variance(t), variance, 1e-12L * variance);
      ASSERT_NEAR(schedule.sigma(t), std::sqrt(variance), 1e-12L * std::sqrt(variance));
      ASSERT_NEAR(schedule.log_snr(t), std::log(alpha_bar / variance), 1e-12L);
      ASSERT_NEAR(schedule.snr_db(t), 10 * std::log10(alpha_bar / variance), 1e-11L);
      ASSERT_NEAR(NoiseLevel::from_log_snr(schedule.log_snr(t)).alpha_bar, alpha_bar, 1e-12L * alpha_bar);
      ASSERT_NEAR(NoiseLevel::from_log_snr(schedule.log_snr(t)).variance, variance, 1e-12L * variance);
    }
  });
}

/// Bayes' rule for two Gaussians: prior q(x_{t−1}|x₀) times likelihood q(x_t|x_{t−1}); precisions add.
TEST(EverySchedule, PosteriorIsTheProductOfPriorAndLikelihood) {
  for_every_schedule([](const Schedule& schedule) {
    const Schedule::Posterior first = schedule.posterior(1, 0);
    EXPECT_NEAR(first.mean_x_0, 1, 1e-15);
    EXPECT_EQ(first.mean_x_t, 0);
    EXPECT_EQ(first.variance, 0);
    for (int t = 2; t <= schedule.steps(); ++t) {
      const Real prior = schedule.variance(t - 1), alpha = schedule.alpha(t), beta = schedule.beta(t);
      const Real variance = 1 / (1 / prior + alpha / beta);
      ASSERT_NEAR(schedule.posterior(t, t - 1).variance, variance, 1e-12L * variance);
      const Real mean_x0 = variance * std::sqrt(Real(schedule.alpha_bar(t - 1))) / prior;
      const Real mean_xt = variance * std::sqrt(alpha) / beta;
      ASSERT_NEAR(schedule.posterior(t, t - 1).mean_x_0, mean_x0, 1e-12L * mean_x0);
      ASSERT_NEAR(schedule.posterior(t, t - 1).mean_x_t, mean_xt, 1e-12L * mean_xt);
    }
  });
}

/// The same product for steps of any length, with β_{t|s} = 1 − ᾱ_t/ᾱ_s in long double from the steps between.
TEST(EverySchedule, PosteriorOfALongStepIsBayesRuleToo) {
  for_every_schedule([](const Schedule& schedule) {
    const int T = schedule.steps();
    for (const int t : {T, std::max(1, T / 2), std::min(T, 7)}) {
      for (const int s : {t - 1, t / 2, t / 10, 0}) {
        Real alpha = 1, beta = 0;
        for (int k = s + 1; k <= t; ++k) beta += alpha * Real(schedule.beta(k)), alpha *= 1 - Real(schedule.beta(k));
        const Schedule::Posterior posterior = schedule.posterior(t, s);
        ASSERT_NEAR(posterior.beta, beta, 1e-12L * beta);
        if (s == 0) continue;
        const Real prior = schedule.variance(s), variance = 1 / (1 / prior + alpha / beta);
        ASSERT_NEAR(posterior.variance, variance, 1e-11L * variance);
        ASSERT_NEAR(posterior.mean_x_0, variance * std::sqrt(Real(schedule.alpha_bar(s))) / prior, 1e-11L);
        ASSERT_NEAR(posterior.mean_x_t, variance * std::sqrt(alpha) / beta, 1e-11L);
      }
    }
    EXPECT_THROW(schedule.posterior(1, 1), UsageError);
    EXPECT_THROW(schedule.posterior(T + 1, 0), UsageError);
    EXPECT_THROW(schedule.posterior(T, -1), UsageError);
  });
}

TEST(EverySchedule, NearestTFindsItsOwnTableAndTheMiddle) {
  for_every_schedule([](const Schedule& schedule) {
    EXPECT_EQ(schedule.nearest_t(std::numeric_limits<double>::infinity()), 0);
    EXPECT_EQ(schedule.nearest_t(1e9), 1);
    EXPECT_EQ(schedule.nearest_t(-1e9), schedule.steps());
    for (int t = 1; t <= schedule.steps(); ++t) ASSERT_EQ(schedule.nearest_t(schedule.log_snr(t)), t);
    for (int t = 1; t < schedule.steps(); t += 7) {
      const double here = schedule.log_snr(t), next = schedule.log_snr(t + 1);
      ASSERT_EQ(schedule.nearest_t(0.6 * here + 0.4 * next), t);
      ASSERT_EQ(schedule.nearest_t(0.4 * here + 0.6 * next), t + 1);
    }
  });
}

// The published formulae, once more in long double and in their own words.

Real ramp(int t, int T) { return T == 1 ? 0 : Real(t - 1) / (T - 1); }
Real capped(Real beta) { return std::min(beta, 0.999L); }

void expect_beta(const std::string& id, const Values& values, const std::function<Real(int t, int T)>& beta) {
  for (const int T : all_steps) {
    SCOPED_TRACE(id + ", T = " + std::to_string(T));
    const Schedule schedule = make_schedule(id, T, values);
    Real alpha_bar = 1;
    for (int t = 1; t <= T; ++t) {
      alpha_bar *= 1 - beta(t, T);
      ASSERT_NEAR(schedule.beta(t), beta(t, T), 1e-12L) << "t = " << t;
      ASSERT_NEAR(schedule.alpha_bar(t), alpha_bar, 1e-12L) << "t = " << t;
    }
  }
}

TEST(LinearSchedule, IsThatOfHoEtAl) {
  expect_beta("linear", {}, [](int t, int T) { return capped(1000.0L / T * (1e-4L + 0.0199L * ramp(t, T))); });
}

TEST(LinearSchedule, WithoutScalingTheEndpointsStay) {
  for (const int T : {2, 50, 1000}) {
    const Schedule schedule = make_schedule("linear", T, {{"scale_to_steps", 0}});
    EXPECT_EQ(schedule.beta(1), 1e-4);
    EXPECT_NEAR(schedule.beta(T), 0.02, 1e-15);
  }
  // The known bug of teaching code: 50 unscaled steps leave most of the picture.
  EXPECT_NEAR(make_schedule("linear", 50, {{"scale_to_steps", 0}}).alpha_bar(50), 0.603, 5e-4);
  EXPECT_LT(make_schedule("linear", 50).alpha_bar(50), 1e-4);
}

TEST(ScaledLinearSchedule, IsLinearInTheSquareRootOfBeta) {
  expect_beta("scaled-linear", {}, [](int t, int T) {
    const Real root = std::sqrt(0.00085L) * (1 - ramp(t, T)) + std::sqrt(0.012L) * ramp(t, T);
    return capped(1000.0L / T * root * root);
  });
}

TEST(SigmoidSchedule, FollowsASigmoidFromMinusSixToSix) {
  expect_beta("sigmoid", {}, [](int t, int T) {
    const Real a = -6 + 12 * ramp(t, T);
    return capped(1000.0L / T * (1e-4L + 0.0199L * std::exp(a) / (1 + std::exp(a))));
  });
}

TEST(CosineSchedule, IsThatOfNicholAndDhariwal) {
  expect_beta("cosine", {}, [](int t, int T) {
    const auto f = [T](int at) {
      const Real c = std::cos((Real(at) / T + 0.008L) / 1.008L * std::numbers::pi_v<Real> / 2);
      return c * c;
    };
    return std::min(1 - f(t) / f(t - 1), 0.999L);
  });
}

TEST(LogSnrSchedule, FallsByTheSameLogSnrInEveryStep) {
  for (const int T : all_steps) {
    const Schedule schedule = make_schedule("log-snr", T, {{"log_snr_max", 9}, {"log_snr_min", -11}});
    for (int t = 1; t <= T; ++t) ASSERT_NEAR(schedule.log_snr(t), 9 - 20.0 * t / T, 1e-11) << T << ' ' << t;
  }
}

/// β' from ᾱ = a²/(a² + b²) with a = 1 − u, b = u: the mixture (1 − u)·x₀ + u·ε scaled to variance 1.
TEST(FlowSchedule, HasTheLevelsOfAStraightLine) {
  const auto alpha_bar = [](int t, int T) {
    const Real u = Real(t) / T;
    return (1 - u) * (1 - u) / ((1 - u) * (1 - u) + u * u);
  };
  expect_beta("flow", {}, [&](int t, int T) { return capped(1 - alpha_bar(t, T) / alpha_bar(t - 1, T)); });
  const Schedule schedule = make_schedule("flow", 1000);
  EXPECT_NEAR(schedule.alpha_bar(500), 0.5, 1e-12);
  EXPECT_NEAR(schedule.log_snr(250), 2 * std::log(3.0), 1e-10);
  EXPECT_NEAR(schedule.log_snr(750), -2 * std::log(3.0), 1e-10);
  for (int t = 1; t < 1000; ++t) {  // x̄ = x₀ + u/(1 − u)·ε
    ASSERT_NEAR(std::sqrt(1 / schedule.alpha_bar(t) - 1) / (t / 1000.0 / (1 - t / 1000.0)), 1, 1e-9);
  }
  EXPECT_NEAR(schedule.beta(1000), 0.999, 1e-15);  // only the last step is capped
  EXPECT_LT(schedule.beta(999), 0.8);
}

/// Lin et al.'s algorithm 1 in long double: √ᾱ shifted by its last value, scaled so that its first stays.
TEST(ZeroTerminalSnr, ShiftsAndScalesTheRootOfAlphaBar) {
  for (const ScheduleRecord& record : schedule_records()) {
    for (const int T : {2, 50, 1000, 10'000}) {
      SCOPED_TRACE(record.id + ", T = " + std::to_string(T));
      const Schedule before = make_schedule(record.id, T);
      const Schedule after = make_schedule(record.id, T, {{"zero_terminal_snr", 1}});
      const auto root = [&](int t) { return std::sqrt(Real(before.alpha_bar(t))); };
      for (int t = 1; t < T; ++t) {
        const Real expected = (root(t) - root(T)) * root(1) / (root(1) - root(T));
        ASSERT_NEAR(std::sqrt(after.alpha_bar(t)), expected, 1e-12L) << t;
      }
      EXPECT_NEAR(after.alpha_bar(T) / after.alpha_bar(T - 1), 0.001, 1e-12);  // 0 has no log-SNR: β = 0.999 instead
    }
    EXPECT_EQ(make_schedule(record.id, 1, {{"zero_terminal_snr", 1}}).beta(1), 0.999);
  }
}

/// Numbers that the published code gives for the schedule of latent diffusion (0-based i = t − 1, T = 1000).
TEST(PublishedValues, ZeroTerminalSnrOfScaledLinear) {
  const Schedule schedule = make_schedule("scaled-linear", 1000, {{"zero_terminal_snr", 1}});
  for (const auto& [i, alpha_bar] : std::initializer_list<std::pair<int, double>>{{0, 0.99915},
                                                                                  {250, 0.652457015341},
                                                                                  {500, 0.241018782757},
                                                                                  {750, 0.0327991181287},
                                                                                  {998, 1.96788805662e-07}}) {
    EXPECT_NEAR(schedule.alpha_bar(i + 1), alpha_bar, 1e-9) << i;
  }
}

/// Values known from published tables (0-based index i = t − 1, T = 1000).
TEST(PublishedValues, AlphaBarAtTheMiddleAndTheEndAndTheHalfwayPoint) {
  struct Row {
    const char* id;
    double middle, end;
    int half;
  };
  for (const Row& row : {Row{"linear", 0.078587, 4.0358e-5, 259}, Row{"scaled-linear", 0.277670, 4.6601e-3, 354},
                         Row{"cosine", 0.493844, 2.4288e-9, 496}}) {
    SCOPED_TRACE(row.id);
    const Schedule schedule = make_schedule(row.id, 1000);
    EXPECT_NEAR(schedule.alpha_bar(500), row.middle, 5e-7);
    EXPECT_NEAR(schedule.alpha_bar(1000) / row.end, 1, 2e-5);
    int t = 1;
    while (schedule.alpha_bar(t) >= 0.5) ++t;
    EXPECT_EQ(t - 1, row.half);
  }
}

/// The cap acts at the last index only: the SNR falls by 30 dB in that one step, and 1/√ᾱ is 20,291 there.
TEST(PublishedValues, CosineDropsThirtyDecibelsInItsLastStep) {
  const Schedule schedule = make_schedule("cosine", 1000);
  EXPECT_EQ(schedule.beta(1000), 0.999);
  EXPECT_LT(schedule.beta(999), 0.9);
  EXPECT_NEAR(schedule.snr_db(999) - schedule.snr_db(1000), 30, 0.01);
  EXPECT_NEAR(1 / std::sqrt(schedule.alpha_bar(1000)), 20291, 1);
}

TEST(Schedule, RefusesStepsTimesAndBetasOutOfRange) {
  EXPECT_THAT([] { make_schedule("linear", 0); }, ThrowsMessage<UsageError>(HasSubstr("T = 0")));
  EXPECT_THROW(make_schedule("linear", -5), UsageError);
  EXPECT_THROW(make_schedule("linear", 10'001), UsageError);
  EXPECT_THROW(Schedule("own", {}), UsageError);
  EXPECT_THROW(Schedule("own", {0.1, 1.0}), UsageError);
  EXPECT_THROW(Schedule("own", {0.0}), UsageError);
  EXPECT_THROW(Schedule("own", {std::nan("")}), UsageError);
  const Schedule schedule = make_schedule("cosine", 10);
  EXPECT_THAT([&] { schedule.beta(11); }, ThrowsMessage<UsageError>(HasSubstr("t = 11 is outside 0 … 10")));
  EXPECT_THROW(schedule.log_snr(-1), UsageError);
  EXPECT_THROW(schedule.nearest_t(std::nan("")), UsageError);
  EXPECT_THAT(
      [] {
        make_schedule("linear", 9000, {{"scale_to_steps", 0}, {"beta_end", 0.5}});
      },
      ThrowsMessage<UsageError>(HasSubstr("drives ᾱ to zero")));
}

/// Sliders can go to any corner of the parameters: a usable schedule or a sentence, never NaN.
TEST(EverySchedule, SurvivesTheCornersOfItsParameters) {
  for (const ScheduleRecord& record : schedule_records()) {
    for (int corner = 0; corner < 1 << record.parameters.size(); ++corner) {
      Values values;
      for (std::size_t i = 0; i < record.parameters.size(); ++i) {
        if (record.parameters[i].kind == Parameter::Kind::points) continue;
        values[record.parameters[i].id] = corner >> i & 1 ? record.parameters[i].max : record.parameters[i].min;
      }
      for (const int T : {1, 2, 30, 1000}) {
        try {
          const Schedule schedule = make_schedule(record.id, T, values);
          for (int t = 1; t <= T; ++t) ASSERT_TRUE(std::isfinite(schedule.log_snr(t))) << record.id;
        } catch (const UsageError& error) {
          EXPECT_THAT(error.what(), HasSubstr("drives ᾱ to zero")) << record.id;
        }
      }
    }
  }
}

}  // namespace
}  // namespace noiseglass
