#include "ui/panels/spectrum/data.h"

#include "noiseglass/corruption.h"
#include "noiseglass/files.h"
#include "noiseglass/library.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <thread>

namespace noiseglass::app {
namespace {

ByteImage budgie() { return read_picture(assets_folder() / "pictures" / "budgie-branch.jpg"); }

TEST(SpectrumData, HasAPictureAndItsNoiseAtEachSize) {
  for (const auto& [side, width, height] : {std::tuple{64, 64, 40}, {256, 256, 162}, {1024, 1024, 675}}) {
    const PictureSpectrum made = spectrum_of(budgie(), side, 7);
    EXPECT_EQ(made.x_0.shape, (Shape{height, width, 3}));
    EXPECT_EQ(made.epsilon.data, gaussian_image({7, streams::forward}, made.x_0.shape).data);
    const NoiseLevel level{0.3, 0.7};
    const std::vector<double> found = made.spectrum.at(level),
                              direct = Fourier(corrupt(made.x_0, made.epsilon, 0.3)).power();
    for (std::size_t k = 0; k < found.size(); ++k) EXPECT_NEAR(found[k], direct[k], 1e-3 * (0.1 + direct[k])) << k;
  }
}

/// Hoogeboom et al. 2023: with four times the pixels along a side the same waves stand 16 times higher above the noise.
TEST(SpectrumData, HasTheSameWavesStrongerInMorePixels) {
  const auto clean = [](int side) { return spectrum_of(budgie(), side, 7).spectrum.clean; };
  const std::vector<double> small = clean(64), middle = clean(256), large = clean(1024);
  for (int k = 2; k <= 8; ++k) {
    EXPECT_NEAR(std::log2(middle[std::size_t(k)] / small[std::size_t(k)]), 4, 0.5) << k;
    EXPECT_NEAR(std::log2(large[std::size_t(k)] / middle[std::size_t(k)]), 4, 0.5) << k;
  }
  const NoiseLevel level{0.5, 0.5};
  EXPECT_LT(first_drowned(small, level, {40, 64, 3}), first_drowned(middle, level, {162, 256, 3}));
  EXPECT_LT(first_drowned(middle, level, {162, 256, 3}), first_drowned(large, level, {675, 1024, 3}));
}

TEST(SpectrumData, SplitsAPictureInTwoThatAddUp) {
  const PictureSpectrum made = spectrum_of(budgie(), 128, 7);
  const SplitPicture split = split_at(*made.fourier, 9);
  for (std::size_t i = 0; i < made.x_0.data.size(); ++i)
    EXPECT_NEAR(split.above.data[i] + split.drowned.data[i], made.x_0.data[i], 1e-4);
  const std::vector<double> above = Fourier(split.above).power();
  for (std::size_t k = 9; k < above.size(); ++k) EXPECT_LT(above[k], 1e-5);
}

class Asked : public testing::Test {
 protected:
  Asked() {
    auto open = std::make_shared<OpenPicture>();
    open->id = 3, open->bytes = budgie();
    request_.picture = open;
    request_.schedule = std::make_shared<Schedule>(make_schedule("cosine", 1000));
    request_.schedule_key = Key("cosine");
    request_.seed = 5;
    for (const ModelInfo& model : load_library().models)
      if (model.name == "digits") request_.model_path = model.path, request_.model_size = model.size;
  }
  template <class Condition>
  bool wait(const Condition& holds) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(120);
    do {
      data_.want(request_);
      if (holds()) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    } while (std::chrono::steady_clock::now() < end);
    return false;
  }
  SpectrumRequest request_;
  SpectrumData data_{[] {}};
};

TEST_F(Asked, ForAPictureItGreysOutWhatIsWeakerThanTheNoise) {
  int before = 1000;
  for (const int t : {20, 200, 500, 800, 990}) {
    request_.t = t;
    ASSERT_TRUE(wait([&] { return data_.picture(spectrum_side) != nullptr; }));
    data_.want(request_);
    const std::vector<double>& clean = data_.picture(spectrum_side)->spectrum.clean;
    const NoiseLevel level = request_.schedule->level(t);
    int expected = 0;
    for (int k = 0; k <= 128; ++k)
      if (level.alpha_bar * clean[std::size_t(k)] > level.variance) expected = k + 1;
    if (expected == 129) expected = int(clean.size());  // then the corners are above it, too
    EXPECT_EQ(data_.drowned(), expected);
    EXPECT_LE(data_.drowned(), before) << "more noise drowns more";
    before = data_.drowned();
  }
  ASSERT_TRUE(wait([&] { return data_.split().value != nullptr; }));
  EXPECT_EQ(data_.split().value->above.shape, data_.picture(spectrum_side)->x_0.shape);
}

/// Coarse to fine: halfway the estimate has most of its coarse waves, and less of its fine ones.
TEST_F(Asked, ForAWayItsEstimatesRiseFromTheCoarseEnd) {
  request_.show = SpectrumRequest::Show::way_back;
  request_.t = 500;
  ASSERT_TRUE(wait([&] { return data_.way() && data_.way()->way.back()->t == 0; })) << data_.problem();
  const WaySpectra& way = *data_.way();
  ASSERT_EQ(way.way.size(), 26u);
  ASSERT_EQ(way.x_0.size(), way.way.size());
  EXPECT_GE(way.way[std::size_t(data_.moment())]->t, 500);
  for (std::size_t i = 0; i < way.way.size(); i += 5) {
    const std::vector<double> direct = Fourier(way.way[i]->x_0).power();
    for (std::size_t k = 0; k < direct.size(); ++k) EXPECT_EQ(way.x_0[i][k], direct[k]);
  }
  const auto reached = [&](std::size_t i, int first, int end) {
    double of = 0, all = 0;
    for (int k = first; k < end; ++k) of += way.x_0[i][std::size_t(k)], all += way.x_0.back()[std::size_t(k)];
    return of / all;
  };
  EXPECT_GT(reached(8, 1, 4), 1.5 * reached(8, 8, 17));
}

TEST_F(Asked, ForSizesItHasThemAllReducedToATile) {
  request_.show = SpectrumRequest::Show::sizes;
  request_.t = 600;
  for (const int side : spectrum_sides) {
    ASSERT_TRUE(wait([&] { return data_.noisy(side).value != nullptr; })) << side;
    EXPECT_EQ(data_.noisy(side).value->shape.width, std::min(side, spectrum_side));
  }
}

}  // namespace
}  // namespace noiseglass::app
