#include "nn/layers.h"
#include "noiseglass/noise.h"

#include <gmock/gmock.h>

#include <cmath>

// Every kernel of every instruction set that this processor has against a plain version in float64.

namespace noiseglass::nn {
namespace {

std::vector<float> gaussians(std::size_t count, std::uint64_t stream) {
  std::vector<float> values(count);
  fill_gaussian({11, stream}, 0, values);
  return values;
}

struct Case {
  int n, height, width, in, out, taps, stride;
  bool residual;
};

/// A convolution with its operands laid out for the engine.
struct Setup {
  explicit Setup(const Case& c) : spec(c) {
    const int H = c.height * c.stride, W = c.width * c.stride;
    arena.ask(in, c.n, H, W, c.in);
    arena.ask(out, c.n, c.height, c.width, c.out);
    arena.ask(residual, c.n, c.height, c.width, c.out);
    scratch.thread.resize(3);
    for (float*& place : scratch.thread) arena.ask(place, winograd_scratch(c.in));
    arena.allocate();
    weights = gaussians(std::size_t(c.out) * c.in * c.taps, 1);
    bias = gaussians(c.out, 2);
    layer = pack_conv(weights, bias, plain(c.in), plain(c.out), c.taps, c.stride);
    std::uint64_t stream = 10;
    for (const auto& [tensor, channels] : {std::pair{in, c.in}, std::pair{residual, c.out}})
      for (int n = 0; n < c.n; ++n)
        for (int y = 0; y < tensor.height; ++y)
          for (int x = 0; x < tensor.width; ++x)
            fill_gaussian({12, ++stream}, 0,
                          std::span(tensor.data + n * tensor.picture + y * tensor.row + x * tensor.pixel, channels));
  }

  double expected(int n, int y, int x, int o) const {
    double total = bias[o];
    if (spec.residual) total += residual.data[n * residual.picture + y * residual.row + x * residual.pixel + o];
    for (int t = 0; t < spec.taps; ++t) {
      const int row = y * spec.stride + (spec.taps == 9 ? t / 3 - 1 : 0);
      const int column = x * spec.stride + (spec.taps == 9 ? t % 3 - 1 : 0);
      if (row < 0 || column < 0 || row >= in.height || column >= in.width) continue;
      const float* pixel = in.data + n * in.picture + row * in.row + column * in.pixel;
      for (int k = 0; k < spec.in; ++k)
        total += double(pixel[k]) * weights[(std::size_t(o) * spec.in + k) * spec.taps + t];
    }
    return total;
  }

