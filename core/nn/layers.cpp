#include "nn/layers.h"

#include "noiseglass/error.h"

#include <algorithm>
#include <cmath>

namespace noiseglass::nn {
namespace {

constexpr std::ptrdiff_t piece_flops = 1 << 20;  // some ten microseconds: worth handing to another thread
constexpr std::ptrdiff_t piece_floats = 1 << 14;

std::ptrdiff_t round_up(std::ptrdiff_t value, std::ptrdiff_t multiple) {
  return (value + multiple - 1) / multiple * multiple;
}

}  // namespace

void Run::check_stop() const {
  if (stop.stop_requested()) throw Cancelled();
}

template <class Work>
void Run::rows(const Tensor& tensor, Work&& work) const {
  const std::ptrdiff_t grain =
      std::max<std::ptrdiff_t>(1, piece_floats / (std::ptrdiff_t(tensor.width) * tensor.channels));
  pool.run(std::ptrdiff_t(tensor.n) * tensor.height, grain,
           [&](std::ptrdiff_t first, std::ptrdiff_t last, int) { work(int(first), int(last)); });
}

void Run::conv(const ConvLayer& layer, const Tensor& in, const Tensor& out, const Tensor& residual) const {
  check_stop();
  const ConvTask task{layer.conv, in, out, residual};
  if (layer.conv.winograd) {
    const std::ptrdiff_t tiles = std::ptrdiff_t(out.n) * ((out.height + 3) / 4) * ((out.width + 3) / 4);
    pool.run(tiles, winograd_tiles, [&](std::ptrdiff_t first, std::ptrdiff_t last, int slot) {
      kernels.conv_winograd(task, scratch.thread[slot], first, last);
    });
    return;
  }
  const std::ptrdiff_t flops = 2 * std::ptrdiff_t(layer.conv.taps) * layer.conv.k * layer.out_channels();  // a pixel
  pool.run(std::ptrdiff_t(out.n) * out.height * out.width, round_up(piece_flops / flops + 1, kernels.pixels),
           [&](std::ptrdiff_t first, std::ptrdiff_t last, int) { kernels.conv_direct(task, first, last); });
}

void Run::norm(const NormLayer& layer, const Tensor& in, const Tensor& out, bool silu, const float* film,
               std::ptrdiff_t film_stride) const {
  check_stop();
  for (int n = 0; n < in.n; ++n)
    for (int c = 0; c < layer.stored(); ++c) {
      const float scale = film ? 1 + film[n * film_stride + c] : 1;
      const float shift = film ? film[n * film_stride + layer.stored() + c] : 0;
      scratch.a[n * layer.stored() + c] = layer.weight[c] * scale;
      scratch.b[n * layer.stored() + c] = layer.bias[c] * scale + shift;
    }
  if (layer.groups) group_scales(layer, in);
  const NormTask task{in, out, scratch.a, scratch.b, layer.count, silu};
  const auto kernel = layer.groups ? kernels.affine : kernels.pixel_norm;
  rows(in, [&](int first, int last) { kernel(task, first, last); });
}

void Run::group_scales(const NormLayer& layer, const Tensor& in) const {
  rows(in, [&](int first, int last) { kernels.channel_sums(in, scratch.sums, first, last); });
  const int stored = layer.stored();
  const double count = double(in.height) * in.width * (layer.count / layer.groups);
  for (int n = 0; n < in.n; ++n)
    for (int group = 0; group < layer.groups; ++group) {
      double total = 0, squares = 0;
      for (int c = 0; c < stored; ++c) {
        if (layer.group[c] != group) continue;
        const float* sums = scratch.sums + std::ptrdiff_t(n) * in.height * 2 * stored + c;
        for (int row = 0; row < in.height; ++row, sums += 2 * stored) total += sums[0], squares += sums[stored];
      }
      const double mean = total / count;
      const double inverse = 1 / std::sqrt(std::max(squares / count - mean * mean, 0.0) + 1e-5);
      for (int c = 0; c < stored; ++c) {
        if (layer.group[c] != group) continue;
        float& a = scratch.a[n * stored + c];
        a = float(a * inverse);
        scratch.b[n * stored + c] -= float(a * mean);
      }
    }
}

void Run::attention(const AttentionLayer& layer, const Tensor& x, const Tensor& normed, const Tensor& qkv,
                    const Tensor& mixed) const {
  norm(layer.norm, x, normed, false);
  conv(layer.qkv, normed, qkv);
  check_stop();
  const AttentionTask task{qkv, mixed, scratch.keys, scratch.values};
  const int heads = x.n * x.channels / head_channels;
  const int tiles = (x.width * x.height + kernels.pixels - 1) / kernels.pixels;
  pool.run(heads, 1, [&](std::ptrdiff_t first, std::ptrdiff_t last, int) {
    kernels.attention_pack(task, int(first), int(last));
  });
  pool.run(std::ptrdiff_t(heads) * tiles, 4, [&](std::ptrdiff_t first, std::ptrdiff_t last, int slot) {
    kernels.attention(task, scratch.thread[slot], int(first), int(last));
  });
  conv(layer.proj, mixed, x, x);
}

void Run::upsample(const Tensor& in, const Tensor& out) const {
  check_stop();
  rows(out, [&](int first, int last) { kernels.upsample(in, out, first, last); });
}

void Run::shuffle_add_silu(const Tensor& a, const Tensor& b, const Tensor& out, int patch) const {
  check_stop();
  rows(out, [&](int first, int last) { kernels.shuffle_add_silu(a, b, out, patch, first, last); });
}

}  // namespace noiseglass::nn
