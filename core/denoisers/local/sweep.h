#pragma once

#include "noiseglass/local_score.h"

#include <algorithm>
#include <vector>

/// The inner loops of the local denoiser, compiled once for each instruction set. Private to the core.
namespace noiseglass::local {

constexpr int lanes = LocalPictures::lanes;
constexpr double nothing = -1e30;  ///< the exponent of what has no weight

/// What is asked: x_t, and how it is compared.
struct Question {
  Shape shape;
  int radius = 1;
  bool anywhere = false;
  const float* x_t = nullptr;
  float signal = 1;      ///< √ᾱ
  double precision = 1;  ///< 1/(2·(1 − ᾱ))
};

/// A weighted mean under way, for each pixel and lane: the largest exponent so far, and sums relative to it.
struct Means {
  explicit Means(Shape shape);
  std::vector<double> largest;  ///< pixels × lanes
  std::vector<float> weight;    ///< pixels × lanes
  std::vector<float> sum;       ///< pixels × channels × lanes
};

/// Room for one comparison.
struct Scratch {
  explicit Scratch(Shape shape);
  std::vector<float> squares;   ///< squared differences, pixels × lanes
  std::vector<double> columns;  ///< their sums down the window, columns × lanes
};

/// How far at most a partner may be along one axis: only inner pixels have any but the one at their own place.
inline int shifts(int size, int radius, bool anywhere) { return anywhere ? std::max(0, size - 2 * radius - 1) : 0; }

/// Adds the patches of a block of pictures, of which the first `used` count, that lie `dy` rows further down.
using Sweep = void (*)(const Question& question, const float* block, int used, int dy, Means& means, Scratch& scratch);

/// All that this processor can run, the best first; the last is the portable one.
std::vector<Sweep> available_sweeps();

}  // namespace noiseglass::local
