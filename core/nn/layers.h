#pragma once

#include "nn/arena.h"
#include "nn/pool.h"
#include "nn/safetensors.h"
#include "noiseglass/model.h"

#include <stop_token>
#include <string>
#include <vector>

namespace noiseglass::nn {

/// Where a layer's channels are stored: entry i is the channel at place i, or −1 for a lane that only fills a block.
using Channels = std::vector<int>;
Channels plain(int count);
/// A concatenation: each part begins a new block.
Channels pair(int first, int second);
/// Pixel-unshuffled: part dy·p + dx holds the channels c of f(p·y + dy, p·x + dx), which the contract calls c·p² + dy·p
/// + dx.
Channels unshuffled(int count, int patch);

struct ConvLayer {
  Buffer weights, winograd_4, winograd_2, bias;
  Conv conv;
  int out_channels() const { return conv.blocks * lanes; }
};

/// How a convolution is computed.
enum class Way { direct, winograd_2, winograd_4 };

/// Packs weights (out, in, taps) and bias, both in PyTorch's order; taps is 9 or 1.
/// @param winograd false: only for the direct way, to compare with
ConvLayer pack_conv(const std::vector<float>& weights, const std::vector<float>& bias, const Channels& in,
                    const Channels& out, int taps, int stride, bool winograd = true);

/// The one place that decides it, by the size of the answer among the ways that the layer was packed for (3×3 of stride
/// 1 with at least 16 channels on both sides: Winograd's; others would not pay for the transforms).
Way choose_way(const Conv& conv, const Tensor& out);

struct NormLayer {
  std::vector<float> weight, bias;  ///< as stored, zero for unused lanes
  std::vector<int> group;           ///< of each place; −1 for unused lanes. Empty for pixel norm
  int groups = 0;
  int count = 0;  ///< channels in use
  int stored() const { return int(weight.size()); }
};

struct AttentionLayer {
  NormLayer norm;
  ConvLayer qkv, proj;
};

/// Reads layers by their contract names.
class LayerLoader {
 public:
  explicit LayerLoader(Safetensors& file, bool winograd = true) : file_(file), winograd_(winograd) {}

  /// @param side 3 or 1
  ConvLayer conv(const std::string& name, const Channels& in, const Channels& out, int side, int stride = 1);
  /// A matrix, as a 1×1 convolution.
  ConvLayer linear(const std::string& name, int in, const Channels& out);
  NormLayer norm(const std::string& name, const Channels& channels, bool pixel, int groups);
  AttentionLayer attention(const std::string& prefix, int channels, bool pixel, int groups);
  std::vector<float> table(const std::string& name, int rows, int columns) { return file_.read(name, {rows, columns}); }

 private:
  Safetensors& file_;
  bool winograd_;
};

/// Puts several matrices of the same input over one another.
ConvLayer stack(const std::vector<ConvLayer>& layers);

/// Memory that layers use for themselves.
struct Scratch {
  std::vector<float*> thread;  ///< one piece for each slot of the pool
  float* sums = nullptr;       ///< [rows][2][channels], all pictures
  float *a = nullptr, *b = nullptr;
  float *keys = nullptr, *values = nullptr;
};

/// A norm (and SiLU) that is to follow a convolution: `in`, which holds its answer, to `out`, which may be `in`.
struct Norm {
  const NormLayer* layer = nullptr;  ///< null for none
  Tensor in, out;
  bool silu = true;
  const float* film = nullptr;  ///< (scale, shift) of the first picture, each layer->stored() long, or null
  std::ptrdiff_t film_stride = 0;
};

/// Arithmetic done so far, so that progress can be told as a share of the whole.
struct Meter {
  double done = 0, total = 0;                ///< floating-point operations, counted as for the direct way
  bool counting = false;                     ///< layers are not run, only added to the total
  const Progress* report = nullptr;          ///< told at the beginning of each layer; may be null
  double report_first = 0, report_span = 1;  ///< this pass's part of what is reported
};

/// What running a layer needs. Every function throws Cancelled first thing if stop is requested.
struct Run {
  const Kernels& kernels;
  Pool& pool;
  Scratch& scratch;
  std::stop_token stop;
  Meter* meter = nullptr;

  void conv(const ConvLayer& layer, const Tensor& in, const Tensor& out, const Tensor& residual = {},
            const Norm& then = {}) const;
  /// Of `in` with every pixel doubled in both directions; `spare` has room for that.
  void conv_doubled(const ConvLayer& layer, const Tensor& in, const Tensor& out, const Tensor& spare,
                    const Norm& then = {}) const;
  void norm(const Norm& norm) const;
  /// x += proj(attention(normed)); `mixed` is like x, qkv has three times the channels.
  void attention(const AttentionLayer& layer, const Tensor& normed, const Tensor& x, const Tensor& qkv,
                 const Tensor& mixed, const Norm& then = {}) const;
  void shuffle_add_silu(const Tensor& a, const Tensor& b, const Tensor& out, int patch) const;

 private:
  /// Begins a layer: tells the meter, then minds `stop`. @returns whether it is to be run
  bool begin(double flops) const;
  bool worth_sharing(const Conv& conv, const Tensor& out) const;
  void winograd(ConvTask task, Way way, const Norm& then) const;
  NormTask norm_task(const Norm& norm) const;
  void group_scales(const NormLayer& layer, const Tensor& in) const;
  template <class Work>
  void rows(const Tensor& tensor, Work&& work) const;
};

}  // namespace noiseglass::nn
