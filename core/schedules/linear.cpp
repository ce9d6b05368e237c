#include "schedules/beta_ramp.h"
#include "schedules/schedules.h"

namespace noiseglass::schedules {
namespace {
double linear_curve(double start, double end, double u) { return start + (end - start) * u; }
}  // namespace

ScheduleRecord linear() {
  ScheduleRecord record;
  record.id = "linear";
  record.label = "Linear";
  record.summary =
      "β grows linearly: the schedule of DDPM, which destroys the picture early and spends many steps on almost pure "
      "noise.";
  record.formula = "β_t = min(c·(β_start + (β_end − β_start)·(t − 1)/(T − 1)), 0.999), c = 1000/T";
  record.source = "Ho et al. 2020, section 4; scaling by 1000/T: Nichol & Dhariwal 2021, published code";
  record.parameters = beta_ramp_parameters(1e-4, 0.02);
  record.make = [](int steps, const Values& values) { return make_beta_ramp("linear", steps, values, linear_curve); };
  return record;
}

}  // namespace noiseglass::schedules
