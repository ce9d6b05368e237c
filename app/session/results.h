#pragma once

#include "noiseglass/image.h"

#include <Eigen/Core>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace noiseglass::app {

/// An image kept in float16: a run keeps every step, and a screen shows 8 bits of it.
struct HalfImage {
  Shape shape;
  std::vector<Eigen::half> data;
};
HalfImage to_half(const Image& image);
Image to_image(const HalfImage& image);

/// How near one picture is to another.
struct Quality {
  double psnr = 0;             ///< dB; 0: not compared
  std::optional<double> ssim;  ///< not for pictures below its window
};
Quality compare(const Image& image, const Image& original);
/// "PSNR 31.1 dB, SSIM 0.87"
std::string to_string(const Quality& quality);

/// What a denoiser makes of the corrupted picture at the slider.
struct Preview {
  std::uint64_t id = 0;
  int t = 0;
  Image x_0, epsilon;  ///< x̂₀ and ε̂
  Quality quality;     ///< of x̂₀ against the picture; of a quick look not taken
  bool quick = false;  ///< of a reduced copy of the picture: soon there, and coarse
};

/// One moment of a reverse run, as the pair with x_t = √ᾱ·x̂₀ + √(1−ᾱ)·ε̂ (exact also where x̂₀ was clipped).
struct RunFrame {
  int t = 0;
  double alpha_bar = 1;
  HalfImage x_0, epsilon;
  Quality quality;
};

/// How many pictures a wall is made of, and how many stand in a row.
constexpr int wall_samples = 64, wall_columns = 8;

/// A reverse run so far; frames in order of falling t.
struct Run {
  std::uint64_t id = 0;
  std::vector<std::shared_ptr<const RunFrame>> frames;
  bool done = false;
  double seconds = 0;  ///< that the computing took so far
  int samples = 1;     ///< side by side in each frame, in rows of eight where there are more than one

  /// The state at time t: the last frame with frame.t ≥ t; null before anything is computed.
  const RunFrame* at(double t) const;
  /// The one computed next; null if there is none yet.
  const RunFrame* after(const RunFrame& frame) const;
};

}  // namespace noiseglass::app
