#include "learning/draws.h"
#include "noiseglass/learning.h"

#include <algorithm>
#include <cmath>

namespace noiseglass {

std::shared_ptr<const PointModel> make_learning_data(const std::string& dataset) {
  return std::make_shared<PointModel>(make_dataset(dataset, 1000, 7), 0.05);
}

Trainer::Trainer(std::shared_ptr<const PointModel> data, Schedule schedule, const LearningOptions& options)
    : data_(std::move(data)), schedule_(std::move(schedule)), options_(options), fitting_(options) {
  x_t_.resize(2, options_.batch);
  wanted_.resize(2, options_.batch);
  log_snr_.resize(options_.batch);
  noise_.resize(4 * std::size_t(options_.batch));
}

void Trainer::draw_batch() {
  const Points& points = data_->points();
  fill_gaussian({options_.seed, streams::learning(steps())}, 0, noise_);
  const double offset = learning::drawn_offset(options_.seed, steps());
  for (int i = 0; i < options_.batch; ++i) {
    const Eigen::Map<const Eigen::Array2f> epsilon(&noise_[4 * i]), spread(&noise_[4 * i + 2]);
    const auto point = Eigen::Index(learning::drawn_point(options_.seed, steps(), i) * double(points.cols()));
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
  return fitting_.step(x_t_, log_snr_, wanted_);
}

std::shared_ptr<const LearnedDenoiser> Trainer::denoiser() const {
  const double reach = 2 * (data_->points().abs().maxCoeff() + 3 * data_->width());  // with room to be wrong in
  return std::make_shared<LearnedDenoiser>(fitting_.averaged(), options_.target, reach);
}

}  // namespace noiseglass
