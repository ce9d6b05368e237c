#include "noiseglass/denoiser.h"

#include "noiseglass/noise_level.h"

#include <cmath>

namespace noiseglass {
namespace {

/// √ᾱ and √(1−ᾱ), each computed once for a whole picture.
struct Scales {
  double signal, noise;
  explicit Scales(double log_snr) : Scales(NoiseLevel::from_log_snr(log_snr)) {}
  explicit Scales(NoiseLevel level) : signal(level.signal()), noise(level.sigma()) {}
};

}  // namespace

State to_state(const Image& image) {
  return {image.shape,
          Eigen::Map<const Eigen::ArrayXf>(image.data.data(), Eigen::Index(image.data.size())).cast<double>()};
}

Image to_image(const State& state) {
  if (std::size_t(state.values.size()) != state.shape.size())
    throw UsageError("a state's values do not fill its shape");
  Image image(state.shape);
  Eigen::Map<Eigen::ArrayXf>(image.data.data(), state.values.size()) = state.values.cast<float>();
  return image;
}

Prediction Prediction::from_x_0(const Eigen::ArrayXd& x_t, double log_snr, Eigen::ArrayXd x_0) {
  const Scales scale(log_snr);
  Eigen::ArrayXd epsilon = (x_t - scale.signal * x_0) / scale.noise;
  return {std::move(x_0), std::move(epsilon)};
}

Prediction Prediction::from_epsilon(const Eigen::ArrayXd& x_t, double log_snr, Eigen::ArrayXd epsilon) {
  const Scales scale(log_snr);
  Eigen::ArrayXd x_0 = (x_t - scale.noise * epsilon) / scale.signal;
  return {std::move(x_0), std::move(epsilon)};
}

Prediction Prediction::from_v(const Eigen::ArrayXd& x_t, double log_snr, const Eigen::ArrayXd& v) {
  const Scales scale(log_snr);
  return {scale.signal * x_t - scale.noise * v, scale.noise * x_t + scale.signal * v};
}

Eigen::ArrayXd Prediction::v(double log_snr) const {
  const Scales scale(log_snr);
  return scale.signal * epsilon - scale.noise * x_0;
}

Eigen::ArrayXd Prediction::score(double log_snr) const { return -epsilon / Scales(log_snr).noise; }

std::string to_string(Honesty honesty) {
  switch (honesty) {
    case Honesty::learned:
      return "learned";
    case Honesty::exact:
      return "exact";
    case Honesty::cheating:
      return "cheating";
  }
  throw Error("a denoiser is learned, exact or cheating");
}

}  // namespace noiseglass
