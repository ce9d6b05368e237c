#include "samplers/churn.h"
#include "samplers/flow.h"
#include "samplers/samplers.h"

#include <cmath>

namespace noiseglass {
namespace {

class EulerChurnSampler final : public Sampler {
 public:
  EulerChurnSampler(SamplerProblem problem, samplers::Churn churn) : Sampler(std::move(problem)), churn_(churn) {}

 private:
  State advance(const SamplerStep& now, int t_next, std::stop_token) override {
    if (t_next == 0) return {now.x_t.shape, now.x_0};
    const double sigma = samplers::flow_sigma(problem_.schedule, now.t);
    const double below = churn_.below(samplers::flow_sigma(problem_.schedule, t_next), int(problem_.timesteps.size()));
    const Eigen::ArrayXd x =
        now.x_t.values / std::sqrt(now.alpha_bar) + (below - sigma) * samplers::flow_slope(now, sigma);
    return samplers::raise(problem_, churn_, x, below, t_next, now.index);
  }

  samplers::Churn churn_;
};

}  // namespace

SamplerRecord samplers::euler_churn() {
  SamplerRecord record;
  record.id = "euler-churn";
  record.label = "Euler with churn";
  record.summary = "Euler's steps go a little too far down, and fresh noise lifts them back: it washes out old errors.";
  record.formula =
      "x̄_s = x̄_t + (σ̄' − σ̄_t)·(x̄_t − x̂₀)/σ̄_t + S_noise·√(σ̄_s² − σ̄'²)·z, σ̄' = σ̄_s/(1 + γ), "
      "γ = min(S_churn/N, √2 − 1), x̄ = x/√ᾱ, σ̄ = √((1 − ᾱ)/ᾱ); x̂₀ in the step to t = 0";
  record.source = "Karras et al. 2022, algorithm 2 without its lines 9–11; t = 1 … T are its raised levels";
  record.parameters = Churn::parameters();
  record.order = 0;
  record.make = [](SamplerProblem problem, const Values& values) {
    return std::make_unique<EulerChurnSampler>(std::move(problem), Churn::from(values));
  };
  return record;
}

}  // namespace noiseglass
