#include "samplers/samplers.h"

#include <cmath>

namespace noiseglass {
namespace {

/// Two guesses of x₀, now and before, are drawn on to the middle of the step, in steps h of λ/2 = ln(√ᾱ/√(1−ᾱ)).
class DpmSolverPlusPlus2M final : public Sampler {
 public:
  explicit DpmSolverPlusPlus2M(SamplerProblem problem) : Sampler(std::move(problem)) {}

 private:
  State advance(const SamplerStep& now, int t_next, std::stop_token) override {
    const Schedule& schedule = problem_.schedule;
    Eigen::ArrayXd target = now.x_0;
    // The step to t = 0 is infinitely long in λ: first order there, as in the first step.
    if (t_next > 0 && t_before_ > 0) {
      const double step = schedule.log_snr(t_next) - schedule.log_snr(now.t);
      const double step_before = schedule.log_snr(now.t) - schedule.log_snr(t_before_);
      target += step / (2 * step_before) * (now.x_0 - x_0_before_);
    }
    // −√ᾱ_s·(e^−h − 1) written with e^−h = √ᾱ_t·σ_s/(σ_t·√ᾱ_s): finite at t = 0
    const double ratio = schedule.sigma(t_next) / schedule.sigma(now.t);
    const double pull = std::sqrt(schedule.alpha_bar(t_next)) - std::sqrt(now.alpha_bar) * ratio;
    State x{now.x_t.shape, ratio * now.x_t.values + pull * target};
    x_0_before_ = now.x_0;
    t_before_ = now.t;
    return x;
  }

  Eigen::ArrayXd x_0_before_;
  int t_before_ = 0;  ///< 0: there is no moment before
};

}  // namespace

SamplerRecord samplers::dpmpp_2m() {
  SamplerRecord record;
  record.id = "dpm++2m";
  record.label = "DPM-Solver++(2M)";
  record.summary = "Extrapolates from the previous estimate: second order, at one evaluation per step.";
  record.formula =
      "x_s = σ_s/σ_t·x_t − √ᾱ_s·(e^−h − 1)·D, D = x̂₀ + (x̂₀ − x̂₀ before)·h/(2·h before), h = (λ_s − λ_t)/2, "
      "σ = √(1 − ᾱ); D = x̂₀ in the first step and in the last, to t = 0";
  record.source = "Lu et al. 2022 (DPM-Solver++), algorithm 2";
  record.order = 2;
  record.make = [](SamplerProblem problem, const Values&) {
    return std::make_unique<DpmSolverPlusPlus2M>(std::move(problem));
  };
  return record;
}

}  // namespace noiseglass
