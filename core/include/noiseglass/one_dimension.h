#pragma once

#include "noiseglass/noise.h"
#include "noiseglass/schedule.h"

#include <stop_token>
#include <vector>

namespace noiseglass {

// Diffusion on a line, where every density can be written down: what a learned step back is measured against.
// Steps may be longer than one: from t to any s < t, with α_{t|s} = ᾱ_t/ᾱ_s and β_{t|s} = 1 − α_{t|s}.

/// N(mean, std²); std = 0 is a point.
struct Normal1D {
  double mean = 0;
  double std = 1;
  double log_density(double x) const;  ///< ±∞ for a point
  double density(double x) const;
};

/// A mixture of Gaussians on the line. A value.
class Mixture1D {
 public:
  struct Component {
    double weight = 1, mean = 0, std = 1;
  };

  /// Weights are normalised.
  /// @throws UsageError for no components, or a weight or a std that is not a positive number
  explicit Mixture1D(std::vector<Component> components);

  const std::vector<Component>& components() const { return components_; }
  double log_density(double x) const;  ///< by log-sum-exp: finite where the density itself is too small for a double
  double density(double x) const;
  double mean() const;
  double variance() const;

  /// One draw, from two standard normal numbers: the first chooses the component.
  double sample(double choice, double z) const;

 private:
  std::vector<Component> components_;
  std::vector<double> log_factors_;  // ln(weight/(std·√(2π)))
};

/// q(x_t) for x₀ from `data`: component k becomes N(√ᾱ_t·m_k, ᾱ_t·s_k² + 1 − ᾱ_t).
Mixture1D corrupted(const Mixture1D& data, const Schedule& schedule, int t);

/// What p_θ(x_s|x_t) = N(μ, σ²) takes for σ².
enum class StepVariance {
  matched,     ///< that of the true q(x_s|x_t): of all Gaussians the nearest to it in KL (Bao et al. 2022)
  beta,        ///< β_{t|s} (Ho et al. 2020, "large")
  beta_tilde,  ///< β̃_{t|s} = (1−ᾱ_s)/(1−ᾱ_t)·β_{t|s} (Ho et al. 2020, "small"); 0 at s = 0
};

/// The step from t back to s, 0 ≤ s < t ≤ T, for known data.
class ReverseStep {
 public:
  /// @throws UsageError unless 0 ≤ s < t ≤ T
  ReverseStep(const Mixture1D& data, const Schedule& schedule, int t, int s);

  double beta() const { return posterior_.beta; }            ///< β_{t|s}
  double beta_tilde() const { return posterior_.variance; }  ///< β̃_{t|s}

  /// q(x_s): how likely each x_s is before anything is known of x_t.
  const Mixture1D& landscape() const { return landscape_; }

  /// q(x_t|x_s) = N(√α·x_s, β) seen as a function of x_s, scaled to area 1: N(x_t/√α, β/α).
  Normal1D bell(double x_t) const;

  /// q(x_s|x_t) = q(x_t|x_s)·q(x_s)/q(x_t), exact. With component k of q(x_s) = N(μ_k, v_k), Bayes' rule for Gaussians
  /// gives N(μ_k + √α·v_k/(α·v_k + β)·(x_t − √α·μ_k), v_k·β/(α·v_k + β)) with a weight in proportion to
  /// w_k·N(x_t; √α·μ_k, α·v_k + β): a mixture again, with as many components as the data have.
  Mixture1D exact(double x_t) const;

  /// E[x_s|x_t] and the standard deviation of q(x_s|x_t).
  Normal1D moments(double x_t) const;

  /// q(x_s|x_t, x₀), Ho et al. 2020, eqs. 6–7: a Gaussian however long the step is. A point at s = 0.
  Normal1D given_x_0(double x_0, double x_t) const;

  /// p_θ(x_s|x_t) of a perfectly trained network. Its mean is that of given_x_0 at x̂₀ = E[x₀|x_t], which is the mean of
  /// the true q(x_s|x_t); only the shape can be wrong.
  Normal1D stand_in(double x_t, StepVariance variance) const;

 private:
  struct Part {  // of component k, for any x_t
    double weight, mean, gain, mean_t, variance_t, std;
  };
  std::vector<double> weights(double x_t) const;

  Mixture1D landscape_;
  std::vector<Part> parts_;
  Schedule::Posterior posterior_;
  double alpha_;
};

/// ½·∫|q − p|, 0 … 1: the share of probability that one would have to move to turn one into the other.
double total_variation(const Mixture1D& q, const Normal1D& p);

/// KL(q ‖ p) = ∫ q·ln(q/p) in nats; ∞ when p is a point.
double kl_divergence(const Mixture1D& q, const Normal1D& p);

/// Many x on their way through time.
struct Paths1D {
  std::vector<int> t;                  ///< the timesteps in the order in which they were reached
  std::vector<std::vector<double>> x;  ///< x[path][i] at t[i], of those paths that were kept whole
  std::vector<double> ends;            ///< the last x of each path
};

/// From x₀ ~ data to x_T, a step at a time with fresh noise.
Paths1D forward_paths(const Mixture1D& data, const Schedule& schedule, int count, std::uint64_t seed);

/// How many x go back, and by what steps.
struct ReversePathsOptions {
  int step = 1;  ///< from t to t − step; the last one may be shorter
  StepVariance variance = StepVariance::matched;
  int count = 1, kept = 1;  ///< how many; how many of them are kept whole
  std::uint64_t seed = 0;
};
/// From x_T ~ N(0, 1) to x₀, each step drawn from the Gaussian that stands in for the true q(x_s|x_t). The step to
/// t = 0 adds no noise under beta_tilde, as its variance is 0 there.
/// @throws UsageError for a step below 1; Cancelled soon after `stop`
Paths1D reverse_paths(const Mixture1D& data, const Schedule& schedule, const ReversePathsOptions& options,
                      std::stop_token stop = {});

}  // namespace noiseglass
