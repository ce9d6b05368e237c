#include "denoisers/denoisers.h"

namespace noiseglass {
namespace {

class OracleDenoiser final : public Denoiser {
 public:
  explicit OracleDenoiser(State x_0) : x_0_(std::move(x_0)) {
    if (x_0_.values.size() == 0) throw UsageError("the oracle needs the true picture x_0");
  }

  Prediction predict(const State& x_t, double log_snr, std::stop_token stop) const override {
    if (stop.stop_requested()) throw Cancelled();
    denoisers::check_size(x_t, x_0_.values.size(), "the oracle's picture");
    return Prediction::from_x_0(x_t.values, log_snr, x_0_.values);
  }

 private:
  State x_0_;
};

}  // namespace

std::shared_ptr<const Denoiser> make_oracle_denoiser(State x_0) {
  return std::make_shared<OracleDenoiser>(std::move(x_0));
}

DenoiserRecord denoisers::oracle() {
  DenoiserRecord record;
  record.id = "oracle";
  record.label = "Oracle (cheating)";
  record.summary = "Was told the clean picture beforehand: shows what a perfect prediction would do. Cheating.";
  record.formula = "x̂₀ = x₀, ε̂ = (x_t − √ᾱ_t·x₀)/√(1 − ᾱ_t)";
  record.source = "Ho et al. 2020, eq. 4, solved for ε";
  record.honesty = Honesty::cheating;
  record.needs.x_0 = true;
  record.make = [](const DenoiserSources& sources) { return make_oracle_denoiser(sources.x_0); };
  return record;
}

}  // namespace noiseglass
