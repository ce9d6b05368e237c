#include "datasets/datasets.h"

#include <cmath>
#include <numbers>

namespace noiseglass {
namespace {

/// Two half circles of radius 1, the second turned round and moved so that each reaches into the other.
Eigen::Array2d point(const datasets::Draw& draw) {
  const bool lower = draw.place >= 0.5;
  const double angle = std::numbers::pi * (2 * draw.place - lower);
  const Eigen::Array2d arc(std::cos(angle), std::sin(angle));
  return (lower ? Eigen::Array2d(Eigen::Array2d(1, 0.5) - arc) : arc) + 0.06 * draw.normal;
}

}  // namespace

DatasetRecord datasets::two_moons() {
  DatasetRecord record;
  record.id = "two_moons";
  record.label = "Two moons";
  record.summary = "Two interlocking half circles.";
  record.formula = "(cos θ, sin θ) and (1 − cos θ, ½ − sin θ), θ in 0…π, plus noise of 0.06";
  record.source = "A common test set, as in scikit-learn's make_moons";
  record.make = [](int count, std::uint64_t seed) { return from_draws(count, seed, point); };
  return record;
}

}  // namespace noiseglass
