#include "samplers/flow.h"

#include <cmath>

namespace noiseglass::samplers {

double flow_sigma(const Schedule& schedule, int t) { return std::sqrt(schedule.variance(t) / schedule.alpha_bar(t)); }

Eigen::ArrayXd flow_slope(const SamplerStep& moment, double sigma) {
  return (moment.x_t.values / std::sqrt(moment.alpha_bar) - moment.x_0) / sigma;
}

}  // namespace noiseglass::samplers
