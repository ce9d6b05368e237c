#pragma once

#include <Eigen/Core>

#include <vector>

namespace noiseglass {

/// A clean value and the noise that it is paired with; between them x_u = (1 − u)·data + u·noise, a straight line.
struct Pair1D {
  double data = 0, noise = 0;
  bool operator==(const Pair1D&) const = default;
};

/// How many of the lines cross, each two of them counted once.
int crossings(const std::vector<Pair1D>& pairs);

/// Flow matching in one dimension, exact: every pair is a little cloud N(·, width²) that moves along its line, and at a
/// place where several pass, the field is the mean of their velocities (Lipman et al. 2023, theorem 1; Liu et al. 2023,
/// eq. 2). What a network would learn that is trained on these pairs without end.
class PairFlow {
 public:
  /// @throws UsageError for no pairs, values that are not finite, or a width that is not above 0
  PairFlow(std::vector<Pair1D> pairs, double width);

  const std::vector<Pair1D>& pairs() const { return pairs_; }
  double width() const { return width_; }

  /// dx/du at x and u: Σ w_i·(noise_i − data_i), w_i ∝ exp(−(x − x_u of pair i)²/(2·width²)). @param u 0 data … 1 noise
  double velocity(double x, double u) const;
  /// How likely each pair is the one that passes there; they sum to 1.
  Eigen::ArrayXd weights(double x, double u) const;

  /// From x at u = 1 to u = 0 in equal steps of Euler's method: x at u = 1, 1 − 1/steps … 0. @param steps at least 1
  std::vector<double> euler(double x, int steps) const;
  /// The same way so finely that it is as good as exact (Runge & Kutta, order 4), at `points` + 1 even places.
  std::vector<double> path(double x, int points) const;

 private:
  std::vector<Pair1D> pairs_;
  double width_;
};

/// Each noise paired with the value where the flow takes it (Liu et al. 2023, "Reflow"): paths of a flow do not cross.
std::vector<Pair1D> reflow(const PairFlow& flow);

/// How far a path is from the straight line between its ends: the mean over u of (dx/du − (x₁ − x₀))², of a path at
/// even places (Liu et al. 2023, eq. 5).
double bending(const std::vector<double>& path);

/// Coordinates in which one and the same path is drawn: what belongs to u, and by how much x is scaled.
struct PathCoordinates {
  double time = 0, scale = 1;
};
PathCoordinates straight_line(double u);        ///< (1 − u)·x₀ + u·ε, over u
PathCoordinates variance_preserving(double u);  ///< √ᾱ·x₀ + √(1−ᾱ)·ε, over the angle 2/π·atan(σ̄): 0 … 1
PathCoordinates variance_exploding(double u);  ///< x₀ + σ̄·ε, over σ̄ = u/(1 − u); u < 1

/// By how much x_t = √ᾱ·x₀ + √(1−ᾱ)·ε is scaled to be written in the same ways: x_u = x_t/(√ᾱ + √(1−ᾱ)) at
/// u/(1 − u) = √((1−ᾱ)/ᾱ), and x₀ + σ̄·ε = x_t/√ᾱ. @param variance 1 − ᾱ, which may be smaller than rounding leaves of
/// it
double straight_line_scale(double alpha_bar, double variance);
double variance_exploding_scale(double alpha_bar);

}  // namespace noiseglass
