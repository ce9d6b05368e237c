#include "samplers/fresh_noise.h"
#include "samplers/samplers.h"

#include <cmath>

namespace noiseglass {
namespace {

/// DPM-Solver++(2M) for the reverse SDE: what the drift takes away beyond the ODE's share comes back as noise.
class DpmSolverPlusPlus2MSde final : public Sampler {
 public:
  DpmSolverPlusPlus2MSde(SamplerProblem problem, double eta) : Sampler(std::move(problem)), eta_(eta) {}

 private:
  State advance(const SamplerStep& now, int t_next, std::stop_token) override {
    if (t_next == 0) return {now.x_t.shape, now.x_0};
    const Schedule& schedule = problem_.schedule;
    const double h = (schedule.log_snr(t_next) - schedule.log_snr(now.t)) / 2;
    Eigen::ArrayXd target = now.x_0;
    if (h_before_ > 0) target += h / (2 * h_before_) * (now.x_0 - x_0_before_);
    const double sigma = schedule.sigma(t_next);
    const double keep = sigma / schedule.sigma(now.t) * std::exp(-eta_ * h);
    const double pull = std::sqrt(schedule.alpha_bar(t_next)) * -std::expm1(-(1 + eta_) * h);
    State x{now.x_t.shape, keep * now.x_t.values + pull * target};
    if (eta_ > 0) samplers::add_noise(x, sigma * std::sqrt(-std::expm1(-2 * eta_ * h)), problem_.seed, now.index);
    x_0_before_ = now.x_0;
    h_before_ = h;
    return x;
  }

  double eta_;
  Eigen::ArrayXd x_0_before_;
  double h_before_ = 0;  ///< 0: there is no moment before
};

}  // namespace

SamplerRecord samplers::dpmpp_2m_sde() {
  SamplerRecord record;
  record.id = "dpm++2m-sde";
  record.label = "DPM-Solver++(2M) SDE";
  record.summary = "DPM-Solver++(2M) with fresh noise in each step: stochastic, and good with few steps.";
  record.formula =
      "x_s = σ_s/σ_t·e^−ηh·x_t + √ᾱ_s·(1 − e^−(1+η)h)·D + σ_s·√(1 − e^−2ηh)·z, D = x̂₀ + (x̂₀ − x̂₀ before)·h/(2·h "
      "before), "
      "h = (λ_s − λ_t)/2, σ = √(1 − ᾱ); D = x̂₀ in the first step, x_s = x̂₀ in the last";
  record.source = "Lu et al. 2022 (DPM-Solver++), section 5; with η: Crowson 2022 (k-diffusion), published code";
  record.parameters = {{"eta", "η", "0 is DPM-Solver++(2M), 1 the reverse SDE.", 1, 0, 1}};
  record.order = 0;
  record.make = [](SamplerProblem problem, const Values& values) {
    return std::make_unique<DpmSolverPlusPlus2MSde>(std::move(problem), values.at("eta"));
  };
  return record;
}

}  // namespace noiseglass
