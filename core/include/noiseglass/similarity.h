#pragma once

#include "noiseglass/image.h"

namespace noiseglass {

/// The mean structural similarity index of Wang, Bovik, Sheikh and Simoncelli (IEEE Transactions on Image Processing
/// 13(4), 2004, eq. 13) for pictures in [−1, 1] (L = 2): Gaussian weights of 11 × 11 pixels with σ = 1.5, K₁ = 0.01,
/// K₂ = 0.03; the mean over all places where the window lies within the picture, and over the channels. 1 for equal
/// pictures, near 0 for unlike ones.
/// @throws UsageError for pictures of different shape, or with a side below 11
double ssim(const Image& a, const Image& b);

/// The least side for ssim().
constexpr int ssim_window = 11;

}  // namespace noiseglass
