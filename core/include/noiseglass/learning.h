#pragma once

#include "noiseglass/denoiser.h"
#include "noiseglass/noise.h"
#include "noiseglass/point_model.h"
#include "noiseglass/schedule.h"

#include <Eigen/Core>

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace noiseglass {

/// A data set as it is learned in the window and on the command line: 1,000 points of seed 7, each blurred by 0.05,
/// which closes the gaps between neighbours. Without a width the exact denoiser would know every single point by heart,
/// and no network would be expected to. @throws UsageError for an unknown name
std::shared_ptr<const PointModel> make_learning_data(const std::string& dataset);

/// What a network is trained to say about x_t. The loss is the mean square error of just that; the other two follow
/// from it (see Prediction).
enum class Target { epsilon, x_0, v };

/// A network from (x_t, λ) in the plane to two numbers: features, then `layers` hidden layers of `width` units with
/// SiLU, then a linear layer that starts at zero. Points are columns, in float32. A value: copy it freely.
class Mlp {
 public:
  struct Size {
    int width = 128;  ///< a multiple of 16
    int layers = 3;
  };
  /// Weights N(0, 1/inputs), biases 0. @throws UsageError for a size that cannot be.
  Mlp(Size size, std::uint64_t seed);

  /// All weights in one row: for each layer W as [input][output], then its biases.
  const Eigen::ArrayXf& weights() const { return weights_; }
  Eigen::ArrayXf& weights() { return weights_; }

  /// F(x_t, λ) for each column. Safe from several threads at once.
  Eigen::Array2Xf operator()(const Eigen::Array2Xf& x_t, const Eigen::ArrayXf& log_snr) const;

  /// What a backward pass needs of the forward one; kept between steps so that nothing is allocated.
  struct Workspace;
  /// The mean of (F − wanted)² over all numbers; `gradient` becomes its derivative by the weights.
  float loss(const Eigen::Array2Xf& x_t, const Eigen::ArrayXf& log_snr, const Eigen::Array2Xf& wanted,
             Workspace& workspace, Eigen::ArrayXf& gradient) const;

 private:
  struct Layer {
    int in, out;
    Eigen::Index first;  // of its weights
  };
  void forward(const Eigen::Array2Xf& x_t, const Eigen::ArrayXf& log_snr, Workspace& workspace) const;
  void backward(Workspace& workspace, Eigen::ArrayXf& gradient) const;

  std::vector<Layer> layers_;
  Eigen::ArrayXf weights_;
};

/// Kingma & Ba 2015, algorithm 1.
class Adam {
 public:
  struct Rates {
    float beta_1 = 0.9f, beta_2 = 0.999f, epsilon = 1e-8f;
  };
  explicit Adam(Eigen::Index weights) : Adam(weights, Rates{}) {}
  Adam(Eigen::Index weights, Rates rates);
  void step(Eigen::ArrayXf& weights, const Eigen::ArrayXf& gradient, float learning_rate);

 private:
  Rates rates_;
  Eigen::ArrayXf mean_, square_;
  double power_1_ = 1, power_2_ = 1;  // β₁ and β₂ to the number of steps
};

/// A running mean of the weights, which is what samples are drawn with: after n steps
/// mean += (1 − min(decay, (1 + n)/(10 + n)))·(weights − mean), so that it forgets the first weights quickly.
class MovingAverage {
 public:
  MovingAverage(const Eigen::ArrayXf& start, float decay) : mean_(start), decay_(decay) {}
  void step(const Eigen::ArrayXf& weights);
  const Eigen::ArrayXf& mean() const { return mean_; }

 private:
  Eigen::ArrayXf mean_;
  float decay_;
  int steps_ = 0;
};

/// A trained (or half trained) network as a denoiser: x_t holds any number of points, x and y one after another.
/// Where hardly any signal is left, x̂₀ = (x_t − √(1−ᾱ)·ε̂)/√ᾱ makes the smallest error of ε̂ thousands of times larger
/// and throws samples out of the plane. So x̂₀ is kept within ±`reach`, where all data are, and ε̂ agrees with it.
class LearnedDenoiser final : public Denoiser {
 public:
  LearnedDenoiser(Mlp network, Target target, double reach = std::numeric_limits<double>::infinity())
      : network_(std::move(network)), target_(target), reach_(reach) {}
  Prediction predict(const State& x_t, double log_snr, std::stop_token stop = {}) const override;
  /// x̂₀ and ε̂ of each column of x_t at its own log_snr.
  PointModel::Guess guess(const Points& x_t, const Eigen::ArrayXd& log_snr) const;
  Target target() const { return target_; }

 private:
  Prediction from(const Eigen::ArrayXd& x_t, double log_snr, const Eigen::ArrayXd& answer) const;

  Mlp network_;
  Target target_;
  double reach_;
};

struct FittingOptions {
  double learning_rate = 2e-3;  ///< of Adam, reached after `warm_up` steps
  int warm_up = 100;
  int batch = 512;
  float average_decay = 0.999f;
  Mlp::Size size;
  std::uint64_t seed = 7;
};

/// A network as it is fitted to batches, whatever these are: Adam, whose rate warms up, and the running mean.
class Fitting {
 public:
  /// @throws UsageError for a learning rate, batch or size that cannot be
  explicit Fitting(const FittingOptions& options);

  /// One step of Adam. @returns the mean of (F(x_t, λ) − wanted)² over the batch, before the step
  float step(const Eigen::Array2Xf& x_t, const Eigen::ArrayXf& log_snr, const Eigen::Array2Xf& wanted);
  int steps() const { return steps_; }
  /// With the averaged weights as they are now.
  Mlp averaged() const;
  /// From the averaged weights on as if from first ones: Adam knows nothing, its rate warms up, no step is counted.
  void begin_again();

 private:
  FittingOptions options_;
  Mlp network_;
  Adam adam_;
  MovingAverage average_;
  std::shared_ptr<Mlp::Workspace> workspace_;
  Eigen::ArrayXf gradient_;
  int steps_ = 0;
};

struct LearningOptions : FittingOptions {
  Target target = Target::epsilon;
};

/// The points to learn from are drawn afresh from the model's distribution, width and all, so nothing can be learned by
/// heart that the exact denoiser does not know too.
///
/// Trains a network by the loss of Ho et al. 2020, eq. 14: x_0 from the data, ε ~ N(0, I), t uniform over 1 … T; within
/// a batch the t are spread evenly (one shared offset, Kingma et al. 2021, appendix I.1), which steadies the gradient.
class Trainer {
 public:
  /// @throws UsageError for a learning rate, batch or size that cannot be
  Trainer(std::shared_ptr<const PointModel> data, Schedule schedule, const LearningOptions& options);

  /// One step of Adam. @returns the loss of its batch, before the step
  float step();
  int steps() const { return fitting_.steps(); }
  /// The averaged weights as they are now.
  std::shared_ptr<const LearnedDenoiser> denoiser() const;

 private:
  void draw_batch();

  std::shared_ptr<const PointModel> data_;
  Schedule schedule_;
  LearningOptions options_;
  Fitting fitting_;
  Eigen::Array2Xf x_t_, wanted_;
  Eigen::ArrayXf log_snr_;
  std::vector<float> noise_;
};

/// The errors of a denoiser: means over both coordinates, and over points by t in equal parts of 1 … T.
struct DenoisingErrors {
  double epsilon = 0;  ///< mean of (ε̂ − ε)²: the common measure, whatever was trained
  double x_0 = 0;      ///< mean of (x̂₀ − x₀)² = (1−ᾱ)/ᾱ·(ε̂ − ε)²
  std::vector<double> epsilon_by_t, x_0_by_t;
};

/// Fixed points (x_0, ε, t), the t spread evenly over 1 … T, on which denoisers of the same data are compared: what
/// they share of chance cancels. The exact denoiser's error is the floor (Bayes) that no network can be expected to
/// pass.
class EvaluationSet {
 public:
  /// @throws UsageError if there are no points or parts
  EvaluationSet(const PointModel& data, const Schedule& schedule, int points = 4096, int parts = 20);
  DenoisingErrors of(const LearnedDenoiser& denoiser) const;
  DenoisingErrors of(const PointModel& exact) const;
  int parts() const { return parts_; }

 private:
  DenoisingErrors errors(const Points& epsilon, const Points& x_0) const;

  Points x_0_, epsilon_, x_t_;
  Eigen::ArrayXd log_snr_;
  std::vector<int> part_;
  int parts_;
};

}  // namespace noiseglass
