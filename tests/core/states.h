#pragma once

#include "noiseglass/denoiser.h"
#include "noiseglass/noise.h"

#include <vector>

/// Small states for tests.
namespace noiseglass {

inline State point(const std::vector<double>& values) {
  return {{1, 1, int(values.size())}, Eigen::Map<const Eigen::ArrayXd>(values.data(), Eigen::Index(values.size()))};
}

inline Eigen::ArrayXd normals(std::uint64_t seed, Eigen::Index count) {
  const Image z = gaussian_image({seed, streams::forward}, {1, 1, int(count)});
  return to_state(z).values;
}

}  // namespace noiseglass
