#include "nn/network.h"

#include "core/nn/fixtures.h"
#include "nn/tiles.h"
#include "noiseglass/error.h"
#include "noiseglass/network_denoiser.h"
#include "noiseglass/noise.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <thread>

namespace noiseglass::nn {
namespace {

using testing::HasSubstr;
using namespace test;

Image noise(Shape shape, std::uint64_t seed) { return gaussian_image({seed, 0}, shape); }

Image crop(const Image& image, int height, int width) {
  Image out(Shape{height, width, image.shape.channels});
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      for (int c = 0; c < image.shape.channels; ++c) out.at(y, x, c) = image.at(y, x, c);
  return out;
}

TEST(Network, AnswersAsPyTorchDoes) {
  const auto network = Network::load(fixture("unet_group"));
  Safetensors file(fixture("unet_group"));
  const Image first = network->predict_v(picture(file, "test/x", 0), 1.7, 3, {});
  const Image second = network->predict_v(picture(file, "test/x", 1), -23, -1, {});
  EXPECT_LE(error(first.data, picture(file, "test/v", 0).data), 1e-4);
  EXPECT_LE(error(second.data, picture(file, "test/v", 1).data), 1e-4);
}

// A student is told in how many steps the whole way is gone: its least number that is not above, or its least.
TEST(Network, AStudentAnswersByTheNumberOfSteps) {
  const auto network = Network::load(fixture("unet_student"));
  Safetensors file(fixture("unet_student"));
  EXPECT_EQ(network->info().steps, (std::vector{8, 4, 2, 1}));
  EXPECT_EQ(network->info().guidance, 1.5);
  const Image x = picture(file, "test/x", 0);
  const auto answer = [&](int steps) {
    const NetworkInput input[] = {{&x, 0.4, 2, steps}};
    return network->predict_v(input, {}).front();
  };
  EXPECT_LE(error(answer(4).data, picture(file, "test/v", 0).data), 1e-4);
  EXPECT_LE(error(answer(1).data, picture(file, "test/v", 1).data), 1e-4);
  EXPECT_EQ(answer(5).data, answer(4).data);
  EXPECT_EQ(answer(0).data, answer(50).data);
  EXPECT_NE(answer(50).data, answer(4).data);
  EXPECT_EQ(steps_of_whole_way(1, 500, 1000), 2);
  EXPECT_EQ(steps_of_whole_way(3, 1000, 1000), 3);
}

// A picture that does not fit is continued by reflection to the right and below, and the answer cut back.
TEST(Network, TakesPicturesOfAnySize) {
  const auto network = Network::load(fixture("unet_pixel"));
  for (const Shape shape : {Shape{1, 1, 3}, Shape{1, 17, 3}, Shape{3, 2, 3}, Shape{13, 9, 3}, Shape{8, 30, 3}}) {
    const Image x = noise(shape, 5);
    Image padded(Shape{(shape.height + 7) / 8 * 8, (shape.width + 7) / 8 * 8, 3});
    const auto reflected = [](int i, int length) {  // walks to and fro
      int at = 0, step = 1;
      for (; i > 0 && length > 1; --i) {
        if (at + step < 0 || at + step >= length) step = -step;
        at += step;
      }
      return at;
    };
    for (int y = 0; y < padded.shape.height; ++y)
      for (int column = 0; column < padded.shape.width; ++column)
        for (int c = 0; c < 3; ++c)
          padded.at(y, column, c) = x.at(reflected(y, shape.height), reflected(column, shape.width), c);
    const Image got = network->predict_v(x, 0.5, -1, {});
    ASSERT_EQ(got.shape, shape);
    const Image expected = crop(network->predict_v(padded, 0.5, -1, {}), shape.height, shape.width);
    EXPECT_EQ(got.data, expected.data) << shape.height << "×" << shape.width;
  }
}

TEST(Network, ABatchAnswersAsItsPicturesAlone) {
  const auto network = std::make_unique<UNetNetwork>(fixture("unet_group"), NetworkOptions{.together_pixels = 3 * 256});
  std::vector<Image> pictures;
  std::vector<NetworkInput> batch;
  for (int n = 0; n < 5; ++n) pictures.push_back(noise({16, 16, 1}, n));
  for (int n = 0; n < 5; ++n) batch.push_back({&pictures[n], 4.0 - 2 * n, n % 3 - 1});
  const std::vector<Image> together = network->predict_v(batch, {});
  ASSERT_EQ(together.size(), 5u);
  for (int n = 0; n < 5; ++n)
    EXPECT_LE(error(together[n].data, network->predict_v(pictures[n], batch[n].log_snr, batch[n].class_index, {}).data),
              1e-5)
        << n;
}

TEST(Network, ABatchSharedOutGivesTheSameBitsAtEveryThreadCount) {
  for (const Shape shape : {Shape{16, 16, 1}, Shape{24, 40, 1}}) {  // several together, and each alone
    const auto network = std::make_unique<UNetNetwork>(fixture("unet_group"), NetworkOptions{.together_pixels = 512});
    std::vector<Image> pictures;
    std::vector<NetworkInput> batch;
    for (int n = 0; n < 7; ++n) pictures.push_back(noise(shape, n));
    for (int n = 0; n < 7; ++n) batch.push_back({&pictures[n], 3.0 - n, n % 3 - 1});
    set_network_threads(1);
    const std::vector<Image> one = network->predict_v(batch, {});
    for (const int threads : {2, 5, 9}) {
      set_network_threads(threads);
      for (int time = 0; time < 3; ++time) {
        std::vector<double> told;  // by this thread alone, or this would be a race
        const std::vector<Image> got = network->predict_v(batch, {}, [&](double share) { told.push_back(share); });
        for (int n = 0; n < 7; ++n) EXPECT_EQ(got[n].data, one[n].data) << n << ", " << threads << " threads";
        EXPECT_TRUE(std::is_sorted(told.begin(), told.end()));
        EXPECT_EQ(told.back(), 1);
      }
    }
  }
  set_network_threads(0);
}

TEST(Network, ABatchSharedOutStopsAndCanBeRunAgain) {
  const auto network = std::make_unique<UNetNetwork>(fixture("unet_group"), NetworkOptions{.together_pixels = 256});
  const Image x = noise({16, 16, 1}, 3);
  const std::vector<NetworkInput> batch(8, NetworkInput{&x, 0.5, 1});
  set_network_threads(3);
  const std::vector<Image> expected = network->predict_v(batch, {});
  int told = 0;
  for (int time = 0; told < 5 && time < 1000;
       ++time) {  // the others may have done it all before this thread had a turn
    std::stop_source source;
    told = 0;
    bool stopped = false;
    try {
      network->predict_v(batch, source.get_token(), [&](double) {
        if (++told == 5) source.request_stop();
      });
    } catch (const Cancelled&) {
      stopped = true;
    }
    EXPECT_EQ(stopped, told >= 5);
  }
  EXPECT_GE(told, 5) << "this thread never had a turn";
  EXPECT_LE(told, 6) << "one layer at most after the request";
  EXPECT_EQ(network->predict_v(batch, {}).back().data, expected.back().data);
  set_network_threads(0);
}

TEST(Network, GivesTheSameAnswerAgainAndAtEveryThreadCount) {
  const auto network = Network::load(fixture("unet_pixel"));
  const Image x = noise({40, 56, 3}, 3);
  set_network_threads(1);
  const Image one = network->predict_v(x, -1, -1, {});
  for (int threads : {2, 5}) {
    set_network_threads(threads);
    EXPECT_EQ(network_threads(), threads);
    EXPECT_EQ(network->predict_v(x, -1, -1, {}).data, one.data) << threads << " threads";
  }
  set_network_threads(0);
  EXPECT_GE(network_threads(), 1);
  EXPECT_THROW(set_network_threads(-1), UsageError);
  EXPECT_THROW(set_network_threads(1000), UsageError);
}

TEST(Network, ServesSeveralThreadsAtOnce) {
  const auto network = Network::load(fixture("unet_group"));
  const Image x = noise({16, 16, 1}, 1);
  const Image expected = network->predict_v(x, 1, 2, {});
  std::vector<std::jthread> callers;
  std::vector<double> errors(4, 1);
  for (int i = 0; i < 4; ++i)
    callers.emplace_back([&, i] {
      errors[i] = 0;
      for (int time = 0; time < 20; ++time)
        errors[i] = std::max(errors[i], error(network->predict_v(x, 1, 2, {}).data, expected.data));
    });
  callers.clear();
  EXPECT_THAT(errors, testing::Each(testing::Le(1e-5)));
}

TEST(Network, RefusesWhatItCannotTake) {
  const auto network = Network::load(fixture("unet_group"));
  EXPECT_THROW(network->predict_v(Image(Shape{16, 16, 3}), 0, -1, {}), UsageError);
  EXPECT_THROW(network->predict_v(Image(), 0, -1, {}), UsageError);
  EXPECT_THROW(network->predict_v(Image(Shape{16, 16, 1}), 0, 10, {}), UsageError);
  EXPECT_THROW(network->predict_v(Image(Shape{16, 16, 1}), 0, -2, {}), UsageError);
  EXPECT_THROW(network->predict_v(Image(Shape{16, 16, 1}), std::nan(""), -1, {}), UsageError);
  EXPECT_THROW(Network::load(fixture("unet_pixel"))->predict_v(Image(Shape{16, 16, 3}), 0, 0, {}), UsageError);
}

TEST(Network, StopsBetweenLayers) {
  const auto network = Network::load(fixture("unet_group"));
  std::stop_source source;
  source.request_stop();
  EXPECT_THROW(network->predict_v(Image(Shape{16, 16, 1}), 0, -1, source.get_token()), Cancelled);

  Safetensors file(fixture("unet_group"));
  const UNet net(file);
  Workspace workspace(net, *available_kernels().kernels[0], 1, 16, 16, 1);
  Pool pool(1);
  std::stop_source later;
  std::vector<std::string> steps;
  EXPECT_THROW(workspace.run(net, *available_kernels().kernels[0], pool, later.get_token(),
                             [&](const std::string& step, const Tensor&) {
                               steps.push_back(step);
                               if (step == "downsample.0") later.request_stop();
                             }),
               Cancelled);
  EXPECT_EQ(steps.back(), "downsample.0");
}

// Counts work, not time: of what is told at the beginning of each layer. A stop asked for then must keep that layer
// from running, and no layer may be so large that one has to wait long for its end.
TEST(Network, StopsWithinOneLayerOfBeingAsked) {
  const UNetNetwork network(fixture("unet_pixel"), NetworkOptions{.tile_pixels = 200 * 200});
  const Image x = noise({333, 450, 3}, 9);
  const NetworkInput input[] = {{&x, 1, -1}};
  std::vector<double> all;
  network.predict_v(input, {}, [&](double done) { all.push_back(done); });
  ASSERT_GT(all.size(), 100u);
  EXPECT_EQ(all.front(), 0);
  EXPECT_EQ(all.back(), 1);
  for (std::size_t i = 1; i < all.size(); ++i) {
    ASSERT_GE(all[i], all[i - 1]);
    ASSERT_LE(all[i] - all[i - 1], 0.05) << "layer " << i;
  }
  for (std::size_t layer : {0ul, all.size() / 3, all.size() - 2}) {
    std::stop_source source;
    std::size_t told = 0;
    EXPECT_THROW(network.predict_v(input, source.get_token(),
                                   [&](double) {
                                     if (told++ == layer) source.request_stop();
                                   }),
                 Cancelled);
    EXPECT_EQ(told, layer + 1);
  }
}

// Guidance and batches tell of one whole, too.
TEST(NetworkDenoiser, TellsItsProgress) {
  std::vector<double> all;
  const auto denoiser =
      make_network_denoiser(Network::load(fixture("unet_group")), 3, 2.0, [&](double done) { all.push_back(done); });
  denoiser->predict(State{{16, 16, 1}, Eigen::ArrayXd::Zero(256)}, 1);
  EXPECT_GT(all.size(), 20u);
  EXPECT_TRUE(std::is_sorted(all.begin(), all.end()));
  EXPECT_EQ(all.front(), 0);
  EXPECT_EQ(all.back(), 1);
  EXPECT_NEAR(all[all.size() - 2], 1, 0.1) << "the sum is that of the parts";
}

// The plain way, which the window and benchmarks can be made to go: the same answers from another road.
TEST(Network, TakesItsKernelsFromTheEnvironment) {
  const Image x = noise({16, 16, 1}, 2);
  const auto answer = [&](const char* value) {
    if (value)
      setenv("NOISEGLASS_KERNELS", value, 1);
    else
      unsetenv("NOISEGLASS_KERNELS");
    return Network::load(fixture("unet_group"))->predict_v(x, 1, 2, {}).data;
  };
  const std::vector<float> best = answer(nullptr), plain = answer("portable,direct");
  EXPECT_NE(plain, best);
  EXPECT_LE(error(plain, best), 1e-4);
  EXPECT_EQ(plain,
            UNetNetwork(fixture("unet_group"),
                        {.kernels = available_kernels().kernels[available_kernels().count - 1], .winograd = false})
                .predict_v(x, 1, 2, {})
                .data);
  EXPECT_THROW(answer("v9"), UsageError);
  answer(nullptr);
}

TEST(ReceptiveRadius, CoversWhatMovesAPixel) {
  // A change at one pixel must not be seen beyond the radius (but in the last bits: Winograd works on whole tiles),
  // and should be seen not far within it.
  const auto network = Network::load(fixture("unet_pixel"));
  Safetensors file(fixture("unet_pixel"));
  const int radius = receptive_radius(parse_architecture(file)), side = 2 * radius + 64;
  Image x = noise({side, 8, 3}, 1);
  const Image before = network->predict_v(x, 1, -1, {});
  x.at(side / 2, 4, 1) += 5;
  const Image after = network->predict_v(x, 1, -1, {});
  int reach = 0;
  for (int y = 0; y < side; ++y)
    for (int c = 0; c < 3; ++c)
      if (std::abs(before.at(y, 4, c) - after.at(y, 4, c)) > 1e-5) reach = std::max(reach, std::abs(y - side / 2));
  EXPECT_LE(reach, radius);
  EXPECT_GE(reach, radius / 3) << "or the bound says nothing";
}

TEST(MakeTiles, KeepEveryPixelOnceAndStayWithinTheLimit) {
  Safetensors file(fixture("unet_pixel"));
  const Architecture arch = parse_architecture(file);
  const int radius = receptive_radius(arch);
  for (const auto& [height, width] : {std::pair{512, 512}, {1024, 8}, {8, 2048}, {600, 904}, {4096, 3000}}) {
    std::vector<int> kept(std::size_t(height) * width);
    for (const Tile& tile : make_tiles(arch, height, width, 200'000)) {
      ASSERT_LE(tile.height * tile.width, 200'000);
      EXPECT_EQ(tile.height % arch.multiple() + tile.width % arch.multiple() + tile.top % arch.multiple(), 0);
      EXPECT_TRUE(tile.top == 0 || tile.keep_top - tile.top >= radius);
      EXPECT_TRUE(tile.left == 0 || tile.keep_left - tile.left >= radius);
      EXPECT_TRUE(tile.top + tile.height == height ||
                  tile.top + tile.height - tile.keep_top - tile.keep_height >= radius);
      EXPECT_TRUE(tile.left + tile.width == width ||
                  tile.left + tile.width - tile.keep_left - tile.keep_width >= radius);
      for (int y = 0; y < tile.keep_height; ++y)
        for (int x = 0; x < tile.keep_width; ++x) ++kept[std::size_t(tile.keep_top + y) * width + tile.keep_left + x];
    }
    EXPECT_EQ(std::count(kept.begin(), kept.end(), 1), std::ptrdiff_t(kept.size())) << height << "×" << width;
  }
}

TEST(Network, TilesAgreeWithTheWholePicture) {
  const UNetNetwork whole(fixture("unet_pixel"));
  const UNetNetwork tiled(fixture("unet_pixel"), NetworkOptions{.tile_pixels = 200 * 200});
  const Image x = noise({333, 450, 3}, 9);
  EXPECT_LE(error(tiled.predict_v(x, 2, -1, {}).data, whole.predict_v(x, 2, -1, {}).data), 1e-4);
}

TEST(NetworkDenoiser, AppliesGuidanceToEpsilon) {
  const auto network = Network::load(fixture("unet_group"));
  const double lambda = 0.8, w = 2.5;
  State x_t{{16, 16, 1}, Eigen::ArrayXd(256)};
  for (int i = 0; i < 256; ++i) x_t.values[i] = gaussian({4, 0}, i);
  const auto predict = [&](int class_index, double guidance) {
    return make_network_denoiser(network, class_index, guidance)->predict(x_t, lambda);
  };
  const Eigen::ArrayXd none = predict(-1, w).epsilon, with_class = predict(6, 1).epsilon;
  const Prediction guided = predict(6, w);
  EXPECT_GT((none - with_class).abs().maxCoeff(), 1e-2) << "the class matters";
  EXPECT_LT((guided.epsilon - (none + w * (with_class - none))).abs().maxCoeff(), 1e-4);
  EXPECT_LT((predict(6, 0).epsilon - none).abs().maxCoeff(), 1e-4) << "no guidance is no class";
  const double alpha_bar = 1 / (1 + std::exp(-lambda));
  const Eigen::ArrayXd rebuilt = std::sqrt(alpha_bar) * guided.x_0 + std::sqrt(1 - alpha_bar) * guided.epsilon;
  EXPECT_LT((rebuilt - x_t.values).abs().maxCoeff(), 1e-6);
}

TEST(NetworkDenoiser, RefusesClassesThatAreNotThere) {
  EXPECT_THROW(make_network_denoiser(Network::load(fixture("unet_pixel")), 0, 1), UsageError);
  EXPECT_THROW(make_network_denoiser(Network::load(fixture("unet_group")), 10, 1), UsageError);
  EXPECT_THROW(make_network_denoiser(Network::load(fixture("unet_group")), 1, std::nan("")), UsageError);
}

}  // namespace
}  // namespace noiseglass::nn
