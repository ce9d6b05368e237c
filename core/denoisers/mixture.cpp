#include "denoisers/denoisers.h"
#include "denoisers/softmax.h"
#include "noiseglass/noise_level.h"

#include <cmath>

namespace noiseglass {
namespace {

void check(const GaussianMixture& mixture) {
  if (mixture.components.empty()) throw UsageError("a mixture needs at least one component");
  const Eigen::Index dimensions = mixture.components.front().mean.size();
  for (const auto& [weight, mean, std] : mixture.components) {
    if (mean.size() == 0 || mean.size() != dimensions) {
      throw UsageError("the means of all components of a mixture must have the same number of dimensions");
    }
    if (!(weight > 0) || !std::isfinite(weight)) throw UsageError("the weights of a mixture must be positive numbers");
    if (!(std >= 0) || !std::isfinite(std))
      throw UsageError("a standard deviation of a mixture is negative or no number");
    if (!mean.isFinite().all()) throw UsageError("a mean of a mixture is not a finite number");
  }
}

/// x_t of component k is N(√ᾱ·μ_k, (ᾱ·s_k² + 1 − ᾱ)·I); within a component x₀ given x_t is linear in x_t.
class MixtureDenoiser final : public Denoiser {
 public:
  explicit MixtureDenoiser(GaussianMixture mixture) : mixture_(std::move(mixture)) { check(mixture_); }

  Prediction predict(const State& x_t, double log_snr, std::stop_token stop) const override {
    const auto& components = mixture_.components;
    denoisers::check_size(x_t, components.front().mean.size(), "each mean of the mixture");
    if (stop.stop_requested()) throw Cancelled();
    const NoiseLevel level = NoiseLevel::from_log_snr(log_snr);
    const double signal = level.signal();
    const auto variance = [&](const auto& component) {
      return level.alpha_bar * component.std * component.std + level.variance;
    };
    Eigen::ArrayXd weights(Eigen::Index(components.size()));
    for (std::size_t k = 0; k < components.size(); ++k) {
      const double v = variance(components[k]);
      weights[k] = std::log(components[k].weight) - 0.5 * double(x_t.values.size()) * std::log(v) -
                   (x_t.values - signal * components[k].mean).square().sum() / (2 * v);
    }
    denoisers::softmax(weights);
    Eigen::ArrayXd x_0 = Eigen::ArrayXd::Zero(x_t.values.size());
    for (std::size_t k = 0; k < components.size(); ++k) {
      const auto& [weight, mean, std] = components[k];
      x_0 += weights[k] * (mean + signal * std * std / variance(components[k]) * (x_t.values - signal * mean));
    }
    return Prediction::from_x_0(x_t.values, log_snr, std::move(x_0));
  }

 private:
  GaussianMixture mixture_;
};

}  // namespace

std::shared_ptr<const Denoiser> make_mixture_denoiser(GaussianMixture mixture) {
  return std::make_shared<MixtureDenoiser>(std::move(mixture));
}

}  // namespace noiseglass
