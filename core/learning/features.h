#pragma once

#include <Eigen/Core>

namespace noiseglass::learning {

/// What the network sees of a point: x_t itself and waves of it, of 2π down to an eighth of that (fine structure that a
/// small network cannot make of x_t alone: Tancik et al. 2020); √ᾱ, √(1−ᾱ), λ/10 and waves of λ of 48 down to 6.
constexpr int position_octaves = 4, level_octaves = 4;
constexpr int feature_count = 2 + 4 * position_octaves + 3 + 2 * level_octaves;

/// features becomes feature_count × points.
void compute_features(const Eigen::Array2Xf& x_t, const Eigen::ArrayXf& log_snr, Eigen::MatrixXf& features);

}  // namespace noiseglass::learning
