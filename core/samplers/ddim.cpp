#include "noiseglass/step_parts.h"
#include "samplers/fresh_noise.h"
#include "samplers/samplers.h"

namespace noiseglass {
namespace {

class DdimSampler final : public Sampler {
 public:
  DdimSampler(SamplerProblem problem, double eta) : Sampler(std::move(problem)), eta_(eta) {}

 private:
  /// ε̂ stays as the denoiser gave it even where x̂₀ was clipped: the common convention.
  State advance(const SamplerStep& now, int t_next, std::stop_token) override {
    const StepParts parts = ddim_step_parts(problem_.schedule, now.t, t_next, eta_);
    State x{now.x_t.shape, parts.x_0 * now.x_0 + parts.epsilon * now.epsilon};
    if (parts.sigma > 0) samplers::add_noise(x, parts.sigma, problem_.seed, now.index);
    return x;
  }

  double eta_;
};

}  // namespace

SamplerRecord samplers::ddim() {
  SamplerRecord record;
  record.id = "ddim";
  record.label = "DDIM";
  record.summary =
      "Re-mixes the estimates x̂₀ and ε̂ for the next noise level: deterministic at η = 0, good in few steps.";
  record.formula = "x_s = √ᾱ_s·x̂₀ + √(1 − ᾱ_s − σ²)·ε̂ + σ·z, σ² = η²·(1 − ᾱ_s)/(1 − ᾱ_t)·(1 − ᾱ_t/ᾱ_s)";
  record.source = "Song, Meng & Ermon 2021 (DDIM), eqs. 12 and 16";
  record.parameters = {{"eta", "η", "0 is deterministic, 1 adds as much noise as DDPM.", 0, 0, 1}};
  record.order = 1;
  record.clips_by_default = true;
  record.make = [](SamplerProblem problem, const Values& values) {
    return std::make_unique<DdimSampler>(std::move(problem), values.at("eta"));
  };
  return record;
}

}  // namespace noiseglass
