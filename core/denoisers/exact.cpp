// The posterior mean over a finite data set: what an infinitely large network that has learned the set by heart
// would answer. |x − √ᾱ·x_i|² is summed from differences: expanding the square loses all digits at low noise.
#include "denoisers/denoisers.h"
#include "denoisers/softmax.h"
#include "noiseglass/noise_level.h"

namespace noiseglass {
namespace {

class NearestDataDenoiser final : public Denoiser {
 public:
  explicit NearestDataDenoiser(std::vector<State> data) : data_(std::move(data)) {
    if (data_.empty()) throw UsageError("the exact denoiser needs at least one picture in its data set");
    for (const State& point : data_) {
      if (point.shape != data_.front().shape || std::size_t(point.values.size()) != point.shape.size()) {
        throw UsageError("all pictures of the exact denoiser's data set must have the same size and channels");
      }
    }
  }

  Prediction predict(const State& x_t, double log_snr, std::stop_token stop) const override {
    denoisers::check_size(x_t, data_.front().values.size(), "each picture of the data set");
    const NoiseLevel level = NoiseLevel::from_log_snr(log_snr);
    const double signal = level.signal();
    Eigen::ArrayXd weights(Eigen::Index(data_.size()));
    for (std::size_t i = 0; i < data_.size(); ++i) {
      if (stop.stop_requested()) throw Cancelled();
      weights[i] = -(x_t.values - signal * data_[i].values).square().sum() / (2 * level.variance);
    }
    denoisers::softmax(weights);
    Eigen::ArrayXd x_0 = Eigen::ArrayXd::Zero(x_t.values.size());
    for (std::size_t i = 0; i < data_.size(); ++i) {
      if (stop.stop_requested()) throw Cancelled();
      if (weights[i] > 0) x_0 += weights[i] * data_[i].values;
    }
    return Prediction::from_x_0(x_t.values, log_snr, std::move(x_0));
  }

 private:
  std::vector<State> data_;
};

}  // namespace

std::shared_ptr<const Denoiser> make_nearest_data_denoiser(std::vector<State> data_set) {
  return std::make_shared<NearestDataDenoiser>(std::move(data_set));
}

DenoiserRecord denoisers::exact() {
  DenoiserRecord record;
  record.id = "exact";
  record.label = "Exact (posterior mean)";
  record.summary = "The posterior mean, if the pictures of a small set were all the data there is.";
  record.formula = "x̂₀ = Σ_i w_i·x_i, w = softmax(−|x_t − √ᾱ_t·x_i|²/(2·(1 − ᾱ_t)))";
  record.source = "Bayes' rule; Karras et al. 2022, appendix B.3";
  record.honesty = Honesty::exact;
  record.needs.data_set = true;
  record.make = [](const DenoiserSources& sources) { return make_nearest_data_denoiser(sources.data_set); };
  return record;
}

}  // namespace noiseglass
