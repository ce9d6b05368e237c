#pragma once

#include "nn/safetensors.h"
#include "noiseglass/model.h"

#include <string>
#include <vector>

namespace noiseglass::nn {

/// The numbers that define a network of the family "noiseglass-unet-1" (training/ARCHITECTURE.md).
struct Architecture {
  int channels = 1;  ///< of the picture: 1 or 3
  int stem = 16;     ///< channels at full resolution
  int patch = 2;     ///< side of the pixel-unshuffle
  std::vector<int> widths;
  int blocks = 2;  ///< residual blocks on each level but the lowest, each way
  int middle = 4;  ///< residual blocks on the lowest level
  bool attention = false;
  bool pixel_norm = false;  ///< LayerNorm over the channels of each pixel, else GroupNorm
  int groups = 8;
  int embedding = 128;
  int classes = 0;
  int frequencies = 32;
  std::vector<int> steps;  ///< of a student: the numbers of steps that it can be told, falling; empty for others

  int levels() const { return int(widths.size()); }
  int multiple() const { return patch << (levels() - 1); }  ///< that a picture's sides must be divisible by
};

/// @throws Error naming `file` for anything that is not a sound architecture of this family.
Architecture parse_architecture(const Safetensors& file);

/// @throws Error for metadata that does not make sense together with the architecture.
ModelInfo model_info(const Safetensors& file, const Architecture& architecture);

}  // namespace noiseglass::nn
