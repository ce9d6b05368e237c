#include "samplers/flow.h"
#include "samplers/fresh_noise.h"
#include "samplers/samplers.h"

#include <algorithm>
#include <cmath>

namespace noiseglass {
namespace {

class EulerAncestralSampler final : public Sampler {
 public:
  EulerAncestralSampler(SamplerProblem problem, double eta) : Sampler(std::move(problem)), eta_(eta) {}

 private:
  State advance(const SamplerStep& now, int t_next, std::stop_token) override {
    if (t_next == 0) return {now.x_t.shape, now.x_0};
    const double sigma = samplers::flow_sigma(problem_.schedule, now.t);
    const double sigma_next = samplers::flow_sigma(problem_.schedule, t_next), ratio = sigma_next / sigma;
    const double up = eta_ * sigma_next * std::sqrt((1 - ratio) * (1 + ratio));
    const double down = std::sqrt((sigma_next - up) * (sigma_next + up));
    const double from_flow = std::sqrt(problem_.schedule.alpha_bar(t_next));
    const Eigen::ArrayXd x =
        now.x_t.values / std::sqrt(now.alpha_bar) + (down - sigma) * samplers::flow_slope(now, sigma);
    State next{now.x_t.shape, from_flow * x};
    if (up > 0) samplers::add_noise(next, from_flow * up, problem_.seed, now.index);
    return next;
  }

  double eta_;
};

}  // namespace

SamplerRecord samplers::euler_ancestral() {
  SamplerRecord record;
  record.id = "euler-a";
  record.label = "Euler ancestral";
  record.summary =
      "Euler's step to below the next level, and fresh noise up to it; DDIM with the same η in other words.";
  record.formula =
      "x̄_s = x̄_t + (σ̄_down − σ̄_t)·(x̄_t − x̂₀)/σ̄_t + σ̄_up·z, σ̄_up = η·σ̄_s·√(1 − σ̄_s²/σ̄_t²), "
      "σ̄_down = √(σ̄_s² − σ̄_up²), x̄ = x/√ᾱ, σ̄ = √((1 − ᾱ)/ᾱ)";
  record.source =
      "Crowson 2022 (k-diffusion), published code; the variance is that of Song, Meng & Ermon 2021 (DDIM), eq. 16";
  record.parameters = {{"eta", "η", "0 is deterministic, 1 adds as much noise as DDPM.", 1, 0, 1}};
  record.order = 0;
  record.make = [](SamplerProblem problem, const Values& values) {
    return std::make_unique<EulerAncestralSampler>(std::move(problem), values.at("eta"));
  };
  return record;
}

}  // namespace noiseglass
