#pragma once

#include "noiseglass/image.h"

#include <Eigen/Core>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace noiseglass::ui {

/// An image kept in float16: a run keeps every step, and a screen shows 8 bits of it.
struct HalfImage {
  Shape shape;
  std::vector<Eigen::half> data;
};
HalfImage to_half(const Image& image);
Image to_image(const HalfImage& image);

/// What a denoiser makes of the corrupted picture at the slider.
struct Preview {
  std::uint64_t id = 0;
  int t = 0;
  Image x_0, epsilon;  ///< x̂₀ and ε̂
  double psnr = 0;     ///< of x̂₀ against the picture, dB
  std::string error;   ///< a sentence instead of pictures
};

/// One moment of a reverse run, as the pair with x_t = √ᾱ·x̂₀ + √(1−ᾱ)·ε̂ (exact also where x̂₀ was clipped).
struct RunFrame {
  int t = 0;
  double alpha_bar = 1;
  HalfImage x_0, epsilon;
  double psnr = 0;
};

/// A reverse run so far; frames in order of falling t.
struct Run {
  std::uint64_t id = 0;
  std::vector<std::shared_ptr<const RunFrame>> frames;
  bool done = false;
  double seconds = 0;  ///< that the computing took so far
  std::string error;

  /// The state at time t: the last frame with frame.t ≥ t; null before anything is computed.
  const RunFrame* at(double t) const;
};

}  // namespace noiseglass::ui
