#include "samplers/samplers.h"
#include "samplers/strided.h"

#include <algorithm>
#include <cmath>

namespace noiseglass {
namespace {

constexpr double smallest_variance = 1e-20;

class DdpmSampler final : public Sampler {
 public:
  DdpmSampler(SamplerProblem problem, bool variance_large)
      : Sampler(std::move(problem)), variance_large_(variance_large) {}

 private:
  State advance(const SamplerStep& now, int t_next, std::stop_token) override {
    if (t_next == 0) return {now.x_t.shape, now.x_0};  // the posterior shrinks to a point, and no z is added
    const samplers::StridedPosterior posterior(problem_.schedule, t_next, now.t);
    State x{now.x_t.shape, posterior.mean_x0 * now.x_0 + posterior.mean_xt * now.x_t.values};
    const double variance = variance_large_ ? posterior.beta : std::max(posterior.variance, smallest_variance);
    samplers::add_noise(x, std::sqrt(variance), problem_.seed, now.index);
    return x;
  }

  bool variance_large_;
};

}  // namespace

SamplerRecord samplers::ddpm() {
  SamplerRecord record;
  record.id = "ddpm";
  record.label = "DDPM (ancestral)";
  record.summary = "Draws each step from the posterior: random at every step, best with many of them.";
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
