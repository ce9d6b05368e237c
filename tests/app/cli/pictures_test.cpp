#include "program.h"

#include "noiseglass/noise.h"
#include "noiseglass/schedule.h"

#include <algorithm>
#include <cmath>

namespace noiseglass {
namespace {

using ::testing::AllOf;
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

TEST_F(Pictures, ComeFromStandardInputAsTheyComeFromFiles) {
  const std::string in = picture();
  write_whole(path("mixture.json"), std::string(R"({"components": [{"weight": 1, "mean": [0], "std": 1}]})"));
  const std::vector<std::vector<std::string>> all = {
      {"corrupt", "FILE", "--t", "300", "--npy", "-"},
      {"reverse", "FILE", "--from", "3", "--denoiser", "oracle", "--npy", "-"},
      {"denoise", "FILE", "--sigma", "25", "--denoiser", "gaussian", "--npy", "-"},
      {"trajectory", "--mixture", "FILE", "--start", "1", "--sample-steps", "3"},
  };
  for (std::vector<std::string> arguments : all) {
    const std::string file = arguments[0] == "trajectory" ? path("mixture.json") : in;
    const auto at = std::ranges::find(arguments, "FILE");
    *at = file;
    const std::string expected = output_of(arguments);
    *at = "-";
    const testing::Result result = run(arguments, {}, file);
    EXPECT_EQ(result.status, 0) << result.err;
    EXPECT_EQ(result.out, expected);
    EXPECT_THAT(run(arguments).err, testing::IsOneSentenceWith("-")) << "nothing came in";
  }
}

// One command line serves many pictures: what does nothing for one of them is noted, not refused.
TEST_F(Pictures, ThatAnOptionDoesNothingForAreNoted) {
  output_of({"corrupt", picture(1), "--t", "0", "--npy", path("in.npy")});
  const auto notes_of = [&](const std::vector<std::string>& arguments) {
    const testing::Result result = run(arguments);
    EXPECT_EQ(result.status, 0);
    return result.err;
  };
  EXPECT_THAT(notes_of({"corrupt", path("in.npy"), "--t", "0", "--background", "black", "--npy", "-"}),
              HasSubstr("note: --background has no effect"));
  EXPECT_THAT(notes_of({"denoise", path("in.npy"), "--sigma", "9", "--model", "photo", "--working-size", "4",
                        "--background", "black", "--npy", "-"}),
              AllOf(HasSubstr("--background has no effect"), HasSubstr("--working-size has no effect")));
  EXPECT_THAT(
      notes_of({"denoise", picture(), "--sigma", "9", "--model", "digits", "--working-size", "4", "--npy", "-"}),
      HasSubstr("--working-size has no effect here: model digits"));
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

TEST_F(Pictures, WithAJpegsNameAreJpegs) {
  output_of({"corrupt", picture(), "--t", "0", "--out", path("out.JPG")});
  EXPECT_THAT(text_of("out.JPG"), ::testing::StartsWith("\xff\xd8\xff"));
  EXPECT_EQ(read_picture(path("out.JPG")).shape.width, 7);
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

/// Steps by hand under a schedule by hand: the frames are at those t, and hold what that schedule leaves of the
/// picture.
TEST_F(Pictures, TakeStepsThatWerePlacedByHand) {
  const std::vector<std::string> custom = {"--schedule", "custom", "--set", "knots=0:9,0.3:2,1:-9"};
  std::vector<std::string> words = {"reverse",  picture(),    "--from", "400",           "--denoiser",
                                    "oracle",   "--seed",     "5",      "--times",       "1,0.5,0.1",
                                    "--frames", path("hand"), "--out",  path("back.png")};
  words.insert(words.end(), custom.begin(), custom.end());
  output_of(words);
  std::vector<double> t;
  const auto rows = testing::parse_csv(text_of("hand/steps.csv"));
  for (std::size_t i = 1; i < rows.size(); ++i) t.push_back(std::stod(rows[i][1]));
  EXPECT_EQ(t, (std::vector<double>{400, 200, 40, 0}));
  words = {"corrupt", picture(), "--t", "400", "--seed", "5", "--out", path("start.png")};
  words.insert(words.end(), custom.begin(), custom.end());
  output_of(words);
  EXPECT_EQ(read_picture(path("hand") + "/000_t0400.png").data, read_picture(path("start.png")).data);
  const auto refused = run({"reverse", picture(), "--from", "400", "--denoiser", "oracle", "--times", "1,0.5",
                            "--sample-steps", "4", "--out", path("back.png")});
  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.err, HasSubstr("--times says where the steps are"));
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

// Each picture of a batch is treated as if it had come alone; on the way back its seed is S + i.
TEST_F(Pictures, OfABatchAreThoseTreatedAlone) {
  const std::string first = picture(1);
  output_of({"corrupt", first, "--t", "200", "--npy", path("a.npy")});
  output_of({"corrupt", first, "--t", "300", "--npy", path("b.npy")});
  const std::vector<Image> both = {read_image(path("a.npy")), read_image(path("b.npy"))};
  write_npy(path("both.npy"), both);

  const auto denoised = [&](const char* in) {
    output_of({"denoise", path(in), "--model", "photo", "--sigma", "30", "--npy", path("out.npy")});
    return read_npy(path("out.npy"));
  };
  const auto returned = [&](const char* in, const char* seed) {
    output_of({"reverse", path(in), "--model", "photo", "--from", "100", "--sample-steps", "3", "--seed", seed, "--npy",
               path("out.npy")});
    return read_npy(path("out.npy"));
  };
  ASSERT_EQ(denoised("both.npy").size(), 2u);
  EXPECT_EQ(denoised("both.npy")[1].data, denoised("b.npy")[0].data);
  ASSERT_EQ(returned("both.npy", "5").size(), 2u);
  EXPECT_EQ(returned("both.npy", "5")[0].data, returned("a.npy", "5")[0].data);
  EXPECT_EQ(returned("both.npy", "5")[1].data, returned("b.npy", "6")[0].data);
}

// The oracle must be told each picture's own clean one.
TEST_F(Pictures, OfABatchComeBackThroughTheOracle) {
  output_of({"corrupt", picture(), "--t", "0", "--npy", path("a.npy")});
  Image other = read_image(path("a.npy"));
  for (float& value : other.data) value = -value;
  write_npy(path("both.npy"), std::vector<Image>{read_image(path("a.npy")), other});
  output_of({"reverse", path("both.npy"), "--from", "700", "--denoiser", "oracle", "--sample-steps", "4", "--npy",
             path("back.npy")});
  const std::vector<Image> back = read_npy(path("back.npy"));
  ASSERT_EQ(back.size(), 2u);
  for (std::size_t i = 0; i < other.data.size(); ++i) EXPECT_NEAR(back[1].data[i], other.data[i], 1e-4);
}

// A set of the picture and its negative: of two pictures, each finds its own, the second mirrored.
TEST_F(Pictures, FindTheNearestOfASet) {
  Image image(Shape{8, 8, 1}), negative(Shape{8, 8, 1}), mirrored(Shape{8, 8, 1});
  for (int i = 0; i < 64; ++i) image.data[std::size_t(i)] = float(i * i % 61) / 30 - 1;
  for (int i = 0; i < 64; ++i) negative.data[std::size_t(i)] = -image.data[std::size_t(i)];
  for (int i = 0; i < 64; ++i) mirrored.data[std::size_t(i)] = negative.data[std::size_t(i / 8 * 8 + 7 - i % 8)];
  ByteImage sheet(Shape{16, 8, 1});
  const ByteImage halves[] = {to_bytes(image), to_bytes(negative)};
  for (std::size_t i = 0; i < 128; ++i) sheet.data[i] = halves[i / 64].data[i % 64];
  write_png(path("sheet.png"), sheet);
  const std::string description =
      R"({"title": "two", "picture": "sheet.png", "side": 8, "columns": 1, "names": ["plain", "the \"other\""]})";
  write_whole(path("set.json"), description);
  write_npy(path("two.npy"), std::vector<Image>{image, mirrored});
  const auto rows = testing::parse_csv(output_of({"nearest", path("two.npy"), "--set", path("set.json")}));
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0], (std::vector<std::string>{"picture", "distance", "nearest", "flipped", "dx", "dy", "name"}));
  EXPECT_NEAR(std::stod(rows[1][1]), 0, 1);  // the set is of bytes
  EXPECT_EQ(rows[1][2] + rows[1][3] + rows[1][6], "00\"plain\"");
  EXPECT_EQ(rows[2][2] + rows[2][3] + rows[2][6], R"(11"the ""other""")");
  write_whole(path("set.json"), R"({"unseen_distance": 21.5, )" + description.substr(1));
  EXPECT_THAT(run({"nearest", path("two.npy"), "--set", path("set.json")}).err,
              HasSubstr("unseen real pictures are at a median distance of 21.5"));
  EXPECT_THAT(run({"nearest", path("two.npy")}).err, HasSubstr("--model"));
  EXPECT_THAT(run({"nearest", path("two.npy"), "--model", "photo"}).err, HasSubstr("do not come"));
}

TEST_F(Pictures, KeepTheirSizeAndColourWhenTheNetworkDenoisesThem) {
  for (const int channels : {1, 3}) {
    output_of({"denoise", picture(channels), "--model", "photo", "--sigma", "25", "--out", path("out.png")});
    EXPECT_EQ(read_picture(path("out.png")).shape, (Shape{6, 7, channels}));
  }
}

}  // namespace
}  // namespace noiseglass
