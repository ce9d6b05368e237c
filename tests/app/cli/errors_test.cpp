// Errors are one sentence on standard error, with exit status 2 for wrong use and 1 for what failed.
#include "program.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <limits>

namespace noiseglass {
namespace {

using testing::IsOneSentenceWith;
using testing::Result;

class Errors : public testing::CommandLine {
 protected:
  /// A network of the right form, whose weights are as large as F16 has them, and 2.6e36 where they are F32.
  void write_huge_weights() const {
    std::vector<char> file = read_whole(assets_folder() / "models/digits.safetensors");
    std::uint64_t header = 0;
    std::memcpy(&header, file.data(), sizeof header);
    const std::uint16_t huge = 0x7BFF;
    for (std::size_t at = sizeof header + header; at + sizeof huge <= file.size(); at += sizeof huge)
      std::memcpy(file.data() + at, &huge, sizeof huge);
    write_whole(path("huge.safetensors"), file);
  }
};

struct Wrong {
  std::vector<std::string> arguments;
  std::string part;
};

TEST_F(Errors, WrongUseEndsWithStatus2) {
  const std::string in = picture();
  write_whole(path("mixture.json"), std::string(R"({"components": [{"weight": 1, "mean": [0], "std": 1}]})"));
  const std::vector<Wrong> all = {
      {{"samlpe"}, "did you mean \"sample\"?"},
      {{"corupt", in, "--t", "3"}, "did you mean \"corrupt\"?"},
      {{"corrupt", in, "--t", "3", "--stesp", "10"}, "did you mean \"--steps\"?"},
      {{"corrupt", in, "--t", "3", "--out", "x.png", "--schedule", "linaer"}, "did you mean \"linear\"?"},
      {{"reverse", in, "--from", "9", "--out", "x.png", "--sampler", "ddimm"}, "did you mean \"ddim\"?"},
      {{"reverse", in, "--from", "9", "--out", "x.png", "--denoiser", "orakle"}, "did you mean \"oracle\"?"},
      {{"reverse", in, "--from", "9", "--out", "x.png", "--spacing", "trailling"}, "did you mean \"trailing\"?"},
      {{"reverse", in, "--from", "9", "--out", "x.png", "--model", "digit"}, "did you mean \"digits\"?"},
      {{"schedule", "cosine", "--set", "ss=1"}, "did you mean \"s\"?"},
      {{"schedule", "cosine", "--set", "s"}, "beta_end=0.02"},
      {{"schedule", "cosine", "--set", "s=big"}, "must be a number"},
      {{"schedule", "custom", "--set", "knots=0:9,1"}, "is no list of pairs"},
      {{"schedule", "custom", "--set", "knots=0:9,1:10"}, "falls from knot to knot"},
      {{"schedule", "linear", "--set", "knots=0:9,1:-9"}, "is not a parameter of linear"},
      {{"schedule", "cosine", "--steps", "0"}, "--steps is \"0\""},
      {{"schedule"}, "NAME is required"},
      {{"corrupt", in, "--out", "x.png"}, "--t is required"},
      {{"corrupt", in, "--t", "1001", "--out", "x.png"}, "t = 1001"},
      {{"corrupt", in, "--t", "-1", "--out", "x.png"}, "--t is \"-1\""},
      {{"corrupt", in, "--t", "3"}, "--out or --npy"},
      {{"corrupt", in, "--t", "3", "--out", "-", "--npy", "-"}, "both"},
      {{"corrupt", in, "--t", "3", "--seed", "-1", "--out", "x.png"}, "seed"},
      {{"corrupt", in, "--t", "3", "--out", "x.png", "--background", "mauve"}, "not a colour"},
      {{"reverse", in, "--from", "0", "--denoiser", "oracle", "--out", "x.png"}, "--from is \"0\""},
      {{"reverse", in, "--from", "1001", "--denoiser", "oracle", "--out", "x.png"}, "t = 1001"},
      {{"reverse", in, "--from", "5", "--sample-steps", "6", "--denoiser", "oracle", "--out", "x.png"}, "6 sampling"},
      {{"reverse", in, "--from", "5", "--sampler", "euler", "--eta", "0", "--denoiser", "oracle", "--out", "x.png"},
       "--eta has no effect"},
      {{"reverse", in, "--from", "5", "--eta", "1", "--set", "eta=1", "--denoiser", "oracle", "--out", "x.png"},
       "twice"},
      {{"reverse", in, "--from", "5", "--model", "photo", "--denoiser", "oracle", "--out", "x.png"},
       "--model has no effect"},
      {{"trajectory", "--mixture", path("mixture.json"), "--start", "1", "--sampler", "heun", "--seed", "3"},
       "--seed has no effect"},
      {{"trajectory", "--mixture", path("mixture.json"), "--start", "nan"}, "from -1000000 to 1000000"},
      {{"sample", "--denoiser", "oracle", "--out", "x.png"}, "clean picture"},
      {{"sample", "--count", "0", "--out", "x.png"}, "--count"},
      {{"sample", "--model", "digits", "--class", "eleven", "--out", "x.png"}, "class"},
      {{"sample", "--model", "photo", "--class", "1", "--out", "x.png"}, "no classes"},
      {{"sample", "--model", "digits", "--size", "64x64", "--out", "x.png"}, "32x32 only"},
      {{"denoise", in, "--sigma", "0", "--out", "x.png"}, "--sigma"},
      {{"--frobnicate"}, "--frobnicate"},
      {{"--scale", "1e9"}, "from 0.5 to 4"},
      {{"--scale", "inf"}, "from 0.5 to 4"},
      {{"--scale", "0.01"}, "from 0.5 to 4"},
      {{"--window-size", "99999x99999"}, "sides from 100 to 8192"},
      {{"--window-size", "99999999999x800"}, "sides from 100 to 8192"},
      {{"--window-size", "1280x"}, "sides from 100 to 8192"},
      {{"--window-size", "1280"}, "sides from 100 to 8192"},
      {{"sample", "--model", "photo", "--size", "0x64", "--out", "x.png"}, "sides from 1 to 8192"},
      {{in, in}, "One picture or lesson"},
      {{"a.png", "b.png"}, "One picture or lesson"},
      {{"--light", "schedule", "cosine"}, "--light is for the window"},
      {{"corrupt", in, "--t", "3", "--out", "x.gif"}, ".png, .jpg or .npy"},
      {{"corrupt", in, "--t", "3", "--out", "x.png", "--seed", "18446744073709551616"}, "to 18446744073709551615"},
      {{"reverse", in, "--from", "3", "--sample-steps", "4", "--denoiser", "oracle", "--out", "x.png"}, "from 1 to 3"},
      {{"sample", "--model", "digits", "--class", "3", "--guidance", "8.1", "--out", "x.png"}, "from 0 to 8"},
      {{"sample", "--model", "digits", "--guidance", "2", "--out", "x.png"}, "no --class"},
      {{"sample", "--denoiser", "gaussian", "--guidance", "2", "--out", "x.png"}, "--guidance has no effect"},
      {{"sample", "--model", "digits", "--std", "0.3", "--out", "x.png"}, "--std has no effect"},
      {{"sample", "--model", "digits", "--data", "x", "--out", "x.png"}, "--data has no effect"},
      {{"train-2d", "--seconds", "nan"}, "--seconds"},
      {{"train-2d", "--seconds", "1", "--updates", "5"}, "--seconds"},
      {{"schedule", "linear", "--set", "beta_end=nan"}, "beta_end"},
      {{std::string(300, 'a')}, "is not a command"},
  };
  for (const auto& [arguments, part] : all) {
    const Result result = run(arguments);
    EXPECT_EQ(result.status, 2) << result.err;
    EXPECT_THAT(result.err, IsOneSentenceWith(part));
    EXPECT_EQ(result.out, "");
  }
}

TEST_F(Errors, WhatFailedEndsWithStatus1) {
  const std::string in = picture();
  const std::string text = "no picture, no weights and no mixture either, however long one looks at it";
  with_bytes("text", {text.begin(), text.end()});
  with_bytes("weights.safetensors", {text.begin(), text.end()});
  with_bytes("old_frame.png", {text.begin(), text.end()});
  write_whole(path("huge.json"), std::string(R"({"components": [{"weight": 1, "mean": [1e308], "std": 1e308}]})"));
  std::filesystem::create_directory(path("old"));
  std::filesystem::rename(path("old_frame.png"), path("old/000_t0400.png"));
  Image huge({6, 7, 3}), infinite({6, 7, 3});
  std::ranges::fill(huge.data, 3e38f);
  std::ranges::fill(infinite.data, std::numeric_limits<float>::infinity());
  write_npy(path("huge.npy"), std::vector<Image>{huge});
  write_npy(path("infinite.npy"), std::vector<Image>{infinite});
  write_huge_weights();
  const std::vector<Wrong> all = {
      {{"corrupt", path("missing.png"), "--t", "3", "--out", path("x.png")}, "no such file"},
      {{"corrupt", path("text"), "--t", "3", "--out", path("x.png")}, "not a picture"},
      {{"corrupt", in, "--t", "3", "--out", path("no/x.png")}, "Create the folder"},
      {{"sample", "--model", path("weights.safetensors"), "--out", path("x.png")}, "weights.safetensors"},
      {{"sample", "--model", path("missing.safetensors"), "--out", path("x.png")}, "missing.safetensors"},
      {{"trajectory", "--mixture", path("text"), "--start", "1"}, "not a mixture"},
      {{"corrupt", path("infinite.npy"), "--t", "3", "--out", path("x.png")}, "only finite numbers"},
      {{"denoise", path("huge.npy"), "--sigma", "25", "--out", path("x.png")}, "not finite"},
      {{"denoise", path("huge.npy"), "--sigma", "25", "--npy", path("x.png")}, "not finite"},
      {{"reverse", path("huge.npy"), "--from", "3", "--out", path("x.png")}, "not finite"},
      {{"sample", "--model", path("huge.safetensors"), "--sample-steps", "1", "--out", path("x.png")}, "not finite"},
      {{"sample", "--model", path("huge.safetensors"), "--sample-steps", "1", "--frames", path("new"), "--out",
        path("x.png")},
       "not finite"},
      {{"trajectory", "--mixture", path("huge.json"), "--start", "1"}, "not finite"},
      {{"reverse", in, "--from", "3", "--denoiser", "oracle", "--frames", path("old"), "--out", path("x.png")},
       "not empty"},
  };
  for (const auto& [arguments, part] : all) {
    const Result result = run(arguments);
    EXPECT_EQ(result.status, 1) << result.err;
    EXPECT_THAT(result.err, IsOneSentenceWith(part));
    EXPECT_FALSE(std::filesystem::exists(path("x.png")));
  }
}

TEST_F(Errors, AFullDiskIsNoticed) {
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"corrupt", picture(), "--t", "3", "--out", "/dev/full"},
        {"schedule", "linear", "--csv", "/dev/full"}}) {
    const Result result = run(arguments);
    EXPECT_EQ(result.status, 1);
    EXPECT_THAT(result.err, IsOneSentenceWith("No space left"));
  }
}

TEST_F(Errors, AFullStandardOutputIsNoticed) {
  for (const std::vector<std::string>& arguments : {std::vector<std::string>{"schedule", "linear"},
                                                    {"corrupt", picture(), "--t", "3", "--out", "-"},
                                                    {"samplers"},
                                                    {"--help"}}) {
    const Result result = run(arguments, "/dev/full");
    EXPECT_EQ(result.status, 1);
    EXPECT_THAT(result.err, IsOneSentenceWith("Standard output cannot be written"));
  }
}

TEST_F(Errors, HelpIsNoError) {
  for (const char* command : {"schedule", "corrupt", "reverse", "sample", "denoise", "trajectory", "models"}) {
    const std::string help = output_of({command, "--help"});
    EXPECT_THAT(help, ::testing::HasSubstr("Usage: noiseglass " + std::string(command)));
  }
  EXPECT_THAT(output_of({"--version"}), ::testing::StartsWith("noiseglass "));
}

}  // namespace
}  // namespace noiseglass
