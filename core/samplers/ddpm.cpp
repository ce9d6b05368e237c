#include "noiseglass/step_parts.h"
#include "samplers/fresh_noise.h"
#include "samplers/samplers.h"

namespace noiseglass {
namespace {

class DdpmSampler final : public Sampler {
 public:
  DdpmSampler(SamplerProblem problem, bool variance_large)
      : Sampler(std::move(problem)), variance_large_(variance_large) {}

 private:
  State advance(const SamplerStep& now, int t_next, std::stop_token) override {
    const StepParts parts = ddpm_step_parts(problem_.schedule, now.t, t_next, variance_large_);
    if (t_next == 0) return {now.x_t.shape, now.x_0};
    State x{now.x_t.shape, parts.x_0 * now.x_0 + parts.x_t * now.x_t.values};
    samplers::add_noise(x, parts.sigma, problem_.seed, now.index);
    return x;
  }

  bool variance_large_;
};

}  // namespace

SamplerRecord samplers::ddpm() {
  SamplerRecord record;
  record.id = "ddpm";
  record.label = "DDPM (ancestral)";
  record.summary = "Draws each step from the posterior q(x_s | x_t, x̂₀): stochastic, best with many steps.";
  record.formula =
      "x_s = √ᾱ_s·β/(1 − ᾱ_t)·x̂₀ + √α·(1 − ᾱ_s)/(1 − ᾱ_t)·x_t + √V·z, α = ᾱ_t/ᾱ_s, β = 1 − α, "
      "V = (1 − ᾱ_s)/(1 − ᾱ_t)·β (small) or β (large)";
  record.source = "Ho et al. 2020, algorithm 2 and section 3.2; strided as in Nichol & Dhariwal 2021, section 4";
  record.parameters = {{"variance_large", "large variance",
                        "Use β instead of the posterior's β̃ as the variance of a step.", 0, 0, 1,
                        Parameter::Kind::boolean}};
  record.order = 0;
  record.clips_by_default = true;
  record.make = [](SamplerProblem problem, const Values& values) {
    return std::make_unique<DdpmSampler>(std::move(problem), values.at("variance_large") != 0);
  };
  return record;
}

}  // namespace noiseglass
