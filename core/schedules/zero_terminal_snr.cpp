#include "schedules/zero_terminal_snr.h"

#include <algorithm>
#include <cmath>

namespace noiseglass::schedules {
namespace {

constexpr double max_beta = 0.999;

/// In terms of r = √ᾱ: r' = (r − r_T)·r₁/(r₁ − r_T). What is left at t is proportional to the sum of the falls of r
/// after t, and a sum of positive terms loses no digits.
Schedule rescaled(const Schedule& schedule) {
  const int T = schedule.steps();
  std::vector<double> beta(T);
  double left = 0;  // r_t − r_T
  for (int t = T; t > 1; --t) {
    const double fall = std::sqrt(schedule.alpha_bar(t - 1)) * schedule.beta(t) / (1 + std::sqrt(schedule.alpha(t)));
    const double before = left + fall;
    beta[t - 1] = std::min(fall * (left + before) / (before * before), max_beta);  // 1 − (left/before)²
    left = before;
  }
  beta[0] = T == 1 ? max_beta : schedule.beta(1);
  return Schedule(schedule.id(), std::move(beta));
}

}  // namespace

ScheduleRecord with_zero_terminal_snr(ScheduleRecord record) {
  record.parameters.push_back({"zero_terminal_snr", "end in pure noise",
                               "Shift and scale √ᾱ so that nothing of the picture is left at t = T (Lin et al. 2024); "
                               "the last β is 0.999.",
                               0, 0, 1, Parameter::Kind::boolean});
  record.make = [make = record.make](int steps, const Values& values) {
    const Schedule schedule = make(steps, values);
    return values.at("zero_terminal_snr") != 0 ? rescaled(schedule) : schedule;
  };
  return record;
}

}  // namespace noiseglass::schedules
