#include "schedules/schedules.h"

#include <algorithm>

namespace noiseglass::schedules {
namespace {

Schedule make_flow(int steps, const Values& values) {
  std::vector<double> beta(steps);
  for (int t = 1; t <= steps; ++t) {
    // 1 − ᾱ_b/ᾱ_a with a and b the times before and now: a product, without the cancellation of small β.
    const double a = double(t - 1) / steps, b = double(t) / steps, step = 1.0 / steps;
    const double denominator = (1 - a) * (1 - a) * ((1 - b) * (1 - b) + b * b);
    beta[t - 1] = std::min(step * (a * (1 - b) + b * (1 - a)) / denominator, double(values.at("max_beta")));
  }
  return Schedule("flow", std::move(beta));
}

}  // namespace

ScheduleRecord flow() {
  ScheduleRecord record;
  record.id = "flow";
  record.label = "Flow (straight line)";
  record.summary = "The noise levels of flow matching: picture and noise are mixed along a straight line.";
  record.formula = "ᾱ_t = (1 − u)²/((1 − u)² + u²), u = t/T; β_t = min(1 − ᾱ_t/ᾱ_{t−1}, max_beta)";
  record.source = "Liu et al. 2023 (rectified flow), eq. 1; Lipman et al. 2023, section 4.1 with σ_min = 0";
  record.parameters = {
      {"max_beta", "largest β", "Cap on β; it acts at t = T, where ᾱ would be 0.", 0.999, 0.01, 0.999999},
  };
  record.make = make_flow;
  return record;
}

}  // namespace noiseglass::schedules
