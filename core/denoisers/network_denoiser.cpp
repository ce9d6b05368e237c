#include "noiseglass/network_denoiser.h"

#include "noiseglass/error.h"
#include "noiseglass/noise.h"
#include "noiseglass/noise_level.h"

#include <algorithm>
#include <cmath>

namespace noiseglass {
namespace {

class NetworkDenoiser final : public Denoiser {
 public:
  NetworkDenoiser(std::shared_ptr<const Network> network, int class_index, double guidance, Progress progress,
                  int steps)
      : network_(std::move(network)),
        class_index_(class_index),
        guidance_(guidance),
        progress_(std::move(progress)),
        steps_(steps) {}

  Prediction predict(const State& x_t, double log_snr, std::stop_token stop) const override {
    if (x_t.shape.channels == 1 && network_->info().channels == 3) return predict_grey(x_t, log_snr, std::move(stop));
    const Eigen::ArrayXd answer = v(to_image(x_t), log_snr, std::move(stop));
    return Prediction::from_v(x_t.values, log_snr, answer);
  }

 private:
  /// x_t of a grey picture has the same noise in all three channels, which is not what a network of colour pictures
  /// learned: noise along (1, 1, 1) only, with three times the variance. As much added in the two directions across,
  /// where a grey picture has nothing to lose, makes it white again, at log-SNR λ − ln 3. The mean over the channels
  /// leaves out whatever colour the network then sees.
  Prediction predict_grey(const State& x_t, double log_snr, std::stop_token stop) const {
    const double white_log_snr = log_snr - std::log(3.0);
    const NoiseLevel grey = NoiseLevel::from_log_snr(log_snr), white = NoiseLevel::from_log_snr(white_log_snr);
    const Image noise = gaussian_image({0, streams::chroma}, {x_t.shape.height, x_t.shape.width, 3});
    Eigen::Array3Xd n = Eigen::Map<const Eigen::Array3Xf>(noise.data.data(), 3, x_t.values.size()).cast<double>();
    n.rowwise() -= n.colwise().mean().eval();
    const Eigen::Array3Xd x = (white.sigma() * n).rowwise() + (white.signal() / grey.signal() * x_t.values).transpose();
    const State coloured{noise.shape, x.reshaped()};
    const Eigen::ArrayXd answer = v(to_image(coloured), white_log_snr, std::move(stop));
    const Eigen::ArrayXd x_0 = Prediction::from_v(coloured.values, white_log_snr, answer).x_0;
    return Prediction::from_x_0(x_t.values, log_snr, x_0.reshaped(3, x_t.values.size()).colwise().mean().transpose());
  }

  /// v is linear in ε̂ at fixed x_t, so guidance acts on it as it does on ε̂.
  Eigen::ArrayXd v(const Image& x, double log_snr, std::stop_token stop) const {
    const auto values = [](const Image& image) {
      return Eigen::Map<const Eigen::ArrayXf>(image.data.data(), Eigen::Index(image.data.size())).cast<double>();
    };
    if (class_index_ < 0 || guidance_ == 1) {
      const NetworkInput one[] = {{&x, log_snr, class_index_, steps_}};
      return values(network_->predict_v(one, std::move(stop), progress_).front());
    }
    const NetworkInput both[] = {{&x, log_snr, -1, steps_}, {&x, log_snr, class_index_, steps_}};
    const std::vector<Image> answer = network_->predict_v(both, std::move(stop), progress_);
    return values(answer[0]) + guidance_ * (values(answer[1]) - values(answer[0]));
  }

  std::shared_ptr<const Network> network_;
  int class_index_;
  double guidance_;
  Progress progress_;
  int steps_;
};

}  // namespace

std::shared_ptr<const Denoiser> make_network_denoiser(std::shared_ptr<const Network> network, int class_index,
                                                      double guidance, Progress progress, int steps) {
  const int classes = int(network->info().class_names.size());
  if (class_index < -1 || class_index >= classes)
    throw UsageError("The network \"" + network->info().name + "\" has " +
                     (classes == 0 ? "no classes." : "classes 0 to " + std::to_string(classes - 1) + "."));
  if (!std::isfinite(guidance)) throw UsageError("The guidance weight must be a finite number.");
  return std::make_shared<NetworkDenoiser>(std::move(network), class_index, guidance, std::move(progress), steps);
}

int steps_of_whole_way(int steps, int from, int T) {
  return std::max(1, int(std::lround(double(steps) * T / std::max(1, from))));
}

}  // namespace noiseglass
