#include "noiseglass/measure.h"

#include "noiseglass/error.h"
#include "noiseglass/noise.h"
#include "noiseglass/noise_level.h"

namespace noiseglass {

DenoisingError denoising_error(const Prediction& answer, const Eigen::ArrayXd& x_0, const Eigen::ArrayXd& epsilon) {
  if (answer.x_0.size() != x_0.size() || answer.epsilon.size() != epsilon.size() || x_0.size() != epsilon.size())
    throw UsageError("a prediction can only be compared with a picture and noise of its own size");
  if (x_0.size() == 0) return {};
  return {(answer.epsilon - epsilon).square().mean(), (answer.x_0 - x_0).square().mean()};
}

DenoisingError denoising_error(const Denoiser& denoiser, const State& x_0, const Eigen::ArrayXd& epsilon,
                               double log_snr, std::stop_token stop) {
  if (x_0.values.size() != epsilon.size())
    throw UsageError("the picture and its noise differ in size: they must agree to be mixed");
  const NoiseLevel level = NoiseLevel::from_log_snr(log_snr);
  const State x_t{x_0.shape, level.signal() * x_0.values + level.sigma() * epsilon};
  return denoising_error(denoiser.predict(x_t, log_snr, std::move(stop)), x_0.values, epsilon);
}

DenoisingError denoising_error(const Denoiser& denoiser, const Image& x_0, const Schedule& schedule, int t,
                               std::uint64_t seed, std::stop_token stop) {
  const double log_snr = schedule.log_snr(t);
  if (t == 0) return {};
  const State epsilon = to_state(gaussian_image({seed, streams::forward}, x_0.shape));
  return denoising_error(denoiser, to_state(x_0), epsilon.values, log_snr, std::move(stop));
}

}  // namespace noiseglass
