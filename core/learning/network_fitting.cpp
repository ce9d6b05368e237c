#include "learning/workspace.h"
#include "noiseglass/error.h"
#include "noiseglass/learning.h"

#include <algorithm>

namespace noiseglass {
namespace {

void check(const FittingOptions& options) {
  if (!(options.learning_rate > 0)) throw UsageError("the learning rate must be above zero");
  if (options.batch < 1) throw UsageError("a batch needs at least one point");
}

}  // namespace

Fitting::Fitting(const FittingOptions& options)
    : options_(options),
      network_(options.size, options.seed),
      adam_(network_.weights().size()),
      average_(network_.weights(), options.average_decay),
      workspace_(std::make_shared<Mlp::Workspace>()) {
  check(options_);
}

float Fitting::step(const Eigen::Array2Xf& x_t, const Eigen::ArrayXf& log_snr, const Eigen::Array2Xf& wanted) {
  const float loss = network_.loss(x_t, log_snr, wanted, *workspace_, gradient_);
  ++steps_;
  const double warmth = std::min(1.0, double(steps_) / std::max(1, options_.warm_up));
  adam_.step(network_.weights(), gradient_, float(options_.learning_rate * warmth));
  average_.step(network_.weights());
  return loss;
}

Mlp Fitting::averaged() const {
  Mlp averaged = network_;
  averaged.weights() = average_.mean();
  return averaged;
}

void Fitting::begin_again() {
  network_.weights() = average_.mean();
  adam_ = Adam(network_.weights().size());
  average_ = MovingAverage(network_.weights(), options_.average_decay);
  steps_ = 0;
}

}  // namespace noiseglass
