#include "nn/unet.h"

#include "core/nn/fixtures.h"

#include <gmock/gmock.h>

#include <map>

// The engine against values from PyTorch (training/make_fixtures.py): every named step, at every instruction set that
// this processor has, with one thread and with three.

namespace noiseglass::nn {
namespace {

using namespace test;

/// A tensor's channels `places` of picture n, in PyTorch's order.
std::vector<float> values(const Tensor& t, int n, const Channels& places) {
  const int count = int(places.size()) - int(std::count(places.begin(), places.end(), -1));
  std::vector<float> out(std::size_t(count) * t.height * t.width);
  for (int i = 0; i < int(places.size()); ++i)
    for (int y = 0; places[i] >= 0 && y < t.height; ++y)
      for (int x = 0; x < t.width; ++x)
        out[(std::size_t(places[i]) * t.height + y) * t.width + x] =
            t.data[n * t.picture + y * t.row + x * t.pixel + i];
  return out;
}

void fill(const Tensor& x, int n, const Image& image) {
  for (int row = 0; row < image.shape.height; ++row)
    for (int column = 0; column < image.shape.width; ++column)
      for (int c = 0; c < image.shape.channels; ++c)
        x.data[n * x.picture + row * x.row + column * x.pixel + c] = image.at(row, column, c);
}

Tensor whole(Image& image) {
  Tensor t;
  t.data = image.data.data();
  t.n = 1, t.height = image.shape.height, t.width = image.shape.width;
  t.pixel = t.channels = image.shape.channels;
  t.row = t.width * t.pixel;
  return t;
}

/// Pixel (y, x) of unshuffled channel c·p² + dy·p + dx is pixel (p·y + dy, p·x + dx) of channel c: undo that.
std::vector<float> shuffled(const std::vector<float>& v, int channels, int height, int width, int patch) {
  std::vector<float> out(v.size());
  const int H = height * patch, W = width * patch;
  for (int c = 0; c < channels; ++c)
    for (int y = 0; y < H; ++y)
      for (int x = 0; x < W; ++x) {
        const int folded = c * patch * patch + y % patch * patch + x % patch;
        out[(std::size_t(c) * H + y) * W + x] = v[(std::size_t(folded) * height + y / patch) * width + x / patch];
      }
  return out;
}

void compare_steps(const std::string& name, const Kernels& kernels, int threads) {
  SCOPED_TRACE(name + ", " + kernels.name + ", threads: " + std::to_string(threads));
  Safetensors file(fixture(name));
  const UNet net(file);
  Pool pool(threads);
  const auto& shape = file.entries().at("test/x").shape;
  const int N = int(shape[0]);
  Workspace workspace(net, kernels, N, int(shape[2]), int(shape[3]), threads);
  std::vector<Image> v;
  for (int n = 0; n < N; ++n) v.emplace_back(Shape{int(shape[2]), int(shape[3]), int(shape[1])});
  const std::vector<float> lambda = tensor(file, "test/lambda");
  const std::vector<float> classes = net.arch.classes ? tensor(file, "test/class") : std::vector<float>(N);
  for (int n = 0; n < N; ++n) {
    fill(workspace.x, n, picture(file, "test/x", n));
    workspace.samples[n] = {lambda[n], int(classes[n]), 0, whole(v[n]), 0, 0};
  }

  int seen = 0;
  const auto observe = [&](const std::string& step, const Tensor& t) {
    const std::vector<float> expected = tensor(file, "test/" + step);
    const std::size_t each = expected.size() / N;
    for (int n = 0; n < N; ++n) {
      const std::vector<float> want(expected.begin() + n * each, expected.begin() + (n + 1) * each);
      std::vector<float> got;
      if (step == "embedding")
        got.assign(t.data + n * t.pixel, t.data + n * t.pixel + each);
      else if (step == "stem" || step == "leave")
        got = values(t, n, unshuffled(net.arch.stem, net.arch.patch));
      else
        got = values(t, n, plain(int(each) / (t.height * t.width)));
      if (step == "stem") got = shuffled(got, net.arch.stem, t.height, t.width, net.arch.patch);
      EXPECT_LE(error(got, want), 1e-4) << step << ", picture " << n;
    }
    ++seen;
  };
  for (int time = 0; time < 2; ++time) {  // the second time finds the memory used
    workspace.run(net, kernels, pool, {}, observe);
    for (int n = 0; n < N; ++n)
      EXPECT_LE(error(v[n].data, picture(file, "test/v", n).data), 1e-4) << "v, picture " << n;
  }
  int steps = 0;
  for (const auto& [key, entry] : file.entries())
    steps +=
        key.starts_with("test/") && key != "test/x" && key != "test/lambda" && key != "test/class" && key != "test/v";
  EXPECT_EQ(seen, 2 * steps) << "every recorded step was compared";
}

TEST(UNet, EveryStepAgreesWithPyTorch) {
  const KernelList list = available_kernels();
  for (int i = 0; i < list.count; ++i)
    for (int threads : {1, 3})
      for (const char* name : {"unet_group", "unet_pixel"}) compare_steps(name, *list.kernels[i], threads);
}

TEST(Attention, TwoHeadsAgreeWithPyTorch) {
  Safetensors file(fixture("attention"));
  const AttentionLayer layer = LayerLoader(file).attention("", 64, false, 8);
  const Image input = picture(file, "test/x", 0);
  const auto [H, W, C] = input.shape;
  const KernelList list = available_kernels();
  for (int i = 0; i < list.count; ++i) {
    Arena arena;
    Tensor x, normed, qkv, mixed;
    Scratch scratch;
    scratch.thread.resize(1);
    for (Tensor* t : {&x, &normed, &mixed}) arena.ask(*t, 1, H, W, C);
    arena.ask(qkv, 1, H, W, 3 * C);
    for (float** place : {&scratch.thread[0], &scratch.sums, &scratch.a, &scratch.b, &scratch.keys, &scratch.values})
      arena.ask(*place, 4096);
    arena.allocate();
    fill(x, 0, input);
    Pool pool(1);
    const nn::Run run{*list.kernels[i], pool, scratch, {}};
    run.norm({&layer.norm, x, normed, false});
    run.attention(layer, normed, x, qkv, mixed);
    EXPECT_LE(error(values(x, 0, plain(C)), tensor(file, "test/y")), 1e-4) << list.kernels[i]->name;
  }
}

}  // namespace
}  // namespace noiseglass::nn
