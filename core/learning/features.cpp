#include "learning/features.h"

#include <cmath>
#include <numbers>

namespace noiseglass::learning {
namespace {

/// sin and cos of angle, 2·angle, 4·angle …, by the formulae for double angles. @returns the place after them
float* octaves(float angle, int count, float* out) {
  float sine = std::sin(angle), cosine = std::cos(angle);
  for (int i = 0; i < count; ++i) {
    *out++ = sine;
    *out++ = cosine;
    const float twice = 2 * sine * cosine;
    cosine = 1 - 2 * sine * sine;
    sine = twice;
  }
  return out;
}

}  // namespace

void compute_features(const Eigen::Array2Xf& x_t, const Eigen::ArrayXf& log_snr, Eigen::MatrixXf& features) {
  features.resize(feature_count, x_t.cols());
  for (Eigen::Index i = 0; i < x_t.cols(); ++i) {
    float* out = features.col(i).data();
    const float level = log_snr[i];
    *out++ = x_t(0, i);
    *out++ = x_t(1, i);
    out = octaves(x_t(0, i), position_octaves, out);
    out = octaves(x_t(1, i), position_octaves, out);
    const float growth = std::exp(-level);
    *out++ = 1 / std::sqrt(1 + growth);
    *out++ = 1 / std::sqrt(1 + 1 / growth);
    *out++ = level / 10;
    octaves(level * float(std::numbers::pi / 24), level_octaves, out);
  }
}

}  // namespace noiseglass::learning
