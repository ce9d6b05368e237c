#include "noiseglass/knots.h"
#include "schedules/from_log_snr.h"
#include "schedules/schedules.h"

namespace noiseglass::schedules {
namespace {

Schedule make_custom(int steps, const Values& values) {
  std::vector<double> shares(steps);
  for (int t = 1; t <= steps; ++t) shares[t - 1] = double(t) / steps;
  return from_log_snr("custom", spline_log_snr(to_knots(values.at("knots")), shares));
}

}  // namespace

ScheduleRecord custom() {
  ScheduleRecord record;
  record.id = "custom";
  record.label = "Custom";
  record.summary = "Your own: the log-SNR falls along a smooth curve through the knots that you choose.";
  record.formula = "λ_t = the monotone cubic spline through the knots (t/T, λ), ᾱ_t = 1/(1 + e^−λ_t)";
  record.source = "spline: Fritsch & Carlson 1980; Fritsch & Butland 1984";
  record.parameters = {
      {"knots", "knots",
       "From 2 to 16 pairs share:log-SNR, with shares of T that rise from 0 to 1 and log-SNR that falls.",
       to_value({{0, 9}, {0.2, 2.8}, {0.5, 0}, {0.8, -2.8}, {1, -9}}), 0, 1, Parameter::Kind::points},
  };
  record.make = make_custom;
  return record;
}

}  // namespace noiseglass::schedules
