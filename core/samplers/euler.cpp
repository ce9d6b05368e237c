#include "samplers/flow.h"
#include "samplers/samplers.h"

#include <cmath>

namespace noiseglass {
namespace {

class EulerSampler final : public Sampler {
 public:
  explicit EulerSampler(SamplerProblem problem) : Sampler(std::move(problem)) {}

 private:
  State advance(const SamplerStep& now, int t_next, std::stop_token) override {
    const double sigma = samplers::flow_sigma(problem_.schedule, now.t);
    const double ratio = samplers::flow_sigma(problem_.schedule, t_next) / sigma;
    // x̄ + (σ̄' − σ̄)·(x̄ − x̂₀)/σ̄, gathered so that σ̄' = 0 gives x̂₀ to the last bit
    const double to_flow = 1 / std::sqrt(now.alpha_bar), from_flow = std::sqrt(problem_.schedule.alpha_bar(t_next));
    return {now.x_t.shape, from_flow * (ratio * to_flow * now.x_t.values + (1 - ratio) * now.x_0)};
  }
};

}  // namespace

SamplerRecord samplers::euler() {
  SamplerRecord record;
  record.id = "euler";
  record.label = "Euler";
  record.summary = "The simplest solver of the probability-flow ODE; without clipping, the same as DDIM at η = 0.";
  record.formula = "x̄_s = x̄_t + (σ̄_s − σ̄_t)·(x̄_t − x̂₀)/σ̄_t, x̄ = x/√ᾱ, σ̄ = √((1 − ᾱ)/ᾱ)";
  record.source = "Karras et al. 2022, algorithm 1 without its lines 6–8";
  record.order = 1;
  record.make = [](SamplerProblem problem, const Values&) {
    return std::make_unique<EulerSampler>(std::move(problem));
  };
  return record;
}

}  // namespace noiseglass
