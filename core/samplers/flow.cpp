#include "samplers/flow.h"

#include <cmath>

namespace noiseglass::samplers {
namespace {
constexpr double longest_ratio = 8;
}  // namespace

double flow_sigma(const Schedule& schedule, int t) { return std::sqrt(schedule.variance(t) / schedule.alpha_bar(t)); }

Eigen::ArrayXd flow_slope(const SamplerStep& moment, double sigma) {
  return (moment.x_t.values / std::sqrt(moment.alpha_bar) - moment.x_0) / sigma;
}

Eigen::ArrayXd heun_move(const SamplerStep& now, double from, double to,
                         const std::function<SamplerStep(const Eigen::ArrayXd& x_flow)>& look) {
  const Eigen::ArrayXd x = now.x_t.values / std::sqrt(now.alpha_bar), slope = flow_slope(now, from);
  const Eigen::ArrayXd ahead = x + (to - from) * slope;
  if (from > longest_ratio * to) return ahead;
  return x + (to - from) * 0.5 * (slope + flow_slope(look(ahead), to));
}

}  // namespace noiseglass::samplers
