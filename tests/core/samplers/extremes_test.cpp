// Every schedule, sampler and spacing at the ends of all that can be chosen: what comes out is finite, or a sentence
// says what cannot be.
#include "noiseglass/denoiser.h"
#include "noiseglass/error.h"
#include "noiseglass/sampler.h"
#include "noiseglass/schedule.h"

#include <gtest/gtest.h>

#include <cmath>

namespace noiseglass {
namespace {

/// The defaults; all parameters at their least; all at their most; and each alone at either end.
std::vector<Values> ends_of(const RecordInfo& record) {
  std::vector<Values> all(3);
  for (const Parameter& parameter : record.parameters) {
    all[1][parameter.id] = parameter.min, all[2][parameter.id] = parameter.max;
    all.push_back({{parameter.id, parameter.min}});
    all.push_back({{parameter.id, parameter.max}});
  }
  return all;
}

std::string text_of(const Values& values) {
  std::string text;
  for (const auto& [id, value] : values) text += " " + id + "=" + std::to_string(value);
  return text;
}

constexpr int lengths[] = {1, 2, 1000, Schedule::max_steps};

class Extremes : public testing::TestWithParam<std::string> {
 protected:
  template <class See>
  static void each_schedule(const ScheduleRecord& record, See see) {
    for (const Values& values : ends_of(record))
      for (const int T : lengths) {
        SCOPED_TRACE(record.id + text_of(values) + " T=" + std::to_string(T));
        try {
          see(make_schedule(record.id, T, values));
        } catch (const UsageError& error) {
          EXPECT_GT(std::string(error.what()).size(), 10u);
        }
      }
  }
};

TEST_P(Extremes, OfASchedule) {
  int seen = 0;
  each_schedule(find_record("schedule", schedule_records(), GetParam()), [&](const Schedule& schedule) {
    ++seen;
    const int T = schedule.steps();
    for (const int t : {0, 1, T / 2, T - 1, T}) {
      if (t < 0) continue;
      EXPECT_TRUE(schedule.alpha_bar(t) >= 0 && schedule.alpha_bar(t) <= 1) << t;
      EXPECT_TRUE(schedule.variance(t) >= 0 && schedule.variance(t) <= 1) << t;
      EXPECT_FALSE(std::isnan(schedule.log_snr(t))) << t;
      if (t > 0) EXPECT_TRUE(std::isfinite(schedule.log_snr(t))) << t;
    }
  });
  EXPECT_GT(seen, 3);
}

/// Towards a known mixture, whose posterior mean is exact.
TEST_P(Extremes, OfAScheduleWithEverySampler) {
  const auto denoiser =
      make_mixture_denoiser({{{0.5, Eigen::Array2d(-1, 0.5), 0.1}, {0.5, Eigen::Array2d(1, -0.5), 0.1}}});
  State start{{1, 1, 2}, Eigen::Array2d(0.7, -1.3)};
  int runs = 0;
  each_schedule(find_record("schedule", schedule_records(), GetParam()), [&](const Schedule& schedule) {
    const int T = schedule.steps();
    for (const SamplerRecord& sampler : sampler_records())
      for (const Values& values : ends_of(sampler))
        for (const auto& [spacing, N] : {std::pair("trailing", 1), std::pair("log-snr", std::min(T, 7))}) {
          SCOPED_TRACE(sampler.id + text_of(values) + " N=" + std::to_string(N));
          try {
            const auto run = make_sampler(
                sampler.id, {schedule, make_timesteps(spacing, schedule, N), denoiser, start, 1, false}, values);
            while (!run->done()) {
              const SamplerStep step = run->step();
              ASSERT_TRUE(step.x_t.values.isFinite().all()) << "x at t = " << step.t;
              ASSERT_TRUE(step.x_0.isFinite().all() && step.epsilon.isFinite().all()) << "guess at t = " << step.t;
            }
            ++runs;
          } catch (const UsageError& error) {
            EXPECT_GT(std::string(error.what()).size(), 10u);
          }
        }
  });
  EXPECT_GT(runs, 50);
}

std::vector<std::string> ids() {
  std::vector<std::string> all;
  for (const ScheduleRecord& record : schedule_records()) all.push_back(record.id);
  return all;
}

INSTANTIATE_TEST_SUITE_P(Schedules, Extremes, testing::ValuesIn(ids()), [](const auto& schedule) {
  std::string name = schedule.param;
  std::erase_if(name, [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); });
  return name;
});

}  // namespace
}  // namespace noiseglass