  Case spec;
  Arena arena;
  Tensor in, out, residual;
  Scratch scratch;
  std::vector<float> weights, bias;
  ConvLayer layer;
};

const char* name_of(Way way) { return way == Way::direct ? "direct" : way == Way::winograd_2 ? "F(2×2)" : "F(4×4)"; }

/// Leaves a layer only one way to go.
void force(Conv& conv, Way way) {
  if (way != Way::winograd_4) conv.winograd_4 = nullptr;
  if (way != Way::winograd_2) conv.winograd_2 = nullptr;
}

void check(const Case& c, Way way, const Kernels& kernels) {
  SCOPED_TRACE(std::string(kernels.name) + ", " + name_of(way) + ", " + std::to_string(c.in) + "→" +
               std::to_string(c.out) + ", " + std::to_string(c.height) + "×" + std::to_string(c.width));
  Setup setup(c);
  force(setup.layer.conv, way);
  ASSERT_EQ(choose_way(setup.layer.conv, setup.out), way);
  Pool pool(3);
  const Run run{kernels, pool, setup.scratch, {}};
  run.conv(setup.layer, setup.in, setup.out, c.residual ? setup.residual : Tensor{});
  double worst = 0, squares = 0;
  for (int n = 0; n < c.n; ++n)
    for (int y = 0; y < c.height; ++y)
      for (int x = 0; x < c.width; ++x)
        for (int o = 0; o < padded(c.out); ++o) {
          const double want = o < c.out ? setup.expected(n, y, x, o) : 0;  // unused lanes stay zero
          const double got = setup.out.data[n * setup.out.picture + y * setup.out.row + x * setup.out.pixel + o];
          worst = std::max(worst, std::abs(got - want));
          squares += want * want;
        }
  EXPECT_LE(worst, 3e-5 * std::sqrt(squares / double(std::size_t(c.n) * c.height * c.width * c.out)));
  // The border must stay zero: the next layer reads it.
  for (int x = -1; x <= c.width; ++x)
    for (int o = 0; o < setup.out.channels; ++o) {
      ASSERT_EQ(setup.out.data[-setup.out.row + x * setup.out.pixel + o], 0);
      ASSERT_EQ(setup.out.data[c.height * setup.out.row + x * setup.out.pixel + o], 0);
    }
}

TEST(Convolution, AgreesWithThePlainSum) {
  const Case cases[] = {
      {1, 8, 8, 16, 16, 9, 1, false}, {2, 5, 7, 40, 48, 9, 1, true},  {1, 1, 1, 16, 20, 9, 1, true},
      {3, 6, 4, 20, 80, 9, 1, false}, {1, 13, 3, 3, 16, 9, 1, false}, {2, 4, 5, 24, 64, 9, 2, false},
      {1, 9, 2, 33, 112, 1, 1, true}, {1, 2, 31, 96, 3, 9, 1, false}, {1, 24, 24, 48, 96, 9, 1, true}};
  const KernelList list = available_kernels();
  for (int i = 0; i < list.count; ++i)
    for (const Case& c : cases) {
      check(c, Way::direct, *list.kernels[i]);
      if (c.taps != 9 || c.stride != 1 || c.in < 16 || c.out < 16) continue;
      for (Way way : {Way::winograd_2, Way::winograd_4}) check(c, way, *list.kernels[i]);
    }
}

// Both ways of a convolution after nearest upsampling, and a pixel norm after it, against doing one after the other.
TEST(Convolution, OfDoubledPixelsWithANormAfterIt) {
  const KernelList list = available_kernels();
  for (int i = 0; i < list.count; ++i) {
    SCOPED_TRACE(list.kernels[i]->name);
    const int h = 5, w = 3, in_channels = 24, out_channels = 40;
    Arena arena;
    Tensor low, doubled, spare, expected, expected_normed, got, got_normed;
    Scratch scratch;
    scratch.thread.resize(1);
    arena.ask(low, 2, h, w, in_channels);
    for (Tensor* t : {&doubled, &spare}) arena.ask(*t, 2, 2 * h, 2 * w, in_channels);
    for (Tensor* t : {&expected, &expected_normed, &got, &got_normed}) arena.ask(*t, 2, 2 * h, 2 * w, out_channels);
    for (float** place : {&scratch.a, &scratch.b}) arena.ask(*place, 2 * padded(out_channels));
    arena.ask(scratch.thread[0], winograd_scratch(in_channels));
    arena.allocate();
    for (int n = 0; n < 2; ++n)
      for (int y = 0; y < 2 * h; ++y)
        for (int x = 0; x < 2 * w; ++x)
          for (int c = 0; c < in_channels; ++c) {
            const float value = gaussian({5, std::uint64_t(n)}, (y / 2 * w + x / 2) * in_channels + c);
            low.data[n * low.picture + y / 2 * low.row + x / 2 * low.pixel + c] = value;
            doubled.data[n * doubled.picture + y * doubled.row + x * doubled.pixel + c] = value;
          }
    const ConvLayer packed = pack_conv(gaussians(out_channels * in_channels * 9, 1), gaussians(out_channels, 2),
                                       plain(in_channels), plain(out_channels), 9, 1);
    NormLayer norm;
    norm.count = out_channels;
    norm.weight = gaussians(padded(out_channels), 3);
    norm.bias = gaussians(padded(out_channels), 4);
    std::fill(norm.weight.begin() + out_channels, norm.weight.end(), 0.0f);
    std::fill(norm.bias.begin() + out_channels, norm.bias.end(), 0.0f);
    Pool pool(1);
    const nn::Run run{*list.kernels[i], pool, scratch, {}};
    ConvLayer layer;
    layer.conv = packed.conv;
    run.conv(layer, doubled, expected);
    run.norm({&norm, expected, expected_normed});
    for (Way way : {Way::direct, Way::winograd_2, Way::winograd_4}) {
      SCOPED_TRACE(name_of(way));
      layer.conv = packed.conv;
      force(layer.conv, way);
      run.conv_doubled(layer, low, got, spare, {&norm, got, got_normed});
      for (int n = 0; n < 2; ++n)
        for (int y = 0; y < 2 * h; ++y)
          for (int x = 0; x < 2 * w; ++x)
            for (int c = 0; c < padded(out_channels); ++c) {
              const std::ptrdiff_t at = n * got.picture + y * got.row + x * got.pixel + c;
              ASSERT_NEAR(got.data[at], expected.data[at], 1e-3);
              ASSERT_NEAR(got_normed.data[at], expected_normed.data[at], 1e-4);
            }
    }
  }
}

TEST(Norm, PixelNormAndSiluAgreeWithTheDefinition) {
  const KernelList list = available_kernels();
  for (int i = 0; i < list.count; ++i)
    for (int channels : {8, 16, 40, 200})
      for (float offset : {0.0f, 30.0f, -100.0f}) {  // a large mean must not drown the deviation
        SCOPED_TRACE(std::string(list.kernels[i]->name) + ", channels: " + std::to_string(channels));
        Arena arena;
        Tensor x, y;
        arena.ask(x, 1, 2, 3, channels);
        arena.ask(y, 1, 2, 3, channels);
        arena.allocate();
        std::vector<float> a = gaussians(padded(channels), 1), b = gaussians(padded(channels), 2);
        for (int c = channels; c < padded(channels); ++c) a[c] = b[c] = 0;
        for (int pixel = 0; pixel < 6; ++pixel)
          for (int c = 0; c < channels; ++c)
            x.data[pixel / 3 * x.row + pixel % 3 * x.pixel + c] = offset + 3 * gaussian({1, 9}, pixel * channels + c);
        list.kernels[i]->pixel_norm({x, y, a.data(), b.data(), channels, true}, 0, 2);
        for (int pixel = 0; pixel < 6; ++pixel) {
          const float* from = x.data + pixel / 3 * x.row + pixel % 3 * x.pixel;
          double mean = 0, variance = 0;
          for (int c = 0; c < channels; ++c) mean += from[c] / double(channels);
          for (int c = 0; c < channels; ++c) variance += (from[c] - mean) * (from[c] - mean) / channels;
          for (int c = 0; c < padded(channels); ++c) {
            const double v = c < channels ? (from[c] - mean) / std::sqrt(variance + 1e-5) * a[c] + b[c] : 0;
            const double tolerance = offset == -100 ? 1e-3 : 1e-4;
            ASSERT_NEAR(y.data[pixel / 3 * y.row + pixel % 3 * y.pixel + c], v / (1 + std::exp(-v)), tolerance);
          }
        }
      }
}

TEST(Silu, IsRightFarOut) {
  const std::vector<float> inputs = {0, -0.0f, 1e-6f, 1, -1, 10, -10, 40, -40, 88, -88, 1000, -1000, 1e30f, -1e30f, 5};
  const KernelList list = available_kernels();
  for (int i = 0; i < list.count; ++i) {
    Arena arena;
    Tensor x, y;
    arena.ask(x, 1, 1, 1, 16);
    arena.ask(y, 1, 1, 1, 16);
    arena.allocate();
    const std::vector<float> one(16, 1), none(16, 0);
    std::copy(inputs.begin(), inputs.end(), x.data);
    list.kernels[i]->affine({x, y, one.data(), none.data(), 16, true}, 0, 1);
    for (int c = 0; c < 16; ++c) {
      const double v = inputs[c], want = v / (1 + std::exp(-v));
      EXPECT_NEAR(y.data[c], want, 1e-6 * std::abs(v)) << list.kernels[i]->name << ", x = " << v;
    }
  }
}

}  // namespace
}  // namespace noiseglass::nn
