#include "datasets/datasets.h"

#include <cmath>
#include <numbers>

namespace noiseglass {
namespace {

constexpr double first_angle = 0.5 * std::numbers::pi, last_angle = 4.5 * std::numbers::pi;

/// r = θ. The length grows about as θ²/2, so a θ with an even square is evenly spread along the arm.
Eigen::Array2d point(const datasets::Draw& draw) {
  const double angle =
      std::sqrt(first_angle * first_angle + draw.place * (last_angle * last_angle - first_angle * first_angle));
  return angle * Eigen::Array2d(std::cos(angle), std::sin(angle)) + 0.35 * draw.normal;
}

}  // namespace

DatasetRecord datasets::spiral() {
  DatasetRecord record;
  record.id = "spiral";
  record.label = "Spiral";
  record.summary = "One arm winding outwards, twice around.";
  record.formula = "θ·(cos θ, sin θ), θ² even in (π/2)²…(9π/2)², plus noise of 0.35";
  record.source = "The Archimedean spiral";
  record.make = [](int count, std::uint64_t seed) { return from_draws(count, seed, point); };
  return record;
}

}  // namespace noiseglass
