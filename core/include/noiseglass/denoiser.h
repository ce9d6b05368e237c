#pragma once

#include "noiseglass/image.h"
#include "noiseglass/registry.h"

#include <Eigen/Core>

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace noiseglass {

/// What samplers and denoisers work on: float64 values in the order of Image. One language for an
/// image (float32 network inside) and for 1-D or 2-D data (shape {1, 1, d}).
struct State {
  Shape shape;
  Eigen::ArrayXd values;
};

State to_state(const Image& image);
Image to_image(const State& state);

/// A denoiser's answer about x_t, as the pair that always satisfies x_t = √ᾱ·x̂₀ + √(1−ᾱ)·ε̂.
/// ε̂, x̂₀, v̂ and the score are derived here and nowhere else. λ is the log-SNR ln(ᾱ/(1−ᾱ)), finite.
struct Prediction {
  Eigen::ArrayXd x_0;      ///< x̂₀
  Eigen::ArrayXd epsilon;  ///< ε̂

  static Prediction from_x_0(const Eigen::ArrayXd& x_t, double log_snr, Eigen::ArrayXd x_0);
  static Prediction from_epsilon(const Eigen::ArrayXd& x_t, double log_snr, Eigen::ArrayXd epsilon);
  /// v = √ᾱ·ε − √(1−ᾱ)·x₀ (Salimans & Ho 2022)
  static Prediction from_v(const Eigen::ArrayXd& x_t, double log_snr, const Eigen::ArrayXd& v);

  Eigen::ArrayXd v(double log_snr) const;
  Eigen::ArrayXd score(double log_snr) const;  ///< ∇ log p_t(x_t) = −ε̂/√(1−ᾱ)
};

/// Estimates x₀ (and so ε) from x_t at log-SNR λ. Immutable and usable from several threads at once.
class Denoiser {
 public:
  virtual ~Denoiser() = default;
  /// @throws Cancelled soon after `stop` is requested; UsageError for a shape it cannot take.
  virtual Prediction predict(const State& x_t, double log_snr, std::stop_token stop = {}) const = 0;
};

/// How a denoiser comes by its answer; said wherever its pictures are shown.
enum class Honesty { learned, exact, cheating };
std::string to_string(Honesty honesty);

/// Everything that a denoiser may be made from; each kind takes what it needs and says what is missing.
struct DenoiserSources {
  std::string model_path;  ///< network: a .safetensors file
  int class_index = -1;    ///< network: −1 means no class
  double guidance = 1;  ///< network: ε̂ = ε̂_∅ + w·(ε̂_c − ε̂_∅) (Ho & Salimans 2022); 1 = plain conditional
  int steps = 0;        ///< network: in how many the whole way is gone, for a student (NetworkInput::steps)
  std::vector<State> data_set;  ///< exact: the pictures whose posterior mean is taken
  State x_0;                    ///< oracle: the true picture …
  Eigen::ArrayXd mean;          ///< gaussian: N(mean, std²·I)
  double std = 1;
};

/// The things of DenoiserSources that a kind cannot do without.
struct DenoiserNeeds {
  bool model = false;  ///< model_path, with its class and guidance
  bool data_set = false;
  bool x_0 = false;  ///< the true picture: there is none when something is generated
};

struct DenoiserRecord : RecordInfo {
  Honesty honesty = Honesty::learned;
  DenoiserNeeds needs;
  std::function<std::shared_ptr<const Denoiser>(const DenoiserSources&)> make;
};

/// network, exact (nearest data), gaussian, oracle.
const std::vector<DenoiserRecord>& denoiser_records();

/// A mixture of isotropic Gaussians in d dimensions (the ground truth of 1-D and 2-D lessons).
struct GaussianMixture {
  struct Component {
    double weight = 1;
    Eigen::ArrayXd mean;
    double std = 1;
  };
  std::vector<Component> components;  ///< weights positive; normalised when used
};

/// E[x₀ | x_t] of the mixture in closed form; log-sum-exp over components.
/// @throws UsageError for no components, unequal dimensions, or non-positive weight or negative std.
std::shared_ptr<const Denoiser> make_mixture_denoiser(GaussianMixture mixture);

/// E[x₀ | x_t] over equally likely points: softmax of −|x_t − √ᾱ·x_i|²/(2(1−ᾱ)), by direct differences.
std::shared_ptr<const Denoiser> make_nearest_data_denoiser(std::vector<State> data_set);

/// Knows x₀, hence ε: cheating, kept as a foil and for tests.
std::shared_ptr<const Denoiser> make_oracle_denoiser(State x_0);

}  // namespace noiseglass
