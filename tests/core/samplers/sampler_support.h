#pragma once

#include "core/states.h"
#include "noiseglass/sampler.h"

#include <cmath>

/// Runs on Gaussian data, where the reverse process has a closed form.
namespace noiseglass {

/// Data N(mean, std²·I).
struct GaussianData {
  double mean = 0.3;
  double std = 0.5;

  double variance(const Schedule& schedule, int t) const {
    return schedule.alpha_bar(t) * std * std + schedule.variance(t);
  }
  std::shared_ptr<const Denoiser> denoiser(Eigen::Index size) const {
    return make_mixture_denoiser({{{1.0, Eigen::ArrayXd::Constant(size, mean), std}}});
  }
  /// Draws x_t, t being the schedule's time.
  State draw(const Schedule& schedule, int t, Shape shape, std::uint64_t seed) const {
    const Eigen::ArrayXd z = normals(seed, Eigen::Index(shape.size()));
    return {shape, std::sqrt(schedule.alpha_bar(t)) * mean + std::sqrt(variance(schedule, t)) * z};
  }
  /// Where the probability-flow ODE carries x from t to s: it keeps each value's quantile.
  Eigen::ArrayXd flow(const Schedule& schedule, const Eigen::ArrayXd& x, int t, int s) const {
    const double ratio = std::sqrt(variance(schedule, s) / variance(schedule, t));
    return std::sqrt(schedule.alpha_bar(s)) * mean + ratio * (x - std::sqrt(schedule.alpha_bar(t)) * mean);
  }
};

inline std::vector<SamplerStep> run_to_end(Sampler& sampler) {
  std::vector<SamplerStep> moments;
  while (!sampler.done()) moments.push_back(sampler.step());
  return moments;
}

inline std::vector<SamplerStep> run(const std::string& id, SamplerProblem problem, const Values& values = {}) {
  return run_to_end(*make_sampler(id, std::move(problem), values));
}

/// Whether a sampler is stochastic with these values.
inline bool adds_noise(const SamplerRecord& record, const Values& values) {
  if (values.contains("eta")) return values.at("eta") > 0;
  if (values.contains("churn")) return values.at("churn") > 0 && values.at("sigma_low") < values.at("sigma_high");
  return record.order == 0;
}

/// The values at every corner of a sampler's parameters: for ddim η = 0 and η = 1, and so on.
inline std::vector<Values> parameter_corners(const SamplerRecord& record) {
  std::vector<Values> corners;
  for (std::size_t bits = 0; bits < std::size_t(1) << record.parameters.size(); ++bits) {
    Values values;
    for (std::size_t i = 0; i < record.parameters.size(); ++i) {
      if (record.parameters[i].kind == Parameter::Kind::points) continue;
      values[record.parameters[i].id] = bits >> i & 1 ? record.parameters[i].max : record.parameters[i].min;
    }
    corners.push_back(values);
  }
  return corners;
}

}  // namespace noiseglass
