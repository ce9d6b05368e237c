#include "datasets/datasets.h"

#include <cmath>
#include <numbers>

namespace noiseglass {
namespace {

/// Radii 1 and 2.2, as many points for each length of line.
Eigen::Array2d point(const datasets::Draw& draw) {
  constexpr double inner = 1, outer = 2.2, share = inner / (inner + outer);
  const bool is_inner = draw.place < share;
  const double turn = is_inner ? draw.place / share : (draw.place - share) / (1 - share);
  const double angle = 2 * std::numbers::pi * turn;
  return (is_inner ? inner : outer) * Eigen::Array2d(std::cos(angle), std::sin(angle)) + 0.07 * draw.normal;
}

}  // namespace

DatasetRecord datasets::rings() {
  DatasetRecord record;
  record.id = "rings";
  record.label = "Rings";
  record.summary = "Two concentric circles with nothing between them.";
  record.formula = "r·(cos θ, sin θ), r = 1 or 2.2, plus noise of 0.07";
  record.source = "A common test set";
  record.make = [](int count, std::uint64_t seed) { return from_draws(count, seed, point); };
  return record;
}

}  // namespace noiseglass
