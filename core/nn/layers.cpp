#include "nn/layers.h"

#include "noiseglass/error.h"

#include <algorithm>
#include <cmath>

namespace noiseglass::nn {
namespace {

// Pieces of about 40 microseconds with AVX-512: less is not worth handing to a thread with a cache of its own.
constexpr std::ptrdiff_t piece_flops = 1 << 23;           // directly
constexpr std::ptrdiff_t piece_flops_winograd = 1 << 24;  // counted as for the direct way
constexpr std::ptrdiff_t piece_floats = 1 << 16;          // of a norm
// A layer shorter than some 150 microseconds is not shared at all: two cores whose caches lie far apart lose more by
// handing each other its numbers. For each float of a register, since that is what the speed goes by.
constexpr std::ptrdiff_t least_shared_flops = 1 << 22;
constexpr double norm_flops = 20;  // for each number, roughly: for the meter

// Up to so many pixels F(2×2) is taken: its products are more, but its weights are less than half to read.
constexpr std::ptrdiff_t few_pixels = 64;

std::ptrdiff_t flops_of_pixel(const Conv& conv) { return std::ptrdiff_t(2) * conv.taps * conv.k * conv.blocks * lanes; }

std::ptrdiff_t round_up(std::ptrdiff_t value, std::ptrdiff_t multiple) {
  return (value + multiple - 1) / multiple * multiple;
}

std::ptrdiff_t pixels_of(const Tensor& tensor) { return std::ptrdiff_t(tensor.n) * tensor.height * tensor.width; }

double flops_of(const Conv& conv, const Tensor& out) { return double(pixels_of(out)) * double(flops_of_pixel(conv)); }

/// Pixel norm needs no more than the pixel, so Winograd's way does it while the answer is in the cache.
bool fused(const Norm& norm, Way way) { return norm.layer && !norm.layer->groups && way != Way::direct; }

}  // namespace

Way choose_way(const Conv& conv, const Tensor& out) {
  if (conv.winograd_2 && (!conv.winograd_4 || pixels_of(out) <= few_pixels)) return Way::winograd_2;
  return conv.winograd_4 ? Way::winograd_4 : Way::direct;
}

bool Run::begin(double flops) const {
  if (meter && meter->counting) {
    meter->total += flops;
    return false;
  }
  if (meter) {
    if (meter->report && *meter->report && meter->total > 0)
      (*meter->report)(meter->report_first + meter->report_span * std::min(1.0, meter->done / meter->total));
    meter->done += flops;
  }
  if (stop.stop_requested()) throw Cancelled();
  return true;
}

bool Run::worth_sharing(const Conv& conv, const Tensor& out) const {
  return flops_of(conv, out) >= double(least_shared_flops * kernels.width);
}

template <class Work>
void Run::rows(const Tensor& tensor, Work&& work) const {
  const std::ptrdiff_t grain =
      std::max<std::ptrdiff_t>(1, piece_floats / (std::ptrdiff_t(tensor.width) * tensor.channels));
  pool.run(std::ptrdiff_t(tensor.n) * tensor.height, grain,
           [&](std::ptrdiff_t first, std::ptrdiff_t last, int) { work(int(first), int(last)); });
}

void Run::conv(const ConvLayer& layer, const Tensor& in, const Tensor& out, const Tensor& residual,
               const Norm& then) const {
  const Way way = choose_way(layer.conv, out);
  if (begin(flops_of(layer.conv, out))) {
    const ConvTask task{layer.conv, in, out, residual};
    if (way == Way::direct)
      pool.run(pixels_of(out),
               worth_sharing(layer.conv, out) ? round_up(piece_flops / flops_of_pixel(layer.conv) + 1, kernels.pixels)
                                              : pixels_of(out),
               [&](std::ptrdiff_t first, std::ptrdiff_t last, int) { kernels.conv_direct(task, first, last); });
    else
      winograd(task, way, then);
  }
  if (then.layer && !fused(then, way)) norm(then);
}

void Run::conv_doubled(const ConvLayer& layer, const Tensor& in, const Tensor& out, const Tensor& spare,
                       const Norm& then) const {
  const Way way = choose_way(layer.conv, out);
  if (way == Way::direct) {
    if (!meter || !meter->counting) rows(spare, [&](int first, int last) { kernels.upsample(in, spare, first, last); });
    return conv(layer, spare, out, {}, then);
  }
  if (begin(flops_of(layer.conv, out))) {
    ConvTask task{layer.conv, in, out, {}};
    task.doubled = true;
    winograd(task, way, then);
  }
  if (then.layer && !fused(then, way)) norm(then);
}

void Run::winograd(ConvTask task, Way way, const Norm& then) const {
  NormTask norm_after;
  if (fused(then, way)) {
    norm_after = norm_task(then);
    task.norm = &norm_after;
  }
  const int side = way == Way::winograd_4 ? 4 : 2;
  const auto kernel = way == Way::winograd_4 ? kernels.conv_winograd_4 : kernels.conv_winograd_2;
  const std::ptrdiff_t tiles =
      std::ptrdiff_t(task.out.n) * ((task.out.height + side - 1) / side) * ((task.out.width + side - 1) / side);
  const std::ptrdiff_t fair = (tiles + pool.threads() - 1) / pool.threads();
  const std::ptrdiff_t least = piece_flops_winograd / (side * side * flops_of_pixel(task.conv)) + 1;
  const std::ptrdiff_t grain =
      std::min<std::ptrdiff_t>(winograd_tiles, round_up(std::max(fair, least), kernels.pixels));
  pool.run(
      tiles, worth_sharing(task.conv, task.out) ? grain : tiles,
      [&](std::ptrdiff_t first, std::ptrdiff_t last, int slot) { kernel(task, scratch.thread[slot], first, last); });
}

NormTask Run::norm_task(const Norm& norm) const {
  const NormLayer& layer = *norm.layer;
  for (int n = 0; n < norm.in.n; ++n)
    for (int c = 0; c < layer.stored(); ++c) {
      const float* film = norm.film + n * norm.film_stride;
      const float scale = norm.film ? 1 + film[c] : 1;
      const float shift = norm.film ? film[layer.stored() + c] : 0;
      scratch.a[n * layer.stored() + c] = layer.weight[c] * scale;
      scratch.b[n * layer.stored() + c] = layer.bias[c] * scale + shift;
    }
  return {norm.in, norm.out, scratch.a, scratch.b, layer.count, norm.silu};
}

void Run::norm(const Norm& norm) const {
  if (!begin(norm_flops * double(pixels_of(norm.in)) * norm.in.channels)) return;
  const NormTask task = norm_task(norm);
  if (norm.layer->groups) group_scales(*norm.layer, norm.in);
  const auto kernel = norm.layer->groups ? kernels.affine : kernels.pixel_norm;
  rows(norm.in, [&](int first, int last) { kernel(task, first, last); });
}

void Run::group_scales(const NormLayer& layer, const Tensor& in) const {
  rows(in, [&](int first, int last) { kernels.channel_sums(in, scratch.sums, first, last); });
  const int stored = layer.stored();
  const int channels = layer.count / layer.groups;
  const double count = double(in.height) * in.width * channels;
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

void Run::attention(const AttentionLayer& layer, const Tensor& normed, const Tensor& x, const Tensor& qkv,
                    const Tensor& mixed, const Norm& then) const {
  conv(layer.qkv, normed, qkv);
  const double tokens = double(x.width) * x.height;
  if (!begin(4 * x.n * tokens * tokens * x.channels)) return conv(layer.proj, mixed, x, x, then);
  const AttentionTask task{qkv, mixed, scratch.keys, scratch.values};
  const int heads = x.n * x.channels / head_channels;
  const int tiles = (x.width * x.height + kernels.pixels - 1) / kernels.pixels;
  pool.run(heads, 1, [&](std::ptrdiff_t first, std::ptrdiff_t last, int) {
    kernels.attention_pack(task, int(first), int(last));
  });
  pool.run(std::ptrdiff_t(heads) * tiles, 4, [&](std::ptrdiff_t first, std::ptrdiff_t last, int slot) {
    kernels.attention(task, scratch.thread[slot], int(first), int(last));
  });
  conv(layer.proj, mixed, x, x, then);
}

void Run::shuffle_add_silu(const Tensor& a, const Tensor& b, const Tensor& out, int patch) const {
  if (!begin(norm_flops * double(pixels_of(out)) * out.channels)) return;
  rows(out, [&](int first, int last) { kernels.shuffle_add_silu(a, b, out, patch, first, last); });
}

}  // namespace noiseglass::nn
