#pragma once

// The arithmetic of the engine behind plain structs and function pointers. The files beside this one are compiled once
// per instruction set; neither they nor this header may hold an inline function or a template that other translation
// units share, or the linker could put AVX code where a plain CPU runs it. Hence `static`, and no std templates.

#include <cstddef>

namespace noiseglass::nn {

/// Channels are stored and computed in blocks of 16; unused lanes of the last block are zero.
constexpr int lanes = 16;
static constexpr int padded(int channels) { return (channels + lanes - 1) / lanes * lanes; }

/// NHWC pictures, or a view of some channels of them. Element (n, y, x, c) is
/// data[n·picture + y·row + x·pixel + c]. Tensors that a 3×3 convolution reads have a border of zeros around each
/// picture: at least one pixel above and to the left, and enough below and to the right for whole 4×4 tiles.
struct Tensor {
  float* data = nullptr;
  int n = 0, height = 0, width = 0;
  int channels = 0;  ///< those that are written: a multiple of 16, or fewer for the last layer
  std::ptrdiff_t picture = 0, row = 0, pixel = 0;
};

/// A packed convolution (or a matrix, taps = 1), output channels in blocks of 16: weights[block][tap][k][16].
struct Conv {
  const float* weights = nullptr;
  const float* winograd_4 = nullptr;  ///< for F(4×4): [36][block][k][16]; null where it is not used
  const float* winograd_2 = nullptr;  ///< for F(2×2): [16][block][k][16]; null where it is not used
  const float* bias = nullptr;        ///< [blocks·16]
  int taps = 9;                       ///< 9 for 3×3, 1 for 1×1
  int k = 0;                          ///< stored input channels
  int blocks = 0;                     ///< output channels / 16, rounded up
  int stride = 1;
};

/// Tiles that go through conv_winograd together: so many share each load of the weights.
constexpr int winograd_tiles = 24;
static constexpr std::ptrdiff_t winograd_scratch(int k) {
  return 36 * (winograd_tiles * (padded(k) + 3 * lanes) + 2 * lanes);
}

/// out = a·(in − mean)/deviation + b for each pixel (pixel norm) or out = a·in + b, then SiLU if asked. a and b have
/// in.channels values for each picture. out may be in.
struct NormTask {
  Tensor in, out;
  const float* a = nullptr;
  const float* b = nullptr;
  int count = 0;  ///< channels that a pixel's mean is over (in.channels less the unused lanes)
  bool silu = true;
};

/// out = conv(in) (+ residual, which may be out itself). out decides the size.
struct ConvTask {
  Conv conv;
  Tensor in, out;
  Tensor residual;                 ///< data = null for none
  const NormTask* norm = nullptr;  ///< Winograd only: pixel norm of what was just written, while it is in the cache
  bool doubled = false;            ///< Winograd only: each pixel of in stands for 2×2 (nearest upsampling)
};

/// softmax(q·kᵀ/√32)·v on heads of 32 channels; qkv holds q, k, v of c channels each, out c channels.
struct AttentionTask {
  Tensor qkv, out;
  float* keys = nullptr;    ///< [n][head][token block][32][16], filled by attention_pack
  float* values = nullptr;  ///< [n][head][2][token][16]
};
constexpr int head_channels = 32;

/// One instruction set's versions. Ranges [first, last) let several threads share a task.
struct Kernels {
  const char* name;
  int width;   ///< floats in a register
  int pixels;  ///< of a register tile; ranges of conv_direct start at multiples of it

  void (*conv_direct)(const ConvTask&, std::ptrdiff_t first_pixel, std::ptrdiff_t last_pixel);
  /// F(4×4) and F(2×2). Tiles have that many pixels, the last of a row or column perhaps fewer; scratch holds
  /// winograd_scratch(k) floats.
  void (*conv_winograd_4)(const ConvTask&, float* scratch, std::ptrdiff_t first_tile, std::ptrdiff_t last_tile);
  void (*conv_winograd_2)(const ConvTask&, float* scratch, std::ptrdiff_t first_tile, std::ptrdiff_t last_tile);
  /// Sums and sums of squares of each channel: sums[row][2][channels], rows counted through all pictures.
  void (*channel_sums)(const Tensor& in, float* sums, int first_row, int last_row);
  void (*affine)(const NormTask&, int first_row, int last_row);
  void (*pixel_norm)(const NormTask&, int first_row, int last_row);
  /// out(y, x) = in(y/2, x/2)
  void (*upsample)(const Tensor& in, const Tensor& out, int first_row, int last_row);
  /// out(y, x) = SiLU(a + b) at pixel (y/p, x/p), channels from ((y mod p)·p + x mod p)·out.channels
  void (*shuffle_add_silu)(const Tensor& a, const Tensor& b, const Tensor& out, int patch, int first_row, int last_row);
  void (*attention_pack)(const AttentionTask&, int first_head, int last_head);  ///< heads of all pictures
  /// Items are (picture, head, tile of `pixels` tokens); scratch holds pixels·padded(tokens) floats.
  void (*attention)(const AttentionTask&, float* scratch, int first_item, int last_item);
};

/// All that this processor can run, the best first; the last is the portable one.
struct KernelList {
  const Kernels* kernels[3];
  int count;
};
KernelList available_kernels();

}  // namespace noiseglass::nn
