#pragma once

#include "noiseglass/point_model.h"

#include <vector>

namespace noiseglass {

/// A point carried to pure noise by the probability-flow ODE, and what that says of its density.
struct ProbabilityFlow {
  std::vector<Eigen::Array2d> path;  ///< x from x_t to x_T
  std::vector<double> alpha_bar;     ///< at each of its places
  double log_density_at_noise = 0;   ///< ln N(x_T; 0, I)
  double spread = 0;                 ///< ∫ div f dt, how much the flow has spread volumes on the way
  double log_density() const { return log_density_at_noise + spread; }  ///< ln q(x_t)
};

/// ln q(x_t) from scores at all noise levels, without the density itself: Song et al. 2021, "Score-Based Generative
/// Modeling through Stochastic Differential Equations", eq. 39 (the instantaneous change of variables),
///
///     ln q(x_t) = ln N(x_T; 0, I) + ∫_t^T div f dt,   dx/dt = f = −½β(t)·(x + ∇ln q(x)),
///
/// with the exact divergence of the score: div ∇ln q = (ᾱ·tr Cov(x_i | x_t)/v − 2)/v. Integrated by the classical
/// Runge–Kutta method, each step halved until its two halves agree with it, from the level given to ᾱ = 10⁻⁶, where q
/// is N(0, I). Where few points are near and far ones take over, steps become short.
/// @param tolerance of one step, in nats and in widths of the blur
/// @throws UsageError as PointModel::posterior, or for a tolerance that is not above 0
ProbabilityFlow flow_to_noise(const PointModel& model, const Eigen::Array2d& x_t, double log_snr,
                              double tolerance = 3e-4);

}  // namespace noiseglass
