#include "samplers/samplers.h"

#include <cmath>
#include <utility>

namespace noiseglass {
namespace {

/// Σ (−h)^k/(k + n)! over k ≥ 0: (e^−h − its first n terms)/(−h)^n, also where that difference would cancel.
double tail_of_exponential(double h, int n) {
  double term = 1;
  for (int k = 1; k <= n; ++k) term /= k;
  if (h > 1) {
    double left = std::exp(-h), power = 1, factorial = 1;
    for (int k = 0; k < n; ++k) {
      left -= power / factorial;
      power *= -h;
      factorial *= k + 1;
    }
    return left / power;
  }
  double sum = term;
  for (int k = 1; k < 20; ++k) sum += term *= -h / (k + n);
  return sum;
}

/// Predicts as DPM-Solver++(2M) does, then, when the next look at x̂₀ is there, takes the step once more with it: one
/// order gained for no further evaluation.
class UniPcSampler final : public Sampler {
 public:
  explicit UniPcSampler(SamplerProblem problem) : Sampler(std::move(problem)) {}

 private:
  State advance(const SamplerStep& now, int t_next, std::stop_token) override {
    if (t_next == 0) return {now.x_t.shape, now.x_0};
    Eigen::ArrayXd x = t_before_ > 0 ? corrected(now) : now.x_t.values;
    const double h = half_log_snr(t_next) - half_log_snr(now.t);
    Eigen::ArrayXd target = now.x_0;
    double h_before = 0;
    if (t_before_ > 0) {
      h_before = half_log_snr(now.t) - half_log_snr(t_before_);
      target += h / (2 * h_before) * (now.x_0 - x_0_before_);
    }
    State next{now.x_t.shape, moved(x, now.t, t_next, target)};
    x_before_ = std::move(x);
    x_0_two_before_ = std::exchange(x_0_before_, now.x_0);
    t_before_ = now.t;
    h_two_before_ = h_before;
    return next;
  }

  double half_log_snr(int t) const { return problem_.schedule.log_snr(t) / 2; }

  /// σ_s/σ_t·x + √ᾱ_s·(1 − e^−h)·D
  Eigen::ArrayXd moved(const Eigen::ArrayXd& x, int t, int s, const Eigen::ArrayXd& target) const {
    const Schedule& schedule = problem_.schedule;
    const double ratio = schedule.sigma(s) / schedule.sigma(t);
    return ratio * x + (std::sqrt(schedule.alpha_bar(s)) - std::sqrt(schedule.alpha_bar(t)) * ratio) * target;
  }

  /// The step that led here, with what is now known of x̂₀ at its end (UniC, B(h) = e^h − 1).
  Eigen::ArrayXd corrected(const SamplerStep& now) const {
    const double h = half_log_snr(now.t) - half_log_snr(t_before_);
    Eigen::ArrayXd target = x_0_before_;
    if (h_two_before_ > 0) {
      const double r = -h_two_before_ / h, scale = h / -std::expm1(-h);
      const double first = scale * tail_of_exponential(h, 2), second = scale * 2 * tail_of_exponential(h, 3);
      const double rho = (first - second) / (1 - r);
      target += rho / r * (x_0_two_before_ - x_0_before_) + (first - rho) * (now.x_0 - x_0_before_);
    } else {
      target += 0.5 * (now.x_0 - x_0_before_);
    }
    return moved(x_before_, t_before_, now.t, target);
  }

  Eigen::ArrayXd x_before_, x_0_before_, x_0_two_before_;
  int t_before_ = 0;         ///< 0: there is no moment before
  double h_two_before_ = 0;  ///< 0: there are no two moments before
};

}  // namespace

SamplerRecord samplers::unipc() {
  SamplerRecord record;
  record.id = "unipc";
  record.label = "UniPC";
  record.summary = "Corrects each step with the estimate at its end: third order with one evaluation per step.";
  record.formula =
      "x_s = σ_s/σ_t·x_t + √ᾱ_s·(1 − e^−h)·D; predicted with D = x̂₀ + (x̂₀ − x̂₀ before)·h/(2·h before), "
      "corrected with D = x̂₀ + ρ₁/r·(x̂₀ before − x̂₀) + ρ₂·(x̂₀ at s − x̂₀), r = −(h before)/h, h = (λ_s − λ_t)/2, "
      "ρ₁ + ρ₂ = b₁, r·ρ₁ + ρ₂ = b₂, b₁ = (e^−h − 1 + h)/(h·(1 − e^−h)), b₂ = 1/(1 − e^−h)·(1 − 2·(e^−h − 1 + h)/h²)";
  record.source = "Zhao et al. 2023 (UniPC), algorithms 1 and 2 with p = 2, data prediction and B(h) = e^h − 1";
  record.order = 3;
  record.make = [](SamplerProblem problem, const Values&) {
    return std::make_unique<UniPcSampler>(std::move(problem));
  };
  return record;
}

}  // namespace noiseglass
