// The exact model over points of the plane. x̂₀, ε̂ and the score are each written as a weighted sum of their own, since
// one from another would divide a small difference by √(1−ᾱ) near t = 0.
#include "noiseglass/point_model.h"

#include "noiseglass/noise_level.h"

#include <cmath>
#include <numbers>

namespace noiseglass {
namespace {

/// What does not depend on x_t.
struct Level {
  double signal, noise, variance;  // √ᾱ, √(1−ᾱ), v

  Level(double log_snr, double width) {
    const NoiseLevel level = NoiseLevel::from_log_snr(log_snr);
    signal = level.signal();
    noise = level.sigma();
    variance = level.alpha_bar * width * width + level.variance;
    if (!(variance > 0)) throw UsageError("without noise, points of no width have no density: ask at t ≥ 1");
  }
};

/// The softmax over points for one x_t, and the mean that it gives; its arrays are used again for the next x_t.
class Softmax {
 public:
  Softmax(const Points& points, const Level& level)
      : variance_(level.variance),
        x_(level.signal * points.row(0).transpose()),
        y_(level.signal * points.row(1).transpose()),
        weights_(points.cols()) {}

  void look_at(const Eigen::Array2d& x_t) {
    weights_ = ((x_t.x() - x_).square() + (x_t.y() - y_).square()) * (-0.5 / variance_);
    largest_ = weights_.maxCoeff();
    weights_ = (weights_ - largest_).exp();
    sum_ = weights_.sum();
    weights_ /= sum_;
  }

  const Eigen::ArrayXd& weights() const { return weights_; }
  /// Σ w_i·(x_t − √ᾱ·x_i)
  Eigen::Array2d mean_difference(const Eigen::Array2d& x_t) const {
    return {(weights_ * (x_t.x() - x_)).sum(), (weights_ * (x_t.y() - y_)).sum()};
  }
  double log_density() const {
    return largest_ + std::log(sum_ / (double(weights_.size()) * 2 * std::numbers::pi * variance_));
  }

 private:
  double variance_, largest_ = 0, sum_ = 1;
  Eigen::ArrayXd x_, y_, weights_;
};

/// Σ w_i·(x_i + √ᾱ·width²/v·(x_t − √ᾱ·x_i))
Eigen::Array2d guess_x_0(const PointModel& model, const Level& level, const Eigen::ArrayXd& weights,
                         const Eigen::Array2d& difference) {
  const Eigen::Array2d mean = (model.points().matrix() * weights.matrix()).array();
  return mean + level.signal * model.width() * model.width() / level.variance * difference;
}

void stop_if_asked(const std::stop_token& stop) {
  if (stop.stop_requested()) throw Cancelled();
}

class PointDenoiser final : public Denoiser {
 public:
  explicit PointDenoiser(std::shared_ptr<const PointModel> model) : model_(std::move(model)) {
    if (!model_) throw UsageError("a denoiser over points needs a model of them");
  }

  Prediction predict(const State& x_t, double log_snr, std::stop_token stop) const override {
    PointModel::Guess guess = model_->guess(to_points(x_t), log_snr, stop);
    return {to_state(guess.x_0).values, to_state(guess.epsilon).values};
  }

 private:
  std::shared_ptr<const PointModel> model_;
};

}  // namespace

PointModel::PointModel(Points points, double width) : points_(std::move(points)), width_(width) {
  if (points_.cols() == 0) throw UsageError("a model of points needs at least one point");
  if (!points_.isFinite().all()) throw UsageError("a point of the set is not a finite number");
  if (!(width_ >= 0) || !std::isfinite(width_)) throw UsageError("the width of a point must be 0 or more");
}

PointPosterior PointModel::posterior(const Eigen::Array2d& x_t, double log_snr) const {
  const Level level(log_snr, width_);
  Softmax softmax(points_, level);
  softmax.look_at(x_t);
  const Eigen::Array2d difference = softmax.mean_difference(x_t);
  PointPosterior answer;
  answer.weights = softmax.weights();
  answer.x_0 = guess_x_0(*this, level, answer.weights, difference);
  answer.epsilon = level.noise / level.variance * difference;
  answer.score = -difference / level.variance;
  answer.log_density = softmax.log_density();
  return answer;
}

PointModel::Guess PointModel::guess(const Points& x_t, double log_snr, std::stop_token stop) const {
  const Level level(log_snr, width_);
  Softmax softmax(points_, level);
  Guess guess{Points(2, x_t.cols()), Points(2, x_t.cols())};
  for (Eigen::Index i = 0; i < x_t.cols(); ++i) {
    stop_if_asked(stop);
    softmax.look_at(x_t.col(i));
    const Eigen::Array2d difference = softmax.mean_difference(x_t.col(i));
    guess.x_0.col(i) = guess_x_0(*this, level, softmax.weights(), difference);
    guess.epsilon.col(i) = level.noise / level.variance * difference;
  }
  return guess;
}

Points PointModel::score(const Points& x_t, double log_snr, std::stop_token stop) const {
  const Level level(log_snr, width_);
  Softmax softmax(points_, level);
  Points score(2, x_t.cols());
  for (Eigen::Index i = 0; i < x_t.cols(); ++i) {
    stop_if_asked(stop);
    softmax.look_at(x_t.col(i));
    score.col(i) = -softmax.mean_difference(x_t.col(i)) / level.variance;
  }
  return score;
}

/// A round Gaussian is a product of one in x and one in y, so the sum over points is a product of two thin matrices.
Eigen::ArrayXXd PointModel::density(const Eigen::ArrayXd& x, const Eigen::ArrayXd& y, double log_snr) const {
  const Level level(log_snr, width_);
  const auto profile = [&](const Eigen::ArrayXd& at, int row) -> Eigen::MatrixXd {
    const Eigen::ArrayXd centres = level.signal * points_.row(row).transpose();
    return ((at.replicate(1, centres.size()).rowwise() - centres.transpose()).square() * (-0.5 / level.variance)).exp();
  };
  const double peak = 1 / (double(points_.cols()) * 2 * std::numbers::pi * level.variance);
  return peak * (profile(y, 1) * profile(x, 0).transpose()).array();
}

std::shared_ptr<const Denoiser> make_point_denoiser(std::shared_ptr<const PointModel> model) {
  return std::make_shared<PointDenoiser>(std::move(model));
}

State to_state(const Points& points) {
  return {{int(points.cols()), 1, 2}, Eigen::Map<const Eigen::ArrayXd>(points.data(), points.size())};
}

Points to_points(const State& state) {
  if (state.shape.channels != 2 || std::size_t(state.values.size()) != state.shape.size())
    throw UsageError("a batch of points in the plane needs two values for each");
  return Eigen::Map<const Points>(state.values.data(), 2, state.values.size() / 2);
}

Points gaussian_points(NoiseKey key, int count) {
  std::vector<float> numbers(2 * std::size_t(count));
  fill_gaussian(key, 0, numbers);
  return Eigen::Map<const Eigen::Array2Xf>(numbers.data(), 2, count).cast<double>();
}

Points corrupt(const Points& x_0, const Points& epsilon, double alpha_bar) {
  if (x_0.cols() != epsilon.cols()) throw UsageError("each point needs noise of its own");
  return std::sqrt(alpha_bar) * x_0 + std::sqrt(1 - alpha_bar) * epsilon;
}

}  // namespace noiseglass
