#include "samplers/churn.h"
#include "samplers/flow.h"
#include "samplers/samplers.h"

#include <cmath>

namespace noiseglass {
namespace {

class HeunChurnSampler final : public Sampler {
 public:
  HeunChurnSampler(SamplerProblem problem, samplers::Churn churn) : Sampler(std::move(problem)), churn_(churn) {}

 private:
  State advance(const SamplerStep& now, int t_next, std::stop_token stop) override {
    if (t_next == 0) return {now.x_t.shape, now.x_0};
    const double sigma = samplers::flow_sigma(problem_.schedule, now.t);
    const double below = churn_.below(samplers::flow_sigma(problem_.schedule, t_next), int(problem_.timesteps.size()));
    const Eigen::ArrayXd x = samplers::heun_move(now, sigma, below, [&](const Eigen::ArrayXd& ahead) {
      const double variance = below * below / (1 + below * below);
      const NoiseLevel level{1 / (1 + below * below), variance};
      return look({now.x_t.shape, level.signal() * ahead}, level, stop);
    });
    return samplers::raise(problem_, churn_, x, below, t_next, now.index);
  }

  samplers::Churn churn_;
};

}  // namespace

SamplerRecord samplers::heun_churn() {
  SamplerRecord record;
  record.id = "heun-churn";
  record.label = "Heun with churn";
  record.summary = "The stochastic sampler of EDM: Heun's steps with some noise added and taken away again in each.";
  record.formula =
      "x̄_s = x̄_t + (σ̄' − σ̄_t)·(d_t + d')/2 + S_noise·√(σ̄_s² − σ̄'²)·z, d = (x̄ − x̂₀)/σ̄, d' at Euler's guess, "
      "σ̄' = σ̄_s/(1 + γ), γ = min(S_churn/N, √2 − 1); Euler's step if σ̄' < σ̄_t/8; x̂₀ in the step to t = 0";
  record.source = "Karras et al. 2022, algorithm 2; t = 1 … T are its raised levels";
  record.parameters = Churn::parameters();
  record.order = 0;
  record.evaluations = 2;
  record.make = [](SamplerProblem problem, const Values& values) {
    return std::make_unique<HeunChurnSampler>(std::move(problem), Churn::from(values));
  };
  return record;
}

}  // namespace noiseglass
