#pragma once

#include "nn/safetensors.h"
#include "noiseglass/image.h"
#include "paths.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace noiseglass::nn::test {

inline std::string fixture(const std::string& name) { return TEST_DATA "/nn/" + name + ".safetensors"; }

inline std::vector<float> tensor(Safetensors& file, const std::string& name) {
  return file.read(name, file.entries().at(name).shape);
}

/// Picture n of an N×C×H×W tensor.
inline Image picture(Safetensors& file, const std::string& name, int n) {
  const auto& shape = file.entries().at(name).shape;
  const std::vector<float> values = tensor(file, name);
  const int C = int(shape[1]), H = int(shape[2]), W = int(shape[3]);
  Image image(Shape{H, W, C});
  for (int c = 0; c < C; ++c)
    for (int y = 0; y < H; ++y)
      for (int x = 0; x < W; ++x) image.at(y, x, c) = values[((std::size_t(n) * C + c) * H + y) * W + x];
  return image;
}

inline double rms(const std::vector<float>& values) {
  double total = 0;
  for (float v : values) total += double(v) * v;
  return std::sqrt(total / double(values.size()));
}

/// Largest difference as a share of the root mean square of `expected`.
inline double error(const std::vector<float>& got, const std::vector<float>& expected) {
  if (got.size() != expected.size()) return 1e30;
  double worst = 0;
  for (std::size_t i = 0; i < got.size(); ++i) {
    const double difference = std::abs(double(got[i]) - expected[i]);
    if (!(difference <= worst)) worst = difference;  // NaN counts
  }
  return worst / rms(expected);
}

using Tensors = std::map<std::string, std::pair<std::vector<std::int64_t>, std::vector<float>>>;

inline std::string safetensors_bytes(const nlohmann::json& header, const std::string& data) {
  const std::string text = header.dump();
  std::string bytes(8, '\0');
  for (int i = 0; i < 8; ++i) bytes[i] = char(std::uint64_t(text.size()) >> 8 * i & 255);
  return bytes + text + data;
}

/// A file in a folder of this process alone, since tests run side by side; the folder goes when the process ends.
inline std::string write_file(const std::string& name, const std::string& bytes) {
  static const struct Folder {
    std::filesystem::path path =
        std::filesystem::temp_directory_path() / ("noiseglass-weights-" + std::to_string(std::random_device{}()));
    Folder() { std::filesystem::create_directories(path); }
    ~Folder() { std::filesystem::remove_all(path); }
  } folder;
  const std::string path = (folder.path / name).string();
  std::ofstream(path, std::ios::binary).write(bytes.data(), std::streamsize(bytes.size()));
  return path;
}

inline std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The JSON header of a safetensors file and what follows it.
inline std::pair<nlohmann::json, std::string> split(const std::string& bytes) {
  std::uint64_t length = 0;
  for (int i = 7; i >= 0; --i) length = length << 8 | std::uint8_t(bytes[i]);
  return {nlohmann::json::parse(bytes.substr(8, length)), bytes.substr(8 + length)};
}

}  // namespace noiseglass::nn::test
