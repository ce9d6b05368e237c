// Every number that a bundled lesson states: computed here, and looked for in the lesson's text. Where a text changes,
// the claim that it makes is to be found again, or the test with it.

#include "lessons/library.h"

#include "noiseglass/corruption.h"
#include "noiseglass/denoiser.h"
#include "noiseglass/discrete.h"
#include "noiseglass/files.h"
#include "noiseglass/fitting.h"
#include "noiseglass/latent.h"
#include "noiseglass/library.h"
#include "noiseglass/model.h"
#include "noiseglass/network_denoiser.h"
#include "noiseglass/one_dimension.h"
#include "noiseglass/picture_set.h"
#include "noiseglass/point_model.h"
#include "noiseglass/points.h"
#include "noiseglass/sampler.h"
#include "noiseglass/spectrum.h"
#include "noiseglass/straight_paths.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>
#include <set>

namespace noiseglass::lessons {
namespace {

using ::testing::HasSubstr;

std::string text_of(const std::string& lesson) {
  const std::vector<char> bytes = read_whole(find_lesson(lesson).file);
  return {bytes.begin(), bytes.end()};
}

/// The lesson has these words.
void says(const std::string& lesson, const std::string& words) { EXPECT_THAT(text_of(lesson), HasSubstr(words)); }

const Schedule& linear() {
  static const Schedule schedule = make_schedule("linear", 1000);
  return schedule;
}
const Schedule& cosine() {
  static const Schedule schedule = make_schedule("cosine", 1000);
  return schedule;
}

ByteImage bundled_picture(const std::string& name) {
  for (const BundledPicture& picture : load_library().pictures)
    if (picture.path.stem() == name) return read_picture(picture.path);
  throw Error("There is no picture " + name + ".");
}

TEST(LessonNumbers, OfTheForwardProcess) {
  const auto weight = [](int t) { return std::sqrt(linear().alpha_bar(t)); };
  EXPECT_NEAR(linear().alpha_bar(260), 0.4976, 5e-5);
  EXPECT_NEAR(weight(260), 0.705, 5e-4);
  EXPECT_NEAR(linear().sigma(260), 0.709, 5e-4);
  says("1", R"($\sqrt{0.4976} = 0.705$ for the picture, $\sqrt{0.5024} = 0.709$ for the noise)");
  EXPECT_NEAR(linear().alpha_bar(500), 0.0786, 5e-5);
  EXPECT_NEAR(weight(500), 0.28, 5e-3);
  EXPECT_NEAR(linear().sigma(500), 0.96, 5e-3);
  says("1", R"($\bar\alpha_{500} = 0.0786$, so the picture has the weight 0.28 and the noise 0.96)");
  EXPECT_GE(weight(954), 0.01);
  EXPECT_LT(weight(955), 0.01);
  says("1", "falls below 0.01 at $t = 955$");
  EXPECT_NEAR(weight(1000), 0.0064, 5e-5);
  EXPECT_NEAR(255 * weight(1000), 1.6, 0.05);
  EXPECT_NEAR(linear().sigma(1000), 0.99998, 5e-6);
  says("1", "0.0064 of the picture against 0.99998 of noise");
  says("1", "at most 1.6 of 255 levels");

  double added = 0;
  for (int t = 1; t <= 1000; ++t) added += linear().beta(t);
  EXPECT_NEAR(added, 10.05, 5e-3);
  says("1", "10.05 in all");
  const double variance = variance_of(to_image(bundled_picture("budgie-branch")));
  EXPECT_NEAR(variance, 0.17, 5e-3);
  says("1", "that of this photograph, 0.17");
  EXPECT_NEAR(1 / variance, 6, 0.5);
  says("1", "at 0 dB the noise already has six times the power of the picture");
  EXPECT_NEAR(10 * std::log10(variance), -7.7, 0.05);
  says("1", "7.7 dB lower at every $t$");
}

TEST(LessonNumbers, OfTheSchedules) {
  EXPECT_NEAR(std::sqrt(linear().alpha_bar(300)), 0.63, 5e-3);
  EXPECT_NEAR(std::sqrt(cosine().alpha_bar(300)), 0.89, 5e-3);
  says("2", "0.63 above and 0.89 below");
  const auto first_below = [](const Schedule& schedule, double alpha_bar) {
    int t = 0;
    while (schedule.alpha_bar(t) >= alpha_bar) ++t;
    return t;
  };
  EXPECT_EQ(first_below(linear(), 0.5), 260);
  EXPECT_EQ(first_below(cosine(), 0.5), 497);
  says("2", "it gets there at $t = 260$");
  says("2", "at $t = 497$");
  EXPECT_NEAR(cosine().alpha_bar(750), 0.14, 5e-3);
  says("2", R"($\bar\alpha_{750}$ is 0.14)");
  const double minus_20_db = 1 / 101.0;
  EXPECT_EQ(first_below(linear(), minus_20_db), 675);
  EXPECT_EQ(1001 - first_below(linear(), minus_20_db), 326);
  EXPECT_EQ(1001 - first_below(cosine(), minus_20_db), 64);
  says("2", "from $t = 675$ on, 326 steps");
  says("2", "which has 64 such steps");
  const double left = make_schedule("linear", 50, {{"scale_to_steps", 0}}).alpha_bar(50);
  EXPECT_NEAR(left, 0.60, 5e-3);
  EXPECT_NEAR(std::sqrt(left), 0.78, 5e-3);
  says("2", R"($\bar\alpha_{50}$ is 0.60: its noisiest pictures still contain the picture with weight 0.78 and 60 %)");
  EXPECT_NEAR(cosine().snr_db(999), -56, 0.5);
  EXPECT_NEAR(cosine().snr_db(1000), -86, 0.5);
  says("2", "At $t = 999$ it is at −56 dB");
  EXPECT_NEAR(std::sqrt(cosine().alpha_bar(1000)), 0.00005, 5e-6);
  EXPECT_NEAR(linear().beta(1000), 0.02, 1e-9);
  EXPECT_NEAR(cosine().alpha(1000), 0.001, 1e-9);
  says("2", "exchanges 2 % of the variance");
  says("2", "only 0.1 % of the variance was kept");
}

/// What the photo network makes of a photograph with noise, and what it was.
struct Estimate {
  Image x_0;
  Prediction guess;
};
Estimate estimate(const std::string& picture, const Schedule& schedule, int t) {
  const Library library = load_library();
  const auto photo = std::ranges::find(library.models, "photo", &ModelInfo::name);
  const Image x_0 = fit_to_model(bundled_picture(picture), *photo, 512).x_0;
  const auto network = make_network_denoiser(Network::load(photo->path), -1, 1);
  return {x_0, network->predict(to_state(corrupt(x_0, schedule, t, 7)), schedule.log_snr(t))};
}

TEST(LessonNumbers, OfANetworksGuessInMuchNoise) {
  const Estimate found = estimate("casa-mila", linear(), 675);
  Image guess(found.x_0.shape);
  for (std::size_t i = 0; i < guess.data.size(); ++i) guess.data[i] = float(found.guess.x_0[Eigen::Index(i)]);
  const double mean_colour = 10 * std::log10(4 / variance_of(found.x_0));
  EXPECT_NEAR(psnr_db(guess, found.x_0) - mean_colour, 5.6, 0.3);
  says("2", "is 5.6 dB closer to the truth than the mean colour");
}

TEST(LessonNumbers, OfTheErrorOfNoise) {
  const auto error = [](int t) {
    const Estimate found = estimate("roman-colosseum", cosine(), t);
    const Eigen::ArrayXd clean = to_state(found.x_0).values;
    return (found.guess.x_0 - clean).square().mean() * cosine().alpha_bar(t) / cosine().variance(t);
  };
  EXPECT_NEAR(error(50), 0.1, 0.05);
  EXPECT_LT(error(600), 0.01);
  says("3", "from about 0.1 at t = 50 to less than 0.01 at t = 600");
  EXPECT_NEAR(0.001 / std::sqrt(cosine().alpha_bar(1000)), 20, 1);
  says("3", "an error of a thousandth in the noise becomes an error of 20");
}

TEST(LessonNumbers, OfAStepBackOnTheLine) {
  const Mixture1D humps({{1, -1, 0.16}, {1, 1, 0.16}});
  const auto off = [&](int step) {
    const ReverseStep back(humps, cosine(), 500, 500 - step);
    return total_variation(back.exact(0.1), back.stand_in(0.1, StepVariance::matched));
  };
  EXPECT_LT(off(20), 0.01);
  EXPECT_GT(off(400), 0.5);
  const ReverseStep small(humps, cosine(), 500, 440);
  EXPECT_LT(kl_divergence(small.exact(0.1), small.stand_in(0.1, StepVariance::matched)), 0.01);
  const Normal1D learned = small.stand_in(0.1, StepVariance::beta_tilde), told = small.given_x_0(1, 0.1);
  EXPECT_DOUBLE_EQ(learned.std, told.std);
  EXPECT_NEAR(learned.mean, small.moments(0.1).mean, 1e-12);
  says("7", "the green one, which knows $x_0$, have the same width");
  says("7", "that is the mean of the true step");

  const auto between = [&](int step) {
    const Paths1D paths = reverse_paths(humps, cosine(), {.step = step, .count = 4000, .kept = 0, .seed = 7});
    const auto found = std::ranges::count_if(paths.ends, [](double x) { return std::abs(x) < 0.5; });
    return double(found) / double(paths.ends.size());
  };
  EXPECT_NEAR(between(500), 0.25, 0.03);
  EXPECT_LT(between(20), 0.005);
  EXPECT_NEAR(std::erfc(0.5 / 0.16 / std::sqrt(2.0)) / 2, 0.001, 2e-4);  // of one hump, and by symmetry of both
  says("4", "a quarter of them end up between −0.5 and 0.5, where the data have one in a thousand");
}

TEST(LessonNumbers, OfWhatWasMeasured) {
  std::ifstream file(assets_folder() / "measurements" / "digits.json");
  const nlohmann::json table = nlohmann::json::parse(file);
  const auto cell = [&](const std::string& schedule, const std::string& sampler, int steps, const char* what) {
    for (const auto& row : table["rows"])
      if (row["schedule"] == schedule && row["sampler"] == sampler && row["steps"] == steps)
        return row[what].get<double>();
    throw Error("There is no such cell.");
  };
  EXPECT_NEAR(cell("cosine", "ddpm", 5, "accuracy"), 0.98, 5e-3);
  EXPECT_NEAR(cell("cosine", "ddpm", 50, "accuracy"), 0.96, 5e-3);
  says("5", "read 98 % as the digit asked for; in 50 steps it was 96 %");
  EXPECT_NEAR(cell("cosine", "ddpm", 50, "recall"), 0.84, 5e-3);
  EXPECT_NEAR(cell("cosine", "ddpm", 5, "recall"), 0.62, 5e-3);
  says("5", "500 samples covered 84 % in 50 steps, but 62 % in 5");
  EXPECT_NEAR(cell("cosine", "ddpm", 5, "frechet"), 13.7, 0.05);
  EXPECT_NEAR(cell("cosine", "ddpm", 250, "frechet"), 6.0, 0.05);
  for (const auto& [few, many] : {std::pair(5, 10), {10, 20}, {20, 50}, {50, 250}})
    EXPECT_GT(cell("cosine", "ddpm", few, "frechet"), cell("cosine", "ddpm", many, "frechet"));
  says("5", "Under the cosine schedule DDPM improves all along its row, from 13.7 to 6.0");
  EXPECT_NEAR(cell("cosine", "heun", 5, "frechet"), 8.6, 0.05);
  EXPECT_NEAR(cell("cosine", "heun", 250, "frechet"), 10.4, 0.05);
  says("5", "from 8.6 in 5 steps to 10.4 in 250");
  for (const char* sampler : {"ddim", "heun", "dpm++2m"})
    EXPECT_NEAR(cell("cosine", sampler, 250, "frechet"), 10.5, 0.1) << sampler;
  for (const char* sampler : {"ddpm", "ddim", "heun", "dpm++2m"})
    EXPECT_GT(cell("linear", sampler, 5, "frechet"), 1.3 * cell("cosine", sampler, 5, "frechet")) << sampler;
  EXPECT_NEAR(table["real"]["500"]["frechet"].get<double>(), 6.4, 0.05);
  EXPECT_NEAR(cell("linear", "ddpm", 50, "frechet"), 5.1, 0.05);
  says("5", "500 *real* digits in the samples' place scored 6.4");
}

TEST(LessonNumbers, OfTheEvaluationsOfHeun) {
  struct Counting : Denoiser {
    mutable int count = 0;
    Prediction predict(const State& x_t, double log_snr, std::stop_token) const override {
      ++count;
      return Prediction::from_x_0(x_t.values, log_snr, Eigen::ArrayXd::Zero(x_t.values.size()));
    }
  };
  const auto counting = std::make_shared<Counting>();
  const auto sampler = make_sampler(
      "heun", {cosine(), make_timesteps("trailing", cosine(), 6), counting, {{1, 1, 1}, Eigen::ArrayXd::Ones(1)}});
  while (!sampler->done()) sampler->step();
  EXPECT_EQ(counting->count, 10);
  says("5", "Ten evaluations here");
}

/// Six pairs as the panel opens with.
TEST(LessonNumbers, OfTheStraightPaths) {
  const PairFlow flow({{-1.5, 1.2}, {-1.1, -0.4}, {-0.9, 0.6}, {0.9, -1.3}, {1.2, 0.1}, {1.4, -0.8}}, 0.15);
  double off = 0;
  for (const Pair1D& pair : flow.pairs())
    off += std::abs(flow.euler(pair.noise, 2).back() - flow.path(pair.noise, 1).back()) / 6;
  EXPECT_NEAR(off, 1.2, 0.06);
  says("12", "On average they end 1.2 away from where they should");
}

/// The same digit from the same noise levels, whatever the schedule.
TEST(LessonNumbers, OfThreeStepsAtTheSameLevels) {
  const Library library = load_library();
  const auto digits = std::ranges::find(library.models, std::string("digits"), &ModelInfo::name);
  const auto denoiser = make_network_denoiser(Network::load(digits->path), -1, 1);
  const auto digit = [&](const Schedule& schedule, std::vector<int> timesteps) {
    State start = to_state(gaussian_image({2, streams::forward}, {32, 32, 1}));
    const auto sampler = make_sampler("ddim", {schedule, std::move(timesteps), denoiser, std::move(start), 2, true});
    SamplerStep step;
    while (!sampler->done()) step = sampler->step();
    return to_image(step.x_t);
  };
  const Image wanted = digit(cosine(), make_timesteps("trailing", cosine(), 3));
  EXPECT_LT(psnr_db(digit(linear(), make_timesteps("trailing", linear(), 3)), wanted), 30);
  EXPECT_GT(psnr_db(digit(linear(), timesteps_at({1, 0.37, 0.168}, 1000)), wanted), 40);
  says("13", "lane1.times = 1,0.37,0.168");
  says("13", "The digit of the second lane, as far as the eye can tell");
}

TEST(LessonNumbers, OfTheScoreAtTheProbe) {
  const PointModel moons(find_record("data set", dataset_records(), "two_moons").make(500, 1), 0.06);
  const auto length = [&](int t) { return moons.posterior({0.9, 1.3}, cosine().log_snr(t)).score.matrix().norm(); };
  EXPECT_NEAR(length(120), 18.9, 0.05);
  EXPECT_NEAR(length(400), 2.9, 0.05);
  says("6", "At $t = 400$ the score there has the length 2.9");
  says("6", "the length is 18.9 now");
}

TEST(LessonNumbers, OfMasksAndRandomLetters) {
  std::vector<Tokens> members = {tokens_of_text("the cat hides in the noise again.", 44)};
  for (const std::string& sentence : read_sentences()) members.push_back(tokens_of_text(sentence, 44));
  EXPECT_EQ(members.size(), 13u);
  says("8", "The panel knows a dozen sentences and yours");
  EXPECT_NEAR(cosine().alpha_bar(800), 0.1, 0.01);
  says("8", "Nine letters in ten have been hit here");
  const auto weight = [&](const char* kind, std::uint64_t seed) {
    const Transition transition = make_transition(kind, int(letters.size()));
    const Tokens x_t = corrupt_tokens(members[0], transition, cosine(), 800, seed);
    return member_weights(members, x_t, transition, cosine(), 800)[0];
  };
  double masks = 0, dice = 0;
  for (std::uint64_t seed = 0; seed < 400; ++seed) masks += weight("absorbing", seed), dice += weight("uniform", seed);
  EXPECT_NEAR(dice / 400, 0.55, 0.05);
  EXPECT_NEAR(masks / 400, 0.90, 0.05);
  EXPECT_NEAR(weight("uniform", 1), 0.43, 5e-3);
  EXPECT_NEAR(weight("absorbing", 1), 1, 5e-3);
  says("8", "from 43 % to 100 %; on average over the noise, from 55 % to 90 %");
}

TEST(LessonNumbers, OfTheCoefficientsOfDigits) {
  const DigitSet digits = read_digit_set();
  std::vector<int> others;
  std::set<int> seen;
  for (int i = 0; i < int(digits.labels.size()); ++i)
    if (!seen.insert(digits.labels[std::size_t(i)]).second) others.push_back(i);
  const Pca pca = Pca::fit(digits.pixels(others, Eigen::all));
  EXPECT_NEAR(pca.explained(40), 0.80, 5e-3);
  EXPECT_NEAR(pca.explained(200), 0.98, 5e-3);
  says("8", "40 numbers keep 80 % of the variance and 200 keep 98 %");
  EXPECT_EQ(DigitSet::side * DigitSet::side, 784);
  says("8", "A digit here has 784 pixels");
}

/// The radii that are nearest to the network are claims of the pages: expect = locality.best.
TEST(LessonNumbers, OfLocality) {
  EXPECT_EQ(read_picture_set(*training_pictures_of("icons")).pictures.size(), 4301u);
  says("10", "from the 4,301 training pictures themselves");
  EXPECT_EQ(2 * 3 + 1, 7);
  says("10", "$r = 3$ means 3 pixels in every direction, 7 by 7 in all");
}

Fourier of_photo(int side) {
  const ByteImage photo = bundled_picture("budgie-branch");
  const Shape shape = fit_longest_side(photo.shape, side);
  return Fourier(smooth_middle(to_image(resize(photo, shape.width, shape.height))));
}

TEST(LessonNumbers, OfTheSpectrum) {
  const Fourier middle = of_photo(256);
  const std::vector<double> power = middle.power();
  EXPECT_GT(power[1] / power[128], 100'000);
  says("11", "the strength falls by a factor of 100,000 and more");
  const int drowned = first_drowned(power, cosine().level(500), middle.shape());
  EXPECT_EQ(drowned, 15);
  says("11",
       "At $t = 500$ everything finer than 14 waves from edge to edge is below the noise; the scale goes up to 128.");
  double kept = 0, all = 0;
  for (int k = 1; k < middle.rings(); ++k) {
    const double part = power[std::size_t(k)] * double(middle.count(k));
    all += part, kept += k < drowned ? part : 0;
  }
  EXPECT_NEAR(kept / all, 0.87, 0.005);
  says("11", "it has 87 % of the picture's variance");
}

TEST(LessonNumbers, OfThreeSizes) {
  const auto finest = [](int side) {
    const Fourier fourier = of_photo(side);
    return first_drowned(fourier.power(), cosine().level(600), fourier.shape());
  };
  EXPECT_EQ(finest(1024) / finest(64), 6);
  EXPECT_EQ((1024 / 64) * (1024 / 64), 256);
  says("11", "keeps waves that are six times as fine. With 16 times the pixels along a side, 256 pixels speak");
  const double shift = 2 * std::log(64.0 / 256);
  EXPECT_NEAR(shift, -2.8, 0.05);
  EXPECT_NEAR(std::exp(-shift), 16, 1e-9);
  says("11", "At 256 pixels that is 2.8 less, a factor of 16");
}

}  // namespace
}  // namespace noiseglass::lessons
