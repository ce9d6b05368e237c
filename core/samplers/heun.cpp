#include "samplers/flow.h"
#include "samplers/samplers.h"

#include <cmath>

namespace noiseglass {
namespace {

/// A step that divides σ̄ by more than this stays an Euler step. The trapezoid gives the second look at x̂₀ the weight
/// (σ̄ − σ̄')/(2σ̄'), which should be at most 1: at the cosine schedule's first step (σ̄ = 20,291 to 6 when N = 10) it
/// would be 1,600, and a small change of x̂₀ would throw x̄ far off. Steps this long are outside of second order anyway.
constexpr double longest_ratio = 8;

class HeunSampler final : public Sampler {
 public:
  explicit HeunSampler(SamplerProblem problem) : Sampler(std::move(problem)) {}

 private:
  State advance(const SamplerStep& now, int t_next, std::stop_token stop) override {
    if (t_next == 0) return {now.x_t.shape, now.x_0};  // Euler's step to σ̄ = 0, where there is no slope
    const double sigma = samplers::flow_sigma(problem_.schedule, now.t);
    const double sigma_next = samplers::flow_sigma(problem_.schedule, t_next);
    const double from_flow = std::sqrt(problem_.schedule.alpha_bar(t_next));
    const Eigen::ArrayXd x = now.x_t.values / std::sqrt(now.alpha_bar);
    const Eigen::ArrayXd slope = samplers::flow_slope(now, sigma);
    const State ahead{now.x_t.shape, from_flow * (x + (sigma_next - sigma) * slope)};
    if (sigma > longest_ratio * sigma_next) return ahead;
    const Eigen::ArrayXd slope_ahead = samplers::flow_slope(look(ahead, t_next, stop), sigma_next);
    return {now.x_t.shape, from_flow * (x + (sigma_next - sigma) * 0.5 * (slope + slope_ahead))};
  }
};

}  // namespace

SamplerRecord samplers::heun() {
  SamplerRecord record;
  record.id = "heun";
  record.label = "Heun";
  record.summary = "Averages the slopes at both ends of a step: second order, at about two evaluations per step.";
  record.formula =
      "x̄_s = x̄_t + (σ̄_s − σ̄_t)·(d_t + d_s)/2, d = (x̄ − x̂₀)/σ̄, d_s at Euler's guess; "
      "Euler's step if σ̄_s < σ̄_t/8, so also to σ̄ = 0";
  record.source = "Karras et al. 2022, algorithm 1";
  record.order = 2;
  record.evaluations = 2;
  record.make = [](SamplerProblem problem, const Values&) { return std::make_unique<HeunSampler>(std::move(problem)); };
  return record;
}

}  // namespace noiseglass
