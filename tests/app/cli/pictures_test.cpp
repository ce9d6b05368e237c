#include "program.h"

#include "noiseglass/noise.h"
#include "noiseglass/schedule.h"

#include <cmath>

namespace noiseglass {
namespace {

using ::testing::HasSubstr;
using Pictures = testing::CommandLine;

TEST_F(Pictures, AtTZeroArePixelForPixelTheSame) {
  for (const int channels : {1, 3}) {
    const std::string in = picture(channels);
    output_of({"corrupt", in, "--t", "0", "--out", path("out.png")});
    EXPECT_EQ(read_picture(path("out.png")).data, read_picture(in).data);
    output_of({"corrupt", in, "--t", "0", "--chain", "--out", path("out.png")});
    EXPECT_EQ(read_picture(path("out.png")).data, read_picture(in).data);
  }
}

TEST_F(Pictures, AreCorruptedAsTheFormulaSays) {
  const std::string in = picture();
  output_of({"corrupt", in, "--schedule", "linear", "--steps", "200", "--t", "77", "--seed", "18446744073709551615",
             "--npy", path("out.npy")});
  const Image x_0 = read_image(in), x_t = read_image(path("out.npy"));
  const double alpha_bar = make_schedule("linear", 200).alpha_bar(77);
  ASSERT_EQ(x_t.shape, x_0.shape);
  for (std::size_t i = 0; i < x_0.data.size(); ++i)
    EXPECT_NEAR(x_t.data[i],
                std::sqrt(alpha_bar) * x_0.data[i] + std::sqrt(1 - alpha_bar) * gaussian({~0ull, streams::forward}, i),
                1e-5);
}

TEST_F(Pictures, OfTheChainHaveOtherNumbers) {
  output_of({"corrupt", picture(), "--t", "50", "--chain", "--npy", path("chain.npy")});
  output_of({"corrupt", picture(), "--t", "50", "--npy", path("shot.npy")});
  EXPECT_NE(read_image(path("chain.npy")).data, read_image(path("shot.npy")).data);
}

TEST_F(Pictures, GoToStandardOutputAsTheyGoToFiles) {
  const std::string png = output_of({"corrupt", picture(), "--t", "300", "--out", "-"});
  output_of({"corrupt", picture(), "--t", "300", "--out", path("out.png"), "--npy", path("out.npy")});
  EXPECT_EQ(png, text_of("out.png"));
  EXPECT_EQ(output_of({"corrupt", picture(), "--t", "300", "--npy", "-"}), text_of("out.npy"));
}

TEST_F(Pictures, InNpyFilesAreTakenUnclippedAndReadAgain) {
  output_of({"corrupt", picture(), "--t", "999", "--npy", path("a.npy")});
  output_of({"corrupt", path("a.npy"), "--t", "0", "--out", path("b.npy")});
  EXPECT_EQ(read_image(path("b.npy")).data, read_image(path("a.npy")).data);
}

// With a perfect guess every deterministic way back ends where the picture was.
TEST_F(Pictures, ComeBackThroughTheOracle) {
  for (const char* sampler : {"ddim", "euler", "heun", "dpm++2m"}) {
    output_of({"reverse", picture(), "--from", "700", "--denoiser", "oracle", "--sampler", sampler, "--sample-steps",
               "7", "--out", path("back.png")});
    EXPECT_EQ(read_picture(path("back.png")).data, read_picture(picture()).data) << sampler;
  }
}

// DDIM clips x̂₀ unless it is guided (see clips_as_usual).
TEST_F(Pictures, AreClippedAsUsualWhenNobodySays) {
  const auto sample = [&](std::vector<std::string> more) {
    std::vector<std::string> all = {"sample", "--model", "digits",         "--class", "4",     "--schedule", "linear",
                                    "--seed", "7",       "--sample-steps", "5",       "--npy", "-"};
    all.insert(all.end(), more.begin(), more.end());
    return output_of(all);
  };
  EXPECT_NE(sample({"--clip"}), sample({"--no-clip"}));
  EXPECT_EQ(sample({}), sample({"--clip"}));
  EXPECT_EQ(sample({"--guidance", "2"}), sample({"--guidance", "2", "--no-clip"}));
}

TEST_F(Pictures, OfEveryStepAreWritten) {
  output_of({"reverse", picture(), "--from", "400", "--denoiser", "oracle", "--sample-steps", "4", "--seed", "5",
             "--frames", path("frames"), "--out", path("back.png")});
  const auto frame = [&](const char* name) { return read_picture(path("frames") + "/" + name).data; };
  output_of({"corrupt", picture(), "--t", "400", "--seed", "5", "--out", path("start.png")});
  EXPECT_EQ(frame("000_t0400.png"), read_picture(path("start.png")).data);
  EXPECT_EQ(frame("004_t0000.png"), read_picture(path("back.png")).data);
  EXPECT_EQ(testing::parse_csv(text_of("frames/steps.csv")).size(), 6u);
}

TEST_F(Pictures, StartLowerWithLeadingSpacingAndANoteSaysSo) {
  const auto result = run({"reverse", picture(), "--from", "400", "--denoiser", "oracle", "--sample-steps", "4",
                           "--spacing", "leading", "--out", path("back.png")});
  EXPECT_EQ(result.status, 0);
  EXPECT_THAT(result.err, HasSubstr("t = 301"));
}

TEST_F(Pictures, ThatDoNotFitTheNetworkAreFittedAndANoteSaysSo) {
  const auto result = run(
      {"reverse", picture(), "--model", "digits", "--from", "100", "--sample-steps", "1", "--out", path("back.png")});
  EXPECT_EQ(result.status, 0);
  EXPECT_THAT(result.err, HasSubstr("32×32"));
  EXPECT_EQ(read_picture(path("back.png")).shape, (Shape{32, 32, 1}));
}

// Sample i belongs to seed + i, whatever the count.
TEST_F(Pictures, SampledTogetherAreThoseSampledAlone) {
  const auto sample = [&](const char* count, const char* seed, const char* file) {
    output_of({"sample", "--model", "digits", "--class", "7", "--count", count, "--seed", seed, "--sample-steps", "2",
               "--npy", path(file)});
    return read_npy(path(file));
  };
  const auto three = sample("3", "10", "three.npy"), last = sample("1", "12", "last.npy");
  ASSERT_EQ(three.size(), 3u);
  EXPECT_EQ(three[0].shape, (Shape{32, 32, 1}));
  EXPECT_EQ(three[2].data, last[0].data);
  EXPECT_NE(three[0].data, three[1].data);
}

TEST_F(Pictures, SampledTogetherMakeAContactSheet) {
  output_of({"sample", "--denoiser", "gaussian", "--count", "5", "--sample-steps", "2", "--out", path("sheet.png")});
  EXPECT_EQ(read_picture(path("sheet.png")).shape, (Shape{2 * 34 - 2, 3 * 34 - 2, 1}));
}

// For N(0, s²) the answer is known: x̂₀ = y·s²/(s² + σ²).
TEST_F(Pictures, AreDenoisedInOneShotAtTheRightNoise) {
  output_of(
      {"denoise", picture(), "--sigma", "51", "--denoiser", "gaussian", "--std", "0.3", "--npy", path("out.npy")});
  const Image y = read_image(picture()), x_0 = read_image(path("out.npy"));
  const double noise = 51 / 127.5, shrink = 0.09 / (0.09 + noise * noise);
  for (std::size_t i = 0; i < y.data.size(); ++i) EXPECT_NEAR(x_0.data[i], y.data[i] * shrink, 1e-6);
}

TEST_F(Pictures, KeepTheirSizeAndColourWhenTheNetworkDenoisesThem) {
  for (const int channels : {1, 3}) {
    output_of({"denoise", picture(channels), "--model", "photo", "--sigma", "25", "--out", path("out.png")});
    EXPECT_EQ(read_picture(path("out.png")).shape, (Shape{6, 7, channels}));
  }
}

}  // namespace
}  // namespace noiseglass
