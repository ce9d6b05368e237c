#pragma once

#include "noiseglass/points.h"

/// One function a file of this folder; datasets.cpp holds the table.
namespace noiseglass::datasets {

DatasetRecord two_moons();
DatasetRecord spiral();
DatasetRecord rings();
DatasetRecord mixture();
DatasetRecord letters();

/// The numbers that point i is made from.
struct Draw {
  double place;            ///< in [0, 1): where along the shape; evenly spread over any run of points
  Eigen::Array2d uniform;  ///< in (0, 1), independent
  Eigen::Array2d normal;   ///< standard normal, independent
};
Draw draw(std::uint64_t seed, int i);

/// Point i from draw(seed, i), all standardised.
Points from_draws(int count, std::uint64_t seed, const std::function<Eigen::Array2d(const Draw&)>& point);

}  // namespace noiseglass::datasets
