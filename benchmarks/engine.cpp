// The engine's speed: the machine's own limits, convolutions alone, whole networks, noise and the mix.
// Counters: flops are counted as for the direct convolution, so Winograd may pass the machine's peak.

#include "machine.h"
#include "nn/network.h"
#include "noise/fill_blocks.h"
#include "noiseglass/corruption.h"
#include "noiseglass/knots.h"
#include "noiseglass/local_score.h"
#include "noiseglass/noise.h"
#include "noiseglass/schedule.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstring>
#include <ctime>
#include <random>

namespace {

using namespace noiseglass;
using benchmark::Counter;

double cpu_seconds() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return double(now.tv_sec) + 1e-9 * double(now.tv_nsec);
}

Counter rate(double each) { return Counter(each, Counter::kIsIterationInvariantRate, Counter::kIs1000); }

/// What one core does at best at a level, flops per second of CPU time: the best of a few short measurements.
double peak(double (*loop)(long)) {
  double best = 0;
  for (int i = 0; i < 5; ++i) {
    const double start = cpu_seconds(), flops = loop(100'000);
    best = std::max(best, flops / (cpu_seconds() - start));
  }
  return best;
}

void peak_multiply_add(benchmark::State& state, double (*loop)(long)) {
  double flops = 0;
  for (auto _ : state) flops += loop(100'000);
  state.counters["flops"] = Counter(flops, Counter::kIsRate, Counter::kIs1000);
}

void memory_copy(benchmark::State& state) {
  std::vector<char> from(256 << 20, 1), to(from.size());
  for (auto _ : state) {
    std::memcpy(to.data(), from.data(), from.size());
    benchmark::ClobberMemory();
  }
  state.counters["bytes"] = rate(2.0 * double(from.size()));
}

/// args: channels, side, layers. Several layers in turn, as in a network, find their weights out of the nearest cache.
/// Every measurement has the machine's peak taken before and after it, of which `of_peak` is the share.
void convolution(benchmark::State& state, const nn::Kernels* kernels, double (*peak_loop)(long), nn::Way way,
                 int taps) {
  const int channels = int(state.range(0)), side = int(state.range(1)), count = int(state.range(2));
  const auto gaussians = [](std::size_t size, std::uint64_t seed) {
    std::vector<float> values(size);
    fill_gaussian({seed, 0}, 0, values);
    return values;
  };
  const nn::Channels places = nn::plain(channels);
  std::vector<nn::ConvLayer> layers;
  for (int i = 0; i < count; ++i) {
    layers.push_back(nn::pack_conv(gaussians(std::size_t(channels) * channels * taps, 1), gaussians(channels, 2),
                                   places, places, taps, 1));
    if (way != nn::Way::winograd_4) layers.back().conv.winograd_4 = nullptr;
    if (way != nn::Way::winograd_2) layers.back().conv.winograd_2 = nullptr;
  }
  nn::Arena arena;
  nn::Tensor in, out;
  nn::Scratch scratch;
  scratch.thread.resize(1);
  arena.ask(in, 1, side, side, channels);
  arena.ask(out, 1, side, side, channels);
  arena.ask(scratch.thread[0], nn::winograd_scratch(channels));
  arena.allocate();
  for (int y = 0; y < side; ++y)
    fill_gaussian({3, std::uint64_t(y)}, 0, std::span(in.data + y * in.row, side * in.pixel));
  nn::Pool pool(1);
  const nn::Run run{*kernels, pool, scratch, {}};
  double best = peak(peak_loop), start = cpu_seconds();
  for (auto _ : state)
    for (const nn::ConvLayer& layer : layers) run.conv(layer, in, out);
  const double seconds = cpu_seconds() - start, flops = 2.0 * count * taps * channels * channels * side * side;
  best = std::max(best, peak(peak_loop));
  state.counters["flops"] = rate(flops);
  state.counters["of_peak"] = flops * double(state.iterations()) / seconds / best;
}

/// args: side, batch, threads.
void network(benchmark::State& state, const nn::Kernels* kernels, const char* model) {
  const nn::UNetNetwork net(std::string(MODELS) + "/" + model + ".safetensors", {.kernels = kernels});
  const int side = int(state.range(0)), count = int(state.range(1));
  set_network_threads(int(state.range(2)));
  std::vector<Image> pictures;
  std::vector<NetworkInput> batch;
  for (int n = 0; n < count; ++n)
    pictures.push_back(gaussian_image({1, std::uint64_t(n)}, {side, side, net.info().channels}));
  for (const Image& picture : pictures) batch.push_back({&picture, 0.7, -1});
  net.predict_v(batch, {});  // the first call allocates
  for (auto _ : state) benchmark::DoNotOptimize(net.predict_v(batch, {}));
}

void noise(benchmark::State& state, const NoiseKernel* level) {
  const int side = int(state.range(0));
  std::vector<float> out(std::size_t(3) * side * side);
  for (auto _ : state) {
    for (std::size_t i = 0; i < out.size(); i += 4 * noise_blocks) level->fill_blocks(1, 0, i / 4, &out[i]);
    benchmark::ClobberMemory();
  }
  state.counters["numbers"] = rate(double(out.size()));
}

/// What the standard library offers, to compare with.
void noise_std(benchmark::State& state) {
  const int side = int(state.range(0));
  std::vector<float> out(std::size_t(3) * side * side);
  std::mt19937 generator(1);
  std::normal_distribution<float> normal;
  for (auto _ : state) {
    for (float& value : out) value = normal(generator);
    benchmark::ClobberMemory();
  }
  state.counters["numbers"] = rate(double(out.size()));
}

void forward_mix(benchmark::State& state) {
  const int side = int(state.range(0));
  const Image x_0 = gaussian_image({1, 0}, {side, side, 3}), epsilon = gaussian_image({2, 0}, {side, side, 3});
  for (auto _ : state) benchmark::DoNotOptimize(corrupt(x_0, epsilon, 0.3));
  state.counters["numbers"] = rate(double(x_0.data.size()));
}

/// One answer of the local denoiser over as many pictures as the panel Locality has of icons. args: pictures, radius,
/// anywhere, threads.
void local_look(benchmark::State& state) {
  const Shape shape{32, 32, 3};
  std::vector<Image> pictures;
  for (std::int64_t i = 0; i < state.range(0); ++i) pictures.push_back(gaussian_image({7, std::uint64_t(i)}, shape));
  const auto denoiser = make_local_denoiser(std::make_shared<LocalPictures>(pictures),
                                            {int(state.range(1)), state.range(2) != 0}, int(state.range(3)));
  const State x_t = to_state(gaussian_image({1, 0}, shape));
  for (auto _ : state) benchmark::DoNotOptimize(denoiser->predict(x_t, 0.0));
}

/// What follows at once from dragging a handle of a schedule drawn by hand: its knots, and all 1,000 levels of noise.
void schedule_handle(benchmark::State& state) {
  const std::vector<Knot> knots = knots_along(make_schedule("cosine", 1000));
  double wanted = -2;
  for (auto _ : state) {
    wanted = wanted > 2 ? -2 : wanted + 0.01;
    const Value moved = to_value(with_knot_at(knots, 3, {0.5, wanted}));
    benchmark::DoNotOptimize(make_schedule("custom", 1000, {{"knots", moved}}).log_snr(500));
  }
}

void register_for(const nn::Kernels& kernels) {
  const std::string level = kernels.name;
  const auto loop = level == "v4"   ? bench::multiply_add_v4
                    : level == "v3" ? bench::multiply_add_v3
                                    : bench::multiply_add_portable;
  benchmark::RegisterBenchmark(("peak_multiply_add/" + level).c_str(), peak_multiply_add, loop);
  const std::vector<std::pair<int, int>> shapes = {{48, 16}, {96, 8},  {96, 16}, {48, 128},
                                                   {64, 64}, {96, 32}, {40, 128}};
  const std::pair<const char*, nn::Way> ways[] = {{"conv3x3_direct/", nn::Way::direct},
                                                  {"conv3x3_winograd_4/", nn::Way::winograd_4},
                                                  {"conv3x3_winograd_2/", nn::Way::winograd_2}};
  for (const auto& [name, way] : ways) {
    for (const auto& [channels, side] : shapes)
      benchmark::RegisterBenchmark((name + level).c_str(), convolution, &kernels, loop, way, 9)
          ->Args({channels, side, 1});
    for (int side : {4, 8, 16})
      benchmark::RegisterBenchmark((name + level).c_str(), convolution, &kernels, loop, way, 9)->Args({96, side, 8});
  }
  benchmark::RegisterBenchmark(("conv1x1/" + level).c_str(), convolution, &kernels, loop, nn::Way::direct, 1)
      ->Args({96, 32, 1});
  for (int threads : {1, 2}) {
    for (int batch : {1, 16})
      benchmark::RegisterBenchmark(("digits/" + level).c_str(), network, &kernels, "digits")
          ->Args({32, batch, threads})
          ->Unit(benchmark::kMillisecond)
          ->MeasureProcessCPUTime()
          ->UseRealTime();
    for (const auto& [side, batch] : std::vector<std::pair<int, int>>{
             {32, 1}, {32, 16}, {64, 1}, {64, 16}, {256, 1}, {256, 16}, {512, 1}, {512, 16}})
      benchmark::RegisterBenchmark(("photo/" + level).c_str(), network, &kernels, "photo")
          ->Args({side, batch, threads})
          ->Unit(benchmark::kMillisecond)
          ->MeasureProcessCPUTime()
          ->UseRealTime();
  }
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  const nn::KernelList list = nn::available_kernels();
  for (int i = 0; i < list.count; ++i) register_for(*list.kernels[i]);
  benchmark::RegisterBenchmark("memory_copy", memory_copy)->Unit(benchmark::kMillisecond);
  const NoiseKernels noises = available_noise_kernels();
  for (int side : {32, 512, 1024}) {
    for (int i = 0; i < noises.count; ++i)
      benchmark::RegisterBenchmark(noises.kernels[i]->name, noise, noises.kernels[i])->Arg(side);
    benchmark::RegisterBenchmark("noise_std", noise_std)->Arg(side);
  }
  for (const std::vector<std::int64_t>& look : {std::vector<std::int64_t>{1536, 3, 0},
                                                {1536, 31, 0},
                                                {4301, 0, 0},
                                                {4301, 3, 0},
                                                {4301, 31, 0},
                                                {6, 1, 1},
                                                {6, 4, 1},
                                                {48, 1, 1},
                                                {48, 4, 1},
                                                {48, 12, 1}})
    for (int threads : {1, 2})
      benchmark::RegisterBenchmark("local_look", local_look)
          ->Args({look[0], look[1], look[2], threads})
          ->Unit(benchmark::kMillisecond)
          ->MeasureProcessCPUTime()
          ->UseRealTime();
  benchmark::RegisterBenchmark("schedule_handle", schedule_handle)->Unit(benchmark::kMillisecond);
  for (int side : {512, 1024}) benchmark::RegisterBenchmark("forward_mix", forward_mix)->Arg(side);
  benchmark::RunSpecifiedBenchmarks();
}
