#pragma once

#include "noiseglass/denoiser.h"
#include "noiseglass/noise.h"
#include "noiseglass/points.h"

#include <memory>
#include <stop_token>

namespace noiseglass {

/// What is known of one x_t when the data is a PointModel.
struct PointPosterior {
  Eigen::ArrayXd weights;  ///< P(x_t came from point i); they sum to 1
  Eigen::Array2d x_0;      ///< E[x₀ | x_t], the best guess of x₀
  Eigen::Array2d epsilon;  ///< E[ε | x_t]; x_t = √ᾱ·x̂₀ + √(1−ᾱ)·ε̂
  Eigen::Array2d score;    ///< ∇ ln q(x_t) = −ε̂/√(1−ᾱ)
  double log_density = 0;  ///< ln q(x_t)
};

/// The exact model of n points of the plane, each blurred by a Gaussian of standard deviation `width`:
///
///     q(x_t) = 1/n·Σ_i N(√ᾱ·x_i, v·I),  v = ᾱ·width² + 1 − ᾱ.
///
/// All that an ideal network could learn of the set, in closed form: Bayes' rule with weights softmax(−|x_t −
/// √ᾱ·x_i|²/2v), float64, from direct differences. Width 0 is the bare set (a model of it has learned it by heart); a
/// small width fills the gaps between neighbours. λ is the log-SNR; +∞ (t = 0) is allowed where the width is above 0.
/// Immutable: several threads may ask at once.
class PointModel {
 public:
  /// @throws UsageError for no points, a point that is not finite, or a width that is negative or not finite
  explicit PointModel(Points points, double width = 0);

  const Points& points() const { return points_; }
  double width() const { return width_; }

  /// @throws UsageError at λ = +∞ with width 0, as every function below
  PointPosterior posterior(const Eigen::Array2d& x_t, double log_snr) const;

  /// x̂₀ and ε̂ of each column of x_t. @throws Cancelled soon after `stop` is requested
  struct Guess {
    Points x_0, epsilon;
  };
  Guess guess(const Points& x_t, double log_snr, std::stop_token stop = {}) const;

  /// ∇ ln q at each column of x_t.
  Points score(const Points& x_t, double log_snr, std::stop_token stop = {}) const;

  /// q(x_t) over a grid: element (j, k) is at (x[k], y[j]). Underflows to 0 far from all points.
  Eigen::ArrayXXd density(const Eigen::ArrayXd& x, const Eigen::ArrayXd& y, double log_snr) const;

 private:
  Points points_;
  double width_;
};

/// The model as a denoiser for batches of points: states of shape {n, 1, 2}, one point in each row.
/// @throws UsageError from predict() for another shape
std::shared_ptr<const Denoiser> make_point_denoiser(std::shared_ptr<const PointModel> model);

/// A batch of points as samplers take it, shape {n, 1, 2}, and back.
State to_state(const Points& points);
Points to_points(const State& state);

/// Standard normal points: point i has numbers 2i and 2i + 1 of the sequence.
Points gaussian_points(NoiseKey key, int count);

/// x_t = √ᾱ·x₀ + √(1−ᾱ)·ε, point by point. @throws UsageError if the numbers of points differ
Points corrupt(const Points& x_0, const Points& epsilon, double alpha_bar);

}  // namespace noiseglass
