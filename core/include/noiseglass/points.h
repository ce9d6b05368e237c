#pragma once

#include "noiseglass/registry.h"

#include <Eigen/Core>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace noiseglass {

/// Points of the plane, float64: column i is point i, row 0 is x (to the right), row 1 is y (up).
using Points = Eigen::Array2Xd;

/// How many points a set may have.
constexpr int max_points = 100'000;

/// Sets of the plane on which diffusion can be watched. A set is centred (its mean is 0) and scaled alike in x and y so
/// that the mean of |x|² is 2: variance 1 for each coordinate on average, as N(0, I) has. The places along a shape
/// follow a golden-ratio sequence, so any run of points covers it evenly; the rest is Philox noise, the same on every
/// machine.
struct DatasetRecord : RecordInfo {
  /// @param count 1…max_points
  std::function<Points(int count, std::uint64_t seed)> make;
};

/// two_moons, spiral, rings, mixture, letters.
const std::vector<DatasetRecord>& dataset_records();

/// Looks the set up and makes it. @throws UsageError for an unknown name or a count outside of 1…max_points.
Points make_dataset(const std::string& id, int count, std::uint64_t seed);

/// The points moved and scaled alike in x and y to mean 0 and mean |x|² = 2; only moved where they all coincide.
Points standardised(const Points& points);

}  // namespace noiseglass
