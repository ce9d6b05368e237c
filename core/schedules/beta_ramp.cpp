#include "schedules/beta_ramp.h"

#include <algorithm>

namespace noiseglass::schedules {
namespace {
constexpr double max_beta = 0.999;
constexpr double reference_steps = 1000;
}  // namespace

std::vector<Parameter> beta_ramp_parameters(double beta_start, double beta_end) {
  return {
      {"beta_start", "first β", "β at t = 1, for T = 1000.", beta_start, 1e-6, max_beta},
      {"beta_end", "last β", "β at t = T, for T = 1000.", beta_end, 1e-6, max_beta},
      {"scale_to_steps", "scaled to T", "Multiply β by 1000/T, so that any number of steps ends in noise.", 1, 0, 1,
       Parameter::Kind::boolean},
  };
}

Schedule make_beta_ramp(const std::string& id, int steps, const Values& values, BetaCurve curve) {
  const double scale = values.at("scale_to_steps") != 0 ? reference_steps / steps : 1;
  const double first = values.at("beta_start"), last = values.at("beta_end");
  std::vector<double> beta(steps);
  for (int i = 0; i < steps; ++i) {
    const double u = steps == 1 ? 0 : double(i) / (steps - 1);
    beta[i] = std::min(scale * curve(first, last, u), max_beta);
  }
  return Schedule(id, std::move(beta));
}

}  // namespace noiseglass::schedules
