#include "schedules/beta_ramp.h"
#include "schedules/schedules.h"

#include <cmath>

namespace noiseglass::schedules {
namespace {
double square_root_curve(double start, double end, double u) {
  const double root = std::sqrt(start) + (std::sqrt(end) - std::sqrt(start)) * u;
  return root * root;
}
}  // namespace

ScheduleRecord scaled_linear() {
  ScheduleRecord record;
  record.id = "scaled-linear";
  record.label = "Scaled linear";
  record.summary = "√β grows linearly; known from latent diffusion. Its last step still holds a trace of the picture.";
  record.formula = "β_t = min(c·(√β_start + (√β_end − √β_start)·(t − 1)/(T − 1))², 0.999), c = 1000/T";
  record.source = "Rombach et al. 2022, published code (schedule \"linear\" there)";
  record.parameters = beta_ramp_parameters(0.00085, 0.012);
  record.make = [](int steps, const Values& values) {
    return make_beta_ramp("scaled-linear", steps, values, square_root_curve);
  };
  return record;
}

}  // namespace noiseglass::schedules
