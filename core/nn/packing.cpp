#include "nn/layers.h"

#include <algorithm>
#include <cmath>

namespace noiseglass::nn {

Channels plain(int count) {
  Channels places(count);
  for (int i = 0; i < count; ++i) places[i] = i;
  return places;
}

Channels pair(int first, int second) {
  Channels places(padded(first) + second, -1);
  for (int i = 0; i < first; ++i) places[i] = i;
  for (int i = 0; i < second; ++i) places[padded(first) + i] = first + i;
  return places;
}

Channels unshuffled(int count, int patch) {
  const int parts = patch * patch;
  Channels places((parts - 1) * padded(count) + count, -1);
  for (int part = 0; part < parts; ++part)
    for (int c = 0; c < count; ++c) places[part * padded(count) + c] = c * parts + part;
  return places;
}

namespace {

int used(const Channels& channels) { return int(channels.size() - std::count(channels.begin(), channels.end(), -1)); }

/// G g Gᵀ for every pair of channels (see kernels/winograd.h): [S·S][block][k][16].
template <int S>
Buffer pack_winograd(const Conv& conv, const double (&G)[S][3]) {
  const std::size_t size = std::size_t(conv.blocks) * conv.k * lanes;
  Buffer packed(S * S * size);
  for (std::size_t i = 0; i < size; ++i) {
    const std::size_t block = i / (conv.k * lanes), within = i % (conv.k * lanes);
    const float* g = conv.weights + block * 9 * conv.k * lanes + within;
    for (int f = 0; f < S * S; ++f) {
      double total = 0;
      for (int tap = 0; tap < 9; ++tap)
        total += G[f / S][tap / 3] * G[f % S][tap % 3] * g[std::size_t(tap) * conv.k * lanes];
      packed.data()[f * size + i] = float(total);
    }
  }
  return packed;
}

void pack_winograd(ConvLayer& layer) {
  const double a = std::sqrt(0.5), b = std::sqrt(2.0);
  layer.winograd_4 = pack_winograd<6>(layer.conv, {{1, 0, 0},
                                                   {-1 / 1.5, -a / 1.5, -0.5 / 1.5},
                                                   {-1 / 1.5, a / 1.5, -0.5 / 1.5},
                                                   {1 / 6.0, b / 6, 2 / 6.0},
                                                   {1 / 6.0, -b / 6, 2 / 6.0},
                                                   {0, 0, 1}});
  layer.winograd_2 = pack_winograd<4>(layer.conv, {{1, 0, 0}, {0.5, 0.5, 0.5}, {0.5, -0.5, 0.5}, {0, 0, 1}});
  layer.conv.winograd_4 = layer.winograd_4.data();
  layer.conv.winograd_2 = layer.winograd_2.data();
}

}  // namespace

ConvLayer pack_conv(const std::vector<float>& weights, const std::vector<float>& bias, const Channels& in,
                    const Channels& out, int taps, int stride, bool winograd) {
  ConvLayer layer;
  Conv& conv = layer.conv;
  conv.taps = taps;
  conv.stride = stride;
  conv.k = int(in.size());
  conv.blocks = padded(int(out.size())) / lanes;
  layer.weights = Buffer(std::size_t(conv.blocks) * taps * conv.k * lanes);
  layer.bias = Buffer(layer.out_channels());
  const int inputs = used(in);
  for (int o = 0; o < int(out.size()); ++o) {
    if (out[o] < 0) continue;
    layer.bias.data()[o] = bias[out[o]];
    for (int tap = 0; tap < taps; ++tap)
      for (int k = 0; k < conv.k; ++k)
        if (in[k] >= 0)
          layer.weights.data()[((std::size_t(o / lanes) * taps + tap) * conv.k + k) * lanes + o % lanes] =
              weights[(std::size_t(out[o]) * inputs + in[k]) * taps + tap];
  }
  conv.weights = layer.weights.data();
  conv.bias = layer.bias.data();
  if (winograd && taps == 9 && stride == 1 && inputs >= lanes && used(out) >= lanes) pack_winograd(layer);
  return layer;
}

ConvLayer LayerLoader::conv(const std::string& name, const Channels& in, const Channels& out, int side, int stride) {
  const std::vector<float> weights = file_.read(name + ".weight", {used(out), used(in), side, side});
  return pack_conv(weights, file_.read(name + ".bias", {used(out)}), in, out, side * side, stride, winograd_);
}

ConvLayer LayerLoader::linear(const std::string& name, int in, const Channels& out) {
  const std::vector<float> weights = file_.read(name + ".weight", {used(out), in});
  return pack_conv(weights, file_.read(name + ".bias", {used(out)}), plain(in), out, 1, 1);
}

NormLayer LayerLoader::norm(const std::string& name, const Channels& channels, bool pixel, int groups) {
  NormLayer layer;
  layer.count = used(channels);
  layer.groups = pixel ? 0 : groups;
  const std::vector<float> weight = file_.read(name + ".weight", {layer.count});
  const std::vector<float> bias = file_.read(name + ".bias", {layer.count});
  const std::size_t stored = padded(int(channels.size()));
  layer.weight.resize(stored);
  layer.bias.resize(stored);
  if (!pixel) layer.group.resize(stored, -1);
  for (std::size_t i = 0; i < channels.size(); ++i) {
    if (channels[i] < 0) continue;
    layer.weight[i] = weight[channels[i]];
    layer.bias[i] = bias[channels[i]];
    if (!pixel) layer.group[i] = channels[i] / (layer.count / groups);
  }
  return layer;
}

AttentionLayer LayerLoader::attention(const std::string& prefix, int channels, bool pixel, int groups) {
  const Channels places = plain(channels);
  return {norm(prefix + "norm", places, pixel, groups), conv(prefix + "qkv", places, plain(3 * channels), 1),
          conv(prefix + "proj", places, places, 1)};
}

ConvLayer stack(const std::vector<ConvLayer>& layers) {
  ConvLayer all;
  all.conv = layers.front().conv;
  all.conv.blocks = 0;
  for (const ConvLayer& layer : layers) all.conv.blocks += layer.conv.blocks;
  all.weights = Buffer(std::size_t(all.conv.blocks) * all.conv.k * lanes);
  all.bias = Buffer(all.out_channels());
  float *weights = all.weights.data(), *bias = all.bias.data();
  for (const ConvLayer& layer : layers) {
    weights = std::copy_n(layer.weights.data(), layer.weights.size(), weights);
    bias = std::copy_n(layer.bias.data(), layer.bias.size(), bias);
  }
  all.conv.weights = all.weights.data();
  all.conv.bias = all.bias.data();
  return all;
}

}  // namespace noiseglass::nn
