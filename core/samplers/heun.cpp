#include "samplers/flow.h"
#include "samplers/samplers.h"

namespace noiseglass {
namespace {

class HeunSampler final : public Sampler {
 public:
  explicit HeunSampler(SamplerProblem problem) : Sampler(std::move(problem)) {}

 private:
  State advance(const SamplerStep& now, int t_next, std::stop_token stop) override {
    if (t_next == 0) return {now.x_t.shape, now.x_0};  // Euler's step to σ̄ = 0, where there is no slope
    const NoiseLevel next = problem_.schedule.level(t_next);
    const double sigma = samplers::flow_sigma(problem_.schedule, now.t);
    const double sigma_next = samplers::flow_sigma(problem_.schedule, t_next);
    return {now.x_t.shape,
            next.signal() * samplers::heun_move(now, sigma, sigma_next, [&](const Eigen::ArrayXd& ahead) {
              return look({now.x_t.shape, next.signal() * ahead}, next, stop);
            })};
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
