#include "datasets/datasets.h"

#include <array>

namespace noiseglass {
namespace {

struct Component {
  double weight;  // they sum to 1
  Eigen::Array2d mean;
  double std;
};

const std::array<Component, 5> components = {{{0.30, {-1.6, 0.9}, 0.20},
                                              {0.15, {-0.9, -1.3}, 0.14},
                                              {0.25, {0.7, -0.5}, 0.30},
                                              {0.10, {1.9, -1.5}, 0.10},
                                              {0.20, {1.4, 1.4}, 0.20}}};

Eigen::Array2d point(const datasets::Draw& draw) {
  double place = draw.place;
  for (const Component& component : components) {
    if (place < component.weight) return component.mean + component.std * draw.normal;
    place -= component.weight;
  }
  return components.back().mean + components.back().std * draw.normal;
}

}  // namespace

DatasetRecord datasets::mixture() {
  DatasetRecord record;
  record.id = "mixture";
  record.label = "Mixture";
  record.summary = "Five round Gaussian clusters of different sizes and weights.";
  record.formula = "Σ_k π_k·N(μ_k, s_k²·I)";
  record.source = "Weights, means and widths chosen here";
  record.make = [](int count, std::uint64_t seed) { return from_draws(count, seed, point); };
  return record;
}

}  // namespace noiseglass
