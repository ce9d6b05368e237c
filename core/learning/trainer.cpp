#include "learning/workspace.h"
#include "noiseglass/error.h"
#include "noiseglass/learning.h"

#include <algorithm>
#include <cmath>

namespace noiseglass {
namespace {

double uniform(std::uint32_t word) { return (word + 0.5) / 4294967296.0; }

/// Word k of block i of a step: which point, or which offset of t.
std::array<std::uint32_t, 4> words(std::uint64_t seed, std::uint32_t i, std::uint32_t step) {
  return philox4x32({i, step, std::uint32_t(streams::learning_words), std::uint32_t(streams::learning_words >> 32)},
                    {std::uint32_t(seed), std::uint32_t(seed >> 32)});
}

void check(const LearningOptions& options) {
  if (!(options.learning_rate > 0)) throw UsageError("the learning rate must be above zero");
  if (options.batch < 1) throw UsageError("a batch needs at least one point");
}

}  // namespace

std::shared_ptr<const PointModel> make_learning_data(const std::string& dataset) {
  return std::make_shared<PointModel>(make_dataset(dataset, 1000, 7), 0.05);
}

Trainer::Trainer(std::shared_ptr<const PointModel> data, Schedule schedule, const LearningOptions& options)
    : data_(std::move(data)),
      schedule_(std::move(schedule)),
      options_(options),
      network_(options.size, options.seed),
      adam_(network_.weights().size()),
      average_(network_.weights(), options.average_decay),
      workspace_(std::make_shared<Mlp::Workspace>()) {
  check(options_);
  x_t_.resize(2, options_.batch);
  wanted_.resize(2, options_.batch);
  log_snr_.resize(options_.batch);
  noise_.resize(4 * std::size_t(options_.batch));
}

void Trainer::draw_batch() {
  const Points& points = data_->points();
  fill_gaussian({options_.seed, streams::learning(steps_)}, 0, noise_);
  const double offset = uniform(words(options_.seed, 0, steps_)[3]);
  for (int i = 0; i < options_.batch; ++i) {
    const Eigen::Map<const Eigen::Array2f> epsilon(&noise_[4 * i]), spread(&noise_[4 * i + 2]);
    const auto word = words(options_.seed, std::uint32_t(i) / 3, steps_)[i % 3];
    const auto point = Eigen::Index(uniform(word) * double(points.cols()));
    const Eigen::Array2f x_0 = points.col(point).cast<float>() + float(data_->width()) * spread;
    const int t = std::min(1 + int((i + offset) / options_.batch * schedule_.steps()), schedule_.steps());
    const auto signal = float(std::sqrt(schedule_.alpha_bar(t))), sigma = float(schedule_.sigma(t));
    x_t_.col(i) = signal * x_0 + sigma * epsilon;
    log_snr_[i] = float(schedule_.log_snr(t));
    switch (options_.target) {
      case Target::epsilon:
        wanted_.col(i) = epsilon;
        break;
      case Target::x_0:
        wanted_.col(i) = x_0;
        break;
      case Target::v:
        wanted_.col(i) = signal * epsilon - sigma * x_0;
        break;
    }
  }
}

float Trainer::step() {
  draw_batch();
  const float loss = network_.loss(x_t_, log_snr_, wanted_, *workspace_, gradient_);
  ++steps_;
  const double warmth = std::min(1.0, double(steps_) / std::max(1, options_.warm_up));
  adam_.step(network_.weights(), gradient_, float(options_.learning_rate * warmth));
  average_.step(network_.weights());
  return loss;
}

std::shared_ptr<const LearnedDenoiser> Trainer::denoiser() const {
  Mlp averaged = network_;
  averaged.weights() = average_.mean();
  const double reach = 2 * (data_->points().abs().maxCoeff() + 3 * data_->width());  // with room to be wrong in
  return std::make_shared<LearnedDenoiser>(std::move(averaged), options_.target, reach);
}

}  // namespace noiseglass
