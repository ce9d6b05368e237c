#include "noiseglass/error.h"
#include "noiseglass/one_dimension.h"

#include <algorithm>
#include <cmath>

namespace noiseglass {
namespace {

std::vector<float> normals(NoiseKey key, int count) {
  std::vector<float> z(std::size_t(std::max(0, count)));
  fill_gaussian(key, 0, z);
  return z;
}

/// x of all paths now; the first `kept` are recorded.
void record(Paths1D& paths, int t, const std::vector<double>& x) {
  paths.t.push_back(t);
  for (std::size_t i = 0; i < paths.x.size(); ++i) paths.x[i].push_back(x[i]);
}

}  // namespace

Paths1D forward_paths(const Mixture1D& data, const Schedule& schedule, int count, std::uint64_t seed) {
  const std::vector<float> start = normals({seed, streams::forward}, 2 * count);
  std::vector<double> x(start.size() / 2);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = data.sample(start[2 * i], start[2 * i + 1]);
  Paths1D paths;
  paths.x.resize(x.size());
  record(paths, 0, x);
  for (int t = 1; t <= schedule.steps(); ++t) {
    const std::vector<float> z = normals({seed, streams::chain(t)}, count);
    const double keep = std::sqrt(schedule.alpha(t)), add = std::sqrt(schedule.beta(t));
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = keep * x[i] + add * z[i];
    record(paths, t, x);
  }
  paths.ends = std::move(x);
  return paths;
}

Paths1D reverse_paths(const Mixture1D& data, const Schedule& schedule, const ReversePathsOptions& options,
                      std::stop_token stop) {
  const auto& [step, variance, count, kept, seed] = options;
  if (step < 1) throw UsageError("a step back is at least 1 long, not " + std::to_string(step));
  const std::vector<float> start = normals({seed, streams::forward}, count);
  std::vector<double> x(start.begin(), start.end());
  Paths1D paths;
  paths.x.resize(std::min(x.size(), std::size_t(std::max(0, kept))));
  record(paths, schedule.steps(), x);
  for (int t = schedule.steps(), i = 0; t > 0; ++i) {
    if (stop.stop_requested()) throw Cancelled();
    const int s = std::max(0, t - step);
    const ReverseStep back(data, schedule, t, s);
    const std::vector<float> z = normals({seed, streams::sampler(i)}, count);
    for (std::size_t k = 0; k < x.size(); ++k) {
      const Normal1D normal = back.stand_in(x[k], variance);
      x[k] = normal.mean + normal.std * z[k];
    }
    record(paths, s, x);
    t = s;
  }
  paths.ends = std::move(x);
  return paths;
}

}  // namespace noiseglass
