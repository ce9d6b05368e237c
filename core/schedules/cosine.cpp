#include "schedules/schedules.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace noiseglass::schedules {
namespace {

Schedule make_cosine(int steps, const Values& values) {
  const double s = values.at("s");
  const auto angle = [&](int t) { return (double(t) / steps + s) / (1 + s) * (std::numbers::pi / 2); };
  std::vector<double> beta(steps);
  for (int t = 1; t <= steps; ++t) {
    // 1 − cos²b/cos²a = sin(b + a)·sin(b − a)/cos²a: the same number without the cancellation of small β.
    const double a = angle(t - 1), b = angle(t);
    const double ratio = std::sin(b + a) * std::sin(b - a) / (std::cos(a) * std::cos(a));
    beta[t - 1] = std::min(ratio, double(values.at("max_beta")));
  }
  return Schedule("cosine", std::move(beta));
}

}  // namespace

ScheduleRecord cosine() {
  ScheduleRecord record;
  record.id = "cosine";
  record.label = "Cosine";
  record.summary =
      "ᾱ falls along a squared cosine, so the picture fades evenly and few steps are spent on almost pure noise.";
  record.formula = "β_t = min(1 − f(t)/f(t − 1), max_beta), f(t) = cos²((t/T + s)/(1 + s)·π/2)";
  record.source = "Nichol & Dhariwal 2021, eq. 17";
  record.parameters = {
      {"s", "offset s", "Keeps β from becoming tiny near t = 0.", 0.008, 1e-4, 0.5},
      {"max_beta", "largest β", "Cap on β; as given, it acts on the last step only, where f reaches 0.", 0.999, 0.01,
       0.999999},
  };
  record.make = make_cosine;
  return record;
}

}  // namespace noiseglass::schedules
