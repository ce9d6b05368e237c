#include "schedules/beta_ramp.h"
#include "schedules/schedules.h"

#include <cmath>

namespace noiseglass::schedules {
namespace {
double sigmoid_curve(double start, double end, double u) {
  return start + (end - start) / (1 + std::exp(-(12 * u - 6)));
}
}  // namespace

ScheduleRecord sigmoid() {
  ScheduleRecord record;
  record.id = "sigmoid";
  record.label = "Sigmoid";
  record.summary = "β follows an S-curve: flat at both ends, steepest in the middle.";
  record.formula =
      "β_t = min(c·(β_start + (β_end − β_start)·S(−6 + 12·(t − 1)/(T − 1))), 0.999), S(a) = 1/(1 + e^−a), c = 1000/T";
  record.source = "Xu et al. 2022 (GeoDiff), published code";
  record.parameters = beta_ramp_parameters(1e-4, 0.02);
  record.make = [](int steps, const Values& values) { return make_beta_ramp("sigmoid", steps, values, sigmoid_curve); };
  return record;
}

}  // namespace noiseglass::schedules
