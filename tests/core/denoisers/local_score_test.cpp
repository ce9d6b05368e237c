#include "noiseglass/local_score.h"

#include "core/states.h"
#include "denoisers/local/sweep.h"
#include "noiseglass/noise_level.h"

#include <gtest/gtest.h>

#include <cmath>

namespace noiseglass {
namespace {

std::vector<Image> pictures_of(Shape shape, std::size_t count, float spread = 0.5f) {
  std::vector<Image> pictures;
  for (std::size_t i = 0; i < count; ++i) {
    pictures.push_back(gaussian_image({7, i}, shape));
    for (float& value : pictures.back().data) value *= spread;
  }
  return pictures;
}

/// As it stands in the paper, pixel by pixel in long double: pads with zeros, and keeps a place only if the two windows
/// run over the border by the same rows and columns.
Eigen::ArrayXd naive(const std::vector<Image>& pictures, Reach reach, const State& x_t, double log_snr) {
  const Shape shape = x_t.shape;
  const auto level = NoiseLevel::from_log_snr(log_snr);
  const int r = reach.radius;
  const auto inside = [&](int y, int x) { return y >= 0 && y < shape.height && x >= 0 && x < shape.width; };
  const auto borders_agree = [&](int y, int x, int v, int u) {
    for (int dy = -r; dy <= r; ++dy)
      for (int dx = -r; dx <= r; ++dx)
        if (inside(y + dy, x + dx) != inside(v + dy, u + dx)) return false;
    return true;
  };
  const auto padded = [&](const auto& value, int y, int x) { return inside(y, x) ? value(y, x) : 0; };
  Eigen::ArrayXd out(x_t.values.size());
  for (int y = 0; y < shape.height; ++y)
    for (int x = 0; x < shape.width; ++x) {
      std::vector<long double> exponents;
      std::vector<std::vector<double>> values;
      for (const Image& picture : pictures)
        for (int v = 0; v < shape.height; ++v)
          for (int u = 0; u < shape.width; ++u) {
            if (reach.anywhere ? !borders_agree(y, x, v, u) : v != y || u != x) continue;
            long double distance = 0;
            for (int dy = -r; dy <= r; ++dy)
              for (int dx = -r; dx <= r; ++dx)
                for (int c = 0; c < shape.channels; ++c) {
                  const auto noisy = [&](int b, int a) {
                    return x_t.values[(Eigen::Index(b) * shape.width + a) * shape.channels + c];
                  };
                  const auto clean = [&](int b, int a) { return double(picture.at(b, a, c)); };
                  const long double difference =
                      padded(noisy, y + dy, x + dx) - level.signal() * padded(clean, v + dy, u + dx);
                  distance += difference * difference;
                }
            exponents.push_back(-distance / (2 * level.variance));
            values.emplace_back();
            for (int c = 0; c < shape.channels; ++c) values.back().push_back(picture.at(v, u, c));
          }
      const long double largest = *std::ranges::max_element(exponents);
      for (int c = 0; c < shape.channels; ++c) {
        long double sum = 0, weight = 0;
        for (std::size_t i = 0; i < exponents.size(); ++i) {
          const long double w = std::exp(exponents[i] - largest);
          sum += w * values[i][std::size_t(c)], weight += w;
        }
        out[(Eigen::Index(y) * shape.width + x) * shape.channels + c] = double(sum / weight);
      }
    }
  return out;
}

State noisy(const Image& picture, double log_snr) {
  const auto level = NoiseLevel::from_log_snr(log_snr);
  State x_t = to_state(picture);
  x_t.values = level.signal() * x_t.values + std::sqrt(level.variance) * normals(5, x_t.values.size());
  return x_t;
}

TEST(LocalDenoiser, AgreesWithThePaperReadPixelByPixel) {
  const Shape shape{7, 9, 3};
  const auto pictures = pictures_of(shape, 11);
  const auto packed = std::make_shared<LocalPictures>(pictures);
  for (const double log_snr : {-9.0, -2.0, 0.0, 4.0})
    for (const bool anywhere : {false, true})
      for (const int radius : {0, 1, 2, 3, 4, 6, 8}) {
        SCOPED_TRACE(testing::Message() << "λ " << log_snr << ", r " << radius << (anywhere ? ", anywhere" : ""));
        const State x_t = noisy(pictures[3], log_snr);
        const auto answer = make_local_denoiser(packed, {radius, anywhere})->predict(x_t, log_snr);
        EXPECT_LT((answer.x_0 - naive(pictures, {radius, anywhere}, x_t, log_snr)).abs().maxCoeff(), 2e-5);
      }
}

/// Who sees everything is the exact denoiser, wherever it may look: the borders tell each pixel where it is.
TEST(LocalDenoiser, IsTheExactDenoiserWhenAPixelSeesAll) {
  const Shape shape{12, 10, 1};
  const auto pictures = pictures_of(shape, 30);
  const auto packed = std::make_shared<LocalPictures>(pictures);
  std::vector<State> states;
  for (const Image& picture : pictures) states.push_back(to_state(picture));
  const auto exact = make_nearest_data_denoiser(states);
  ASSERT_EQ(whole_reach(shape), 11);
  for (const double log_snr : {-9.0, -4.0, -2.0, 0.0, 9.0, 15.0})
    for (const bool anywhere : {false, true})
      for (const int radius : {11, 12, 400}) {
        SCOPED_TRACE(testing::Message() << log_snr << ' ' << anywhere << ' ' << radius);
        const State x_t = noisy(pictures[12], log_snr);
        const auto local = make_local_denoiser(packed, {radius, anywhere})->predict(x_t, log_snr);
        const auto all = exact->predict(x_t, log_snr);
        EXPECT_LT((local.x_0 - all.x_0).abs().maxCoeff(), 2e-5);
      }
  const State x_t = noisy(pictures[12], -2);
  const auto nearly = make_local_denoiser(packed, {10, false})->predict(x_t, -2);
  EXPECT_GT((nearly.x_0 - exact->predict(x_t, -2).x_0).abs().maxCoeff(), 1e-4) << "one pixel less is another answer";
}

/// Even far from all pictures and with hardly any noise, where exponents are in the millions.
TEST(LocalDenoiser, KeepsItsDigitsWhereTheNoiseIsFaint) {
  const Shape shape{8, 8, 3};
  const auto pictures = pictures_of(shape, 20);
  const State elsewhere = to_state(gaussian_image({99, 1}, shape));
  for (const bool anywhere : {false, true}) {
    const auto local = make_local_denoiser(std::make_shared<LocalPictures>(pictures), {2, anywhere});
    const Eigen::ArrayXd x_0 = local->predict(elsewhere, 9).x_0;
    ASSERT_TRUE(x_0.isFinite().all());
    EXPECT_LT((x_0 - naive(pictures, {2, anywhere}, elsewhere, 9)).abs().maxCoeff(), 1e-3);
  }
}

TEST(LocalDenoiser, AnswersTheSameWithAnyNumberOfThreads) {
  const auto pictures = pictures_of({9, 9, 1}, 100);
  const auto packed = std::make_shared<LocalPictures>(pictures);
  const State x_t = noisy(pictures[0], -1);
  const Eigen::ArrayXd one = make_local_denoiser(packed, {2, true}, 1)->predict(x_t, -1).x_0;
  for (const int threads : {2, 3, 7})
    EXPECT_LT((make_local_denoiser(packed, {2, true}, threads)->predict(x_t, -1).x_0 - one).abs().maxCoeff(), 1e-5);
}

/// The loops are compiled once for each instruction set: what one block adds is the same in all.
TEST(LocalDenoiser, AddsTheSameOnEveryProcessor) {
  const Shape shape{9, 8, 3};
  const LocalPictures packed(pictures_of(shape, 5));
  const Image x_t = gaussian_image({5, 0}, shape);
  const local::Question question{shape, 2, true, x_t.data.data(), 0.8f, 1 / (2 * 0.36)};
  const auto means = [&](local::Sweep sweep) {
    local::Means all(shape);
    local::Scratch scratch(shape);
    for (int dy = -4; dy <= 4; ++dy) sweep(question, packed.block(0), 5, dy, all, scratch);
    return all;
  };
  const auto sweeps = local::available_sweeps();
  const local::Means portable = means(sweeps.back());
  for (const local::Sweep sweep : sweeps) {
    const local::Means other = means(sweep);
    for (std::size_t i = 0; i < portable.weight.size(); ++i) {
      EXPECT_NEAR(other.largest[i], portable.largest[i], 1e-3);
      EXPECT_NEAR(other.weight[i], portable.weight[i], 1e-3 * double(portable.weight[i]));
    }
    for (std::size_t i = 0; i < portable.sum.size(); ++i) EXPECT_NEAR(other.sum[i], portable.sum[i], 2e-3);
  }
}

/// A pixel may find its window at another place, but only where the border looks the same.
TEST(LocalDenoiser, FindsAPatchAnywhereButKeepsBorders) {
  const Shape shape{12, 12, 1};
  Image dot(shape);
  std::ranges::fill(dot.data, -1.f);
  Image elsewhere = dot;
  dot.at(4, 4, 0) = 1, elsewhere.at(6, 7, 0) = 1;
  const auto only = std::make_shared<LocalPictures>(std::vector<Image>{dot});
  const State x_t = noisy(elsewhere, 6);
  const auto value = [&](bool anywhere, const State& state, int y, int x) {
    return make_local_denoiser(only, {2, anywhere})->predict(state, 6).x_0[y * 12 + x];
  };
  EXPECT_LT(value(false, x_t, 6, 7), -0.99);
  EXPECT_GT(value(true, x_t, 6, 7), 0.99);
  Image at_border = elsewhere;
  std::ranges::fill(at_border.data, -1.f);
  at_border.at(0, 7, 0) = 1;
  EXPECT_LT(value(true, noisy(at_border, 6), 0, 7), -0.99) << "no dot was ever seen in the first row";
}

TEST(LocalDenoiser, CountsThePatchesOfEachPixel) {
  const LocalPictures pictures(pictures_of({10, 8, 1}, 5));
  EXPECT_EQ(patches_seen(pictures, {2, false}, 5, 4), 5u);
  EXPECT_EQ(patches_seen(pictures, {2, true}, 5, 4), 5u * 6 * 4);
  EXPECT_EQ(patches_seen(pictures, {2, true}, 0, 4), 5u * 4);
  EXPECT_EQ(patches_seen(pictures, {2, true}, 0, 0), 5u);
  EXPECT_EQ(patches_seen(pictures, {9, true}, 5, 4), 5u);
}

TEST(LocalPictures, GivesBackEachPictureAndFindsTheNearest) {
  const Shape shape{5, 7, 3};
  const auto pictures = pictures_of(shape, 21);
  const LocalPictures packed(pictures);
  for (std::size_t i = 0; i < pictures.size(); ++i) EXPECT_EQ(packed.picture(i).data, pictures[i].data);
  const Image asked = gaussian_image({5, 3}, shape);
  std::size_t best = 0;
  double least = 1e9;
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    double sum = 0;
    for (std::size_t j = 0; j < shape.size(); ++j) {
      const auto byte = [](float value) { return 127.5 * std::clamp(double(value), -1.0, 1.0); };
      sum += std::pow(byte(asked.data[j]) - byte(pictures[i].data[j]), 2);
    }
    if (const double distance = std::sqrt(sum / double(shape.size())); distance < least) least = distance, best = i;
  }
  EXPECT_EQ(nearest_of(packed, asked).index, best);
  EXPECT_NEAR(nearest_of(packed, asked).distance, least, 1e-3);
  EXPECT_EQ(nearest_of(packed, pictures[20]).index, 20u);
  EXPECT_EQ(nearest_of(packed, pictures[20]).distance, 0);
  EXPECT_THROW(nearest_of(packed, Image({5, 7, 1})), UsageError);
}

TEST(LocalDenoiser, SaysWhatItCannotTake) {
  EXPECT_THROW(LocalPictures({}), UsageError);
  EXPECT_THROW(LocalPictures({Image({2, 2, 1}), Image({2, 3, 1})}), UsageError);
  const auto packed = std::make_shared<LocalPictures>(pictures_of({4, 4, 1}, 3));
  EXPECT_THROW(make_local_denoiser(packed, {-1, false}), UsageError);
  EXPECT_THROW(make_local_denoiser(nullptr, {1, false}), UsageError);
  EXPECT_THROW(make_local_denoiser(packed, {1, false})->predict(point({1, 2}), 0), UsageError);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THROW(
      make_local_denoiser(packed, {1, false})->predict(noisy(pictures_of({4, 4, 1}, 1)[0], 0), 0, stop.get_token()),
      Cancelled);
}

}  // namespace
}  // namespace noiseglass
