#pragma once

#include "nn/architecture.h"
#include "nn/layers.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace noiseglass::nn {

struct ResBlock {
  NormLayer norm1, norm2;
  ConvLayer conv1, conv2;
  std::optional<ConvLayer> skip;  ///< where the number of channels changes
  int film = 0;                   ///< first of its (scale, shift) among those of all blocks
};

/// The network of training/ARCHITECTURE.md with packed weights; names as there.
class UNet {
 public:
  /// @param winograd false: every convolution goes the direct way, to compare with
  explicit UNet(Safetensors& file, bool winograd = true);

  Architecture arch;
  ConvLayer embed_0, embed_2, film;  ///< film: those of all blocks over one another
  std::vector<float> class_embed;    ///< (classes + 1) × embedding
  std::vector<float> step_embed;     ///< numbers of steps × embedding, of a student
  ConvLayer stem, enter, leave, head;
  std::vector<std::vector<ResBlock>> down, up;
  std::vector<ConvLayer> downsample, upsample;
  std::vector<ResBlock> middle;
  std::vector<AttentionLayer> attention;
  NormLayer leave_norm;
};

/// Called with each named step's output, for tests.
using Observer = std::function<void(const std::string& name, const Tensor&)>;

/// One picture of a batch.
struct Sample {
  float log_snr = 0;
  int class_row = 0;  ///< row of class_embed; ignored without classes
  int step_row = 0;   ///< row of step_embed; ignored but for students
  Tensor v;           ///< where the answer goes; may be smaller than x: then its rows and columns from `top`, `left` on
  int top = 0, left = 0;
};

/// Everything that a pass over n pictures of one size needs, in one allocation: nothing is allocated while it runs.
class Workspace {
 public:
  /// Sides divisible by arch.multiple().
  Workspace(const UNet& net, const Kernels& kernels, int n, int height, int width, int threads);
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;

  Tensor x;                     ///< the noisy pictures, to be filled in; the border stays zero
  std::vector<Sample> samples;  ///< to be filled in
  int threads() const { return int(scratch_.thread.size()); }
  std::size_t bytes() const { return arena_.bytes(); }

  /// @param meter told of every layer; its total and what is done are set here
  /// @throws Cancelled within one layer's time of a request to stop.
  void run(const UNet& net, const Kernels& kernels, Pool& pool, std::stop_token stop, const Observer& observe = {},
           Meter meter = {});

 private:
  friend class Pass;
  /// Buffers of one level. `wide` holds a concatenation or whatever is no wider.
  struct Level {
    Tensor concat, wide, u;
    Tensor up, skip, h;  ///< views: the halves of concat, the first part of wide
  };
  std::vector<Level> levels_;
  Tensor x_low_, t_low_, u_low_, qkv_;  // the lowest level
  Tensor f0_, full_;
  Tensor features_, hidden_, emb_, film_;  // rows of one picture each
  Scratch scratch_;
  Arena arena_;
};

}  // namespace noiseglass::nn
