#pragma once

#include <Eigen/Core>

namespace noiseglass::denoisers {

/// Turns log-weights into weights that sum to 1; subtracting the largest first keeps exp in range.
inline void softmax(Eigen::ArrayXd& log_weights) {
  log_weights = (log_weights - log_weights.maxCoeff()).exp();
  log_weights /= log_weights.sum();
}

}  // namespace noiseglass::denoisers
