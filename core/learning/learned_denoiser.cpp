#include "noiseglass/error.h"
#include "noiseglass/learning.h"

namespace noiseglass {
namespace {

Prediction unbounded(Target target, const Eigen::ArrayXd& x_t, double log_snr, const Eigen::ArrayXd& answer) {
  switch (target) {
    case Target::epsilon:
      return Prediction::from_epsilon(x_t, log_snr, answer);
    case Target::x_0:
      return Prediction::from_x_0(x_t, log_snr, answer);
    case Target::v:
      break;
  }
  return Prediction::from_v(x_t, log_snr, answer);
}

}  // namespace

Prediction LearnedDenoiser::from(const Eigen::ArrayXd& x_t, double log_snr, const Eigen::ArrayXd& answer) const {
  Prediction guess = unbounded(target_, x_t, log_snr, answer);
  if ((guess.x_0.abs() <= reach_).all()) return guess;
  const Prediction bounded = Prediction::from_x_0(x_t, log_snr, guess.x_0.max(-reach_).min(reach_));
  const auto outside = (guess.x_0.abs() > reach_).eval();
  guess.epsilon = outside.select(bounded.epsilon, guess.epsilon);  // the others stay what the network said
  guess.x_0 = bounded.x_0;
  return guess;
}

Prediction LearnedDenoiser::predict(const State& x_t, double log_snr, std::stop_token stop) const {
  if (x_t.values.size() % 2 != 0)
    throw UsageError("points in the plane have two numbers each, and here one is missing");
  if (stop.stop_requested()) throw Cancelled();
  const Eigen::Index points = x_t.values.size() / 2;
  const Eigen::Array2Xf x = x_t.values.reshaped(2, points).cast<float>();
  const Eigen::Array2Xf answer = network_(x, Eigen::ArrayXf::Constant(points, float(log_snr)));
  return from(x_t.values, log_snr, answer.reshaped().cast<double>());
}

PointModel::Guess LearnedDenoiser::guess(const Points& x_t, const Eigen::ArrayXd& log_snr) const {
  const Points answer = network_(x_t.cast<float>(), log_snr.cast<float>()).cast<double>();
  PointModel::Guess all{Points(2, x_t.cols()), Points(2, x_t.cols())};
  for (Eigen::Index i = 0; i < x_t.cols(); ++i) {
    const Prediction one = from(x_t.col(i), log_snr[i], answer.col(i));
    all.x_0.col(i) = one.x_0;
    all.epsilon.col(i) = one.epsilon;
  }
  return all;
}

}  // namespace noiseglass
