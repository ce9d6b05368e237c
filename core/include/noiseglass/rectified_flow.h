#pragma once

#include "noiseglass/learning.h"

#include <functional>
#include <memory>
#include <stop_token>
#include <vector>

namespace noiseglass {

/// dx/du of each column of x, where x_u = (1 − u)·x₀ + u·ε in the plane. @param u 0 data … 1 noise
using VelocityField = std::function<Points(const Points& x, double u)>;

/// The exact field of flow matching when each noise may belong to any x₀ of the model: E[ε − x₀ | x_u] = ε̂ − x̂₀
/// (Lipman et al. 2023, theorem 1). x_u·√(ᾱ)/(1 − u) is x_t, so that the exact denoiser at λ = 2·ln((1 − u)/u) serves.
VelocityField exact_velocity(std::shared_ptr<const PointModel> model);

/// From noise at u = 1 to u = 0 in equal steps of Euler's method: all places, `steps` + 1 of them.
/// @throws Cancelled soon after `stop` is requested
std::vector<Points> euler_steps(const VelocityField& field, const Points& noise, int steps, std::stop_token stop = {});
/// The same way finely (Runge & Kutta, order 4, `points` steps), at `points` + 1 even places.
std::vector<Points> flow_path(const VelocityField& field, const Points& noise, int points, std::stop_token stop = {});

/// How far paths at even places are from the straight lines between their ends: the mean over paths and u of
/// |dx/du − (x₁ − x₀)|² (Liu et al. 2023, eq. 5). 0 for straight ones.
double bending(const std::vector<Points>& path);
/// The mean distance between points that belong together.
double mean_distance(const Points& a, const Points& b);

/// Clean points and the noises that they are paired with, column by column.
struct FlowPairs {
  Points data, noise;
};

/// A network that says ε − x₀ at x_u, from x_t = x_u/√((1 − u)² + u²) and λ, kept within ±14. Immutable.
class LearnedFlow {
 public:
  explicit LearnedFlow(Mlp network) : network_(std::move(network)) {}
  Points velocity(const Points& x, double u) const;

 private:
  Mlp network_;
};
VelocityField learned_velocity(std::shared_ptr<const LearnedFlow> flow);

/// Trains a flow by the mean of |ε − x₀ − F|², u uniform over 0 … 1 and spread evenly within a batch (Liu et al. 2023,
/// eq. 1). In the first round x₀ (blurred by the model's width) and ε are drawn each by itself; in the later ones they
/// come from pairs that the flow itself has made ("Reflow").
class FlowTrainer {
 public:
  /// @throws UsageError for a learning rate, batch or size that cannot be
  FlowTrainer(std::shared_ptr<const PointModel> data, const FittingOptions& options);

  /// One step of Adam. @returns the loss of its batch, before the step
  float step();
  int steps() const { return fitting_.steps(); }  ///< of this round
  int reflows() const { return reflows_; }        ///< 0 in the first round
  /// The averaged weights as they are now.
  std::shared_ptr<const LearnedFlow> flow() const;

  /// Pairs `count` noises with where the flow takes each, and begins a round on these, from the weights as they are.
  void reflow(int count = 4096, std::stop_token stop = {});
  /// Of this round; empty in the first.
  const FlowPairs& pairs() const { return pairs_; }

 private:
  void draw_batch();

  std::shared_ptr<const PointModel> data_;
  FittingOptions options_;
  Fitting fitting_;
  FlowPairs pairs_;
  Eigen::Array2Xf x_t_, wanted_;
  Eigen::ArrayXf log_snr_;
  std::vector<float> noise_;
  int all_steps_ = 0, reflows_ = 0;
};

}  // namespace noiseglass
