#include "noiseglass/error.h"
#include "noiseglass/learning.h"

#include <algorithm>
#include <cmath>

namespace noiseglass {

EvaluationSet::EvaluationSet(const PointModel& data, const Schedule& schedule, int points, int parts)
    : x_0_(2, points), epsilon_(2, points), x_t_(2, points), log_snr_(points), part_(points), parts_(parts) {
  if (points < 1 || parts < 1) throw UsageError("there are no points to measure on");
  std::vector<float> noise(4 * std::size_t(points));
  constexpr std::uint64_t seed = 0;  // always the same points
  fill_gaussian({seed, streams::learning_measure}, 0, noise);
  for (int i = 0; i < points; ++i) {
    epsilon_.col(i) << noise[4 * i], noise[4 * i + 1];
    const Eigen::Array2d spread(noise[4 * i + 2], noise[4 * i + 3]);
    // Every point of the data in turn, in an order that has nothing to do with t.
    const auto point = Eigen::Index(std::uint64_t(i) * 2654435761u % std::uint64_t(data.points().cols()));
    x_0_.col(i) = data.points().col(point) + data.width() * spread;
    const int t = std::min(1 + int((i + 0.5) / points * schedule.steps()), schedule.steps());
    x_t_.col(i) = std::sqrt(schedule.alpha_bar(t)) * x_0_.col(i) + schedule.sigma(t) * epsilon_.col(i);
    log_snr_[i] = schedule.log_snr(t);
    part_[i] = int(std::int64_t(i) * parts / points);
  }
}

DenoisingErrors EvaluationSet::of(const LearnedDenoiser& denoiser) const {
  const PointModel::Guess guess = denoiser.guess(x_t_, log_snr_);
  return errors(guess.epsilon, guess.x_0);
}

DenoisingErrors EvaluationSet::of(const PointModel& exact) const {
  PointModel::Guess all{Points(2, x_t_.cols()), Points(2, x_t_.cols())};
  for (Eigen::Index first = 0, last = 0; first < x_t_.cols(); first = last) {
    while (last < x_t_.cols() && log_snr_[last] == log_snr_[first]) ++last;  // those that share a t lie together
    const PointModel::Guess some = exact.guess(x_t_.middleCols(first, last - first), log_snr_[first]);
    all.x_0.middleCols(first, last - first) = some.x_0;
    all.epsilon.middleCols(first, last - first) = some.epsilon;
  }
  return errors(all.epsilon, all.x_0);
}

DenoisingErrors EvaluationSet::errors(const Points& epsilon, const Points& x_0) const {
  DenoisingErrors errors;
  errors.epsilon_by_t.assign(parts_, 0);
  errors.x_0_by_t.assign(parts_, 0);
  const Points of_epsilon = (epsilon - epsilon_).square(), of_x_0 = (x_0 - x_0_).square();
  errors.epsilon = of_epsilon.mean();
  errors.x_0 = of_x_0.mean();
  std::vector<int> count(parts_, 0);
  for (Eigen::Index i = 0; i < x_t_.cols(); ++i) {
    errors.epsilon_by_t[part_[i]] += of_epsilon.col(i).mean();
    errors.x_0_by_t[part_[i]] += of_x_0.col(i).mean();
    ++count[part_[i]];
  }
  for (int part = 0; part < parts_; ++part) {
    errors.epsilon_by_t[part] /= std::max(1, count[part]);
    errors.x_0_by_t[part] /= std::max(1, count[part]);
  }
  return errors;
}

}  // namespace noiseglass
