#include "noiseglass/learning.h"

#include <algorithm>
#include <cmath>

namespace noiseglass {

Adam::Adam(Eigen::Index weights, Rates rates)
    : rates_(rates), mean_(Eigen::ArrayXf::Zero(weights)), square_(Eigen::ArrayXf::Zero(weights)) {}

void Adam::step(Eigen::ArrayXf& weights, const Eigen::ArrayXf& gradient, float learning_rate) {
  power_1_ *= rates_.beta_1;
  power_2_ *= rates_.beta_2;
  const auto mean_scale = float(1 / (1 - power_1_)), square_scale = float(1 / (1 - power_2_));
  mean_ = rates_.beta_1 * mean_ + (1 - rates_.beta_1) * gradient;
  square_ = rates_.beta_2 * square_ + (1 - rates_.beta_2) * gradient.square();
  weights -= learning_rate * (mean_ * mean_scale) / ((square_ * square_scale).sqrt() + rates_.epsilon);
}

void MovingAverage::step(const Eigen::ArrayXf& weights) {
  ++steps_;
  const float kept = std::min(decay_, float(1 + steps_) / float(10 + steps_));
  mean_ += (1 - kept) * (weights - mean_);
}

}  // namespace noiseglass
