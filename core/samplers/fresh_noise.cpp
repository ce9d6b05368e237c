#include "samplers/fresh_noise.h"

#include "noiseglass/noise.h"

#include <vector>

namespace noiseglass::samplers {

void add_noise(State& x, double std, std::uint64_t seed, int step) {
  std::vector<float> z(std::size_t(x.values.size()));
  fill_gaussian({seed, streams::sampler(step)}, 0, z);
  x.values += std * Eigen::Map<const Eigen::ArrayXf>(z.data(), x.values.size()).cast<double>();
}

}  // namespace noiseglass::samplers
