#include "nn/safetensors.h"

#include "core/nn/fixtures.h"
#include "nn/network.h"
#include "noiseglass/error.h"
#include "noiseglass/model.h"

#include <gmock/gmock.h>

#include <cmath>
#include <random>

namespace noiseglass::nn {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using namespace test;

/// The sentence that opening and reading the whole file ends with, or "" if all is well.
std::string complaint(const std::string& path) {
  try {
    Safetensors file(path);
    for (const auto& [name, entry] : file.entries()) file.read(name, entry.shape);
    return "";
  } catch (const Error& error) {
    return error.what();
  }
}

std::string complaint(const json& header, const std::string& data) {
  return complaint(write_file("case.safetensors", safetensors_bytes(header, data)));
}

json entry(const std::string& type, json shape, json offsets) {
  return {{"dtype", type}, {"shape", std::move(shape)}, {"data_offsets", std::move(offsets)}};
}

TEST(HalfToFloat, IsExactForEveryKindOfNumber) {
  EXPECT_EQ(half_to_float(0x3c00), 1.0f);
  EXPECT_EQ(half_to_float(0xc500), -5.0f);
  EXPECT_EQ(half_to_float(0x7bff), 65504.0f);
  EXPECT_EQ(half_to_float(0x0400), 0x1p-14f);  // smallest normal
  EXPECT_EQ(half_to_float(0x0001), 0x1p-24f);  // smallest subnormal
  EXPECT_EQ(half_to_float(0x83ff), -1023 * 0x1p-24f);
  EXPECT_EQ(half_to_float(0x0000), 0.0f);
  EXPECT_TRUE(std::signbit(half_to_float(0x8000)));
  EXPECT_TRUE(std::isinf(half_to_float(0xfc00)));
  EXPECT_TRUE(std::isnan(half_to_float(0x7c01)));
}

TEST(Safetensors, ReadsBothTypesAndMetadata) {
  const std::string data{"\x00\x00\x80\x3f\x00\x00\x20\xc0\x00\x3c\x00\xc5", 12};
  const json header = {
      {"__metadata__", {{"name", "small"}}}, {"a", entry("F32", {2}, {0, 8})}, {"b", entry("F16", {1, 2}, {8, 12})}};
  Safetensors file(write_file("good.safetensors", safetensors_bytes(header, data)));
  EXPECT_EQ(file.metadata().at("name"), "small");
  EXPECT_EQ(file.read("a", {2}), (std::vector<float>{1, -2.5}));
  EXPECT_EQ(file.read("b", {1, 2}), (std::vector<float>{1, -5}));
  EXPECT_THROW(file.read("a", {1, 2}), Error) << "same size, another shape";
  EXPECT_THROW(file.read("c", {1}), Error) << "missing";
}

TEST(Safetensors, NamesWhatIsWrongWithAFile) {
  EXPECT_THAT(complaint("/nowhere/at-all.safetensors"), HasSubstr("no such file"));
  EXPECT_THAT(complaint(std::filesystem::temp_directory_path().string()), HasSubstr("not a file"));
  EXPECT_THAT(complaint(write_file("short", "seven b")), HasSubstr("truncated"));
  EXPECT_THAT(complaint(write_file("long", std::string(8, '\xff') + "{}")), HasSubstr("absurdly long"));
  EXPECT_THAT(complaint(write_file("past", std::string("\x40\0\0\0\0\0\0\0{}", 10))), HasSubstr("truncated"));
  EXPECT_THAT(complaint(write_file("text", std::string("\x02\0\0\0\0\0\0\0]]", 10))), HasSubstr("not a JSON object"));
}

TEST(Safetensors, NamesWhatIsWrongWithATensor) {
  const std::string eight(8, '\0');
  EXPECT_EQ(complaint({{"a", entry("F32", {2}, {0, 8})}}, eight), "");
  EXPECT_THAT(complaint({{"a", entry("F32", {2}, {0, 8})}}, "1234567"), HasSubstr("past the end"));
  EXPECT_THAT(complaint({{"a", entry("F32", {2}, {8, 0})}}, eight), HasSubstr("past the end"));
  EXPECT_THAT(complaint({{"a", entry("F32", {3}, {0, 8})}}, eight), HasSubstr("8 bytes"));
  EXPECT_THAT(complaint({{"a", entry("F64", {1}, {0, 8})}}, eight), HasSubstr("F64"));
  EXPECT_THAT(complaint({{"a", entry("F32", {-2}, {0, 8})}}, eight), HasSubstr("malformed"));
  EXPECT_THAT(complaint({{"a", entry("F32", {2.5}, {0, 8})}}, eight), HasSubstr("malformed"));
  EXPECT_THAT(complaint({{"a", entry("F32", {2}, {0, 8, 9})}}, eight), HasSubstr("malformed"));
  EXPECT_THAT(complaint({{"a", 3}}, eight), HasSubstr("malformed"));
  EXPECT_THAT(complaint({{"a", entry("F32", {1ll << 40, 1ll << 40}, {0, 8})}}, eight), HasSubstr("absurdly large"));
  EXPECT_THAT(complaint({{"a", entry("F32", {0, 1ll << 40}, {0, 0})}}, ""), HasSubstr("")) << "empty, no crash";
  EXPECT_THAT(complaint({{"a", entry("F32", {2}, {0, 8})}, {"b", entry("F32", {1}, {4, 8})}}, eight),
              HasSubstr("overlap"));
  EXPECT_THAT(complaint({{"a", entry("F32", {1}, {4, 8})}}, eight), HasSubstr("gap"));
  EXPECT_THAT(complaint({{"a", entry("F32", {1}, {0, 4})}}, eight), HasSubstr("after its last"));
  EXPECT_THAT(complaint({{"__metadata__", {{"a", 1}}}}, ""), HasSubstr("not a string"));
  EXPECT_THAT(complaint({{"a", entry("F32", {1}, {0, 4})}}, std::string("\x00\x00\xc0\x7f", 4)), HasSubstr("NaN"));
  EXPECT_THAT(complaint({{"a", entry("F16", {1}, {0, 2})}}, std::string("\x00\xfc", 2)), HasSubstr("infinity"));
}

/// The sentence that loading a changed fixture as a network ends with.
std::string refusal(const std::function<void(json& header, std::string& data)>& change) {
  auto [header, data] = split(read_file(fixture("unet_group")));
  change(header, data);
  try {
    Network::load(write_file("changed.safetensors", safetensors_bytes(header, data)));
    return "";
  } catch (const Error& error) {
    return error.what();
  }
}

std::string refusal_of_architecture(const std::string& key, const json& value) {
  return refusal([&](json& header, std::string&) {
    json arch = json::parse(header["__metadata__"]["architecture"].get<std::string>());
    arch[key] = value;
    header["__metadata__"]["architecture"] = arch.dump();
  });
}

TEST(NetworkFile, AcceptsTheFixtureItself) {
  EXPECT_EQ(refusal([](json&, std::string&) {}), "");
}

TEST(NetworkFile, RefusesAnotherArchitecture) {
  EXPECT_THAT(refusal([](json& header, std::string&) { header.erase("__metadata__"); }), HasSubstr("no architecture"));
  EXPECT_THAT(refusal_of_architecture("format", "sd-unet-2"), HasSubstr("sd-unet-2"));
  EXPECT_THAT(refusal_of_architecture("channels", 2), HasSubstr("channels"));
  EXPECT_THAT(refusal_of_architecture("stem", 0), HasSubstr("stem"));
  EXPECT_THAT(refusal_of_architecture("patch", -1), HasSubstr("patch"));
  EXPECT_THAT(refusal_of_architecture("widths", json::array()), HasSubstr("widths"));
  EXPECT_THAT(refusal_of_architecture("widths", {8, "32"}), HasSubstr("widths"));
  EXPECT_THAT(refusal_of_architecture("widths", {8, 64}), HasSubstr("shape"));
  EXPECT_THAT(refusal_of_architecture("widths", {8, 36}), HasSubstr("32"));
  EXPECT_THAT(refusal_of_architecture("blocks", 1e9), HasSubstr("blocks"));
  EXPECT_THAT(refusal_of_architecture("blocks", 3), HasSubstr("missing"));
  EXPECT_THAT(refusal_of_architecture("norm", "batch"), HasSubstr("norm"));
  EXPECT_THAT(refusal_of_architecture("groups", 3), HasSubstr("groups"));
  EXPECT_THAT(refusal_of_architecture("attention", 1), HasSubstr("attention"));
  EXPECT_THAT(refusal_of_architecture("classes", 12), HasSubstr("class_embed"));
  EXPECT_THAT(refusal_of_architecture("frequencies", 1), HasSubstr("frequencies"));
}

TEST(NetworkFile, RefusesMetadataThatMakesNoSense) {
  const auto with = [](const std::string& key, const std::string& value) {
    return refusal([&](json& header, std::string&) { header["__metadata__"][key] = value; });
  };
  EXPECT_THAT(with("prediction", "epsilon"), HasSubstr("epsilon"));
  EXPECT_THAT(with("size", "-3"), HasSubstr("-3"));
  EXPECT_THAT(with("size", "99999999999999999999"), HasSubstr("size"));
  EXPECT_THAT(with("class_names", "{\"a\":1}"), HasSubstr("class names"));
  EXPECT_THAT(with("class_names", json(std::vector<std::string>(11, "x")).dump()), HasSubstr("more classes"));
  EXPECT_EQ(with("class_names", "[\"zero\",\"one\"]"), "") << "missing names are filled in";
}

TEST(NetworkFile, RefusesNaNWeights) {
  EXPECT_THAT(refusal([](json& header, std::string& data) {
                data.replace(header["stem.weight"]["data_offsets"][0].get<std::size_t>(), 4,
                             std::string("\0\0\xc0\x7f", 4));
              }),
              HasSubstr("stem.weight"));
}

TEST(ReadModelInfo, TellsWhatTheFileSays) {
  const ModelInfo info = read_model_info(fixture("unet_pixel"));
  EXPECT_EQ(info.name, "fixture-pixel");
  EXPECT_EQ(info.prediction, "v");
  EXPECT_EQ(info.channels, 3);
  EXPECT_EQ(info.size, 0) << "any size";
  EXPECT_TRUE(info.class_names.empty());
  EXPECT_EQ(info.parameters, 31'043u);
  EXPECT_EQ(read_model_info(fixture("unet_group")).class_names.size(), 10u);
}

// Whatever happens to the bytes, loading ends with an Error or with a network: no crash, no other exception.
TEST(NetworkFile, SurvivesMutation) {
  const std::string original = read_file(fixture("unet_pixel"));
  std::uint64_t header = 0;
  for (int i = 7; i >= 0; --i) header = header << 8 | std::uint8_t(original[i]);
  std::mt19937 random(1);
  const auto below = [&](std::size_t n) { return std::size_t(random()) % n; };
  int loaded = 0, refused = 0;
  for (int round = 0; round < 400; ++round) {
    std::string bytes = original;
    const std::size_t changes = 1 + below(4);
    for (std::size_t i = 0; i < changes; ++i) {
      const std::size_t at = below(4) ? below(8 + header) : below(bytes.size());  // mostly the header
      switch (below(5)) {
        case 0:
          bytes[at] = char(random());
          break;
        case 1:
          bytes[at] = char(bytes[at] ^ 1 << below(8));
          break;
        case 2:
          bytes[at] = "0123456789[]{},:\""[below(17)];
          break;
        case 3:
          bytes.erase(at, 1 + below(9));
          break;
        default:
          bytes.insert(at, bytes.substr(below(8 + header), 1 + below(40)));
          break;
      }
    }
    if (below(10) == 0) bytes.resize(below(bytes.size()));
    try {
      Network::load(write_file("mutant.safetensors", bytes));
      ++loaded;
    } catch (const Error& error) {
      ++refused;
      EXPECT_GT(std::string(error.what()).size(), 30u);
    }
  }
  EXPECT_GT(refused, 100);
  EXPECT_GT(loaded, 10);
}

}  // namespace
}  // namespace noiseglass::nn
