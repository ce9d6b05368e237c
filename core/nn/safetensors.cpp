#include "nn/safetensors.h"

#include "noiseglass/error.h"
#include "noiseglass/limits.h"
#include "noiseglass/platform.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <filesystem>

namespace noiseglass::nn {
namespace {

using nlohmann::json;

std::string shape_text(const std::vector<std::int64_t>& shape) {
  std::string text;
  for (std::int64_t side : shape) text += (text.empty() ? "" : "×") + std::to_string(side);
  return text.empty() ? "a scalar" : text;
}

std::uint64_t little_endian(const unsigned char* bytes, int count) {
  std::uint64_t value = 0;
  for (int i = count - 1; i >= 0; --i) value = value << 8 | bytes[i];
  return value;
}

}  // namespace

float half_to_float(std::uint16_t half) {
  const std::uint32_t sign = std::uint32_t(half & 0x8000) << 16;
  const std::uint32_t exponent = half >> 10 & 31, fraction = half & 1023;
  if (exponent == 0) {  // zero and subnormal: fraction · 2⁻²⁴
    const float value = float(fraction) * 0x1p-24f;
    return sign ? -value : value;
  }
  const std::uint32_t rebased = exponent == 31 ? 255 : exponent + 112;  // infinity and NaN stay what they are
  return std::bit_cast<float>(sign | rebased << 23 | fraction << 13);
}

std::size_t Safetensors::Entry::elements() const {
  std::size_t count = 1;
  for (std::int64_t side : shape) count *= std::size_t(side);
  return count;
}

void Safetensors::fail(const std::string& what) const {
  throw Error("The weights file " + path_ + " cannot be used: " + what);
}

Safetensors::Safetensors(const std::string& path) : path_(path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) fail("there is no such file.");
  if (!std::filesystem::is_regular_file(path, error)) fail("it is not a file.");
  file_.open(std::filesystem::path(path), std::ios::binary);  // takes any name on every system
  const std::uint64_t size = std::filesystem::file_size(path, error);
  if (!file_ || error) fail("it cannot be read; check its permissions.");
  if (size < 8) fail("it is truncated: a safetensors file has at least 8 bytes.");
  unsigned char bytes[8];
  if (!file_.read(reinterpret_cast<char*>(bytes), 8)) fail("it cannot be read.");
  const std::uint64_t length = little_endian(bytes, 8);
  if (length > limits::weights_header) fail("it is not a safetensors file: its header would be absurdly long.");
  if (length > size - 8) fail("it is truncated: its header reaches past the end of the file.");
  data_start_ = 8 + length;
  data_size_ = size - data_start_;
  read_header();
  check_offsets();
}

void Safetensors::read_header() {
  std::string text(data_start_ - 8, '\0');
  if (!file_.read(text.data(), std::streamsize(text.size()))) fail("its header cannot be read.");
  const json header = limits::nests_too_deep(text) ? json() : json::parse(text, nullptr, false);
  if (!header.is_object()) fail("it is not a safetensors file: its header is not a JSON object.");
  for (const auto& [name, value] : header.items()) {
    if (name != "__metadata__") {
      read_entry(name, &value);
      continue;
    }
    if (!value.is_object()) fail("its metadata is not a JSON object.");
    for (const auto& [key, string] : value.items()) {
      if (!string.is_string()) fail("its metadata entry \"" + key + "\" is not a string.");
      metadata_[key] = string.get<std::string>();
    }
  }
}

void Safetensors::read_entry(const std::string& name, const void* json_value) {
  const json& value = *static_cast<const json*>(json_value);
  const auto has = [&](const char* key, auto is) { return value.is_object() && value.contains(key) && is(value[key]); };
  const auto naturals = [](const json& array) {
    return array.is_array() && std::all_of(array.begin(), array.end(), [](const json& n) {
             return n.is_number_unsigned() && n.get<std::uint64_t>() < (1ull << 62);
           });
  };
  const auto is_string = [](const json& j) { return j.is_string(); };
  if (!has("dtype", is_string) || !has("shape", naturals) || !has("data_offsets", naturals) ||
      value["data_offsets"].size() != 2)
    fail("its entry for tensor \"" + name + "\" is malformed.");

  Entry entry;
  const std::string type = value["dtype"].get<std::string>();
  if (type != "F16" && type != "F32")
    fail("tensor \"" + name + "\" is of type " + type + "; only F16 and F32 can be read.");
  entry.half = type == "F16";
  entry.shape = value["shape"].get<std::vector<std::int64_t>>();
  entry.begin = value["data_offsets"][0].get<std::uint64_t>();
  entry.end = value["data_offsets"][1].get<std::uint64_t>();
  if (entry.begin > entry.end || entry.end > data_size_)
    fail("tensor \"" + name + "\" reaches past the end of the file; it may be truncated.");
  std::uint64_t elements = 1;
  for (std::int64_t side : entry.shape) {
    if (side != 0 && elements > limits::tensor_elements / std::uint64_t(side))
      fail("tensor \"" + name + "\" is absurdly large.");
    elements *= std::uint64_t(side);
  }
  if (elements * (entry.half ? 2 : 4) != entry.end - entry.begin)
    fail("tensor \"" + name + "\" has shape " + shape_text(entry.shape) + " but " +
         std::to_string(entry.end - entry.begin) + " bytes of data.");
  entries_.emplace(name, std::move(entry));
}

void Safetensors::check_offsets() const {
  std::vector<const Entry*> sorted;
  for (const auto& [name, entry] : entries_) sorted.push_back(&entry);
  std::sort(sorted.begin(), sorted.end(),
            [](const Entry* a, const Entry* b) { return std::pair(a->begin, a->end) < std::pair(b->begin, b->end); });
  std::uint64_t at = 0;
  for (const Entry* entry : sorted) {
    if (entry->begin < at) fail("two of its tensors overlap.");
    if (entry->begin > at) fail("there is a gap between its tensors.");
    at = entry->end;
  }
  if (at != data_size_) fail("there is data after its last tensor.");
}

std::vector<float> Safetensors::read(const std::string& name, const std::vector<std::int64_t>& shape) {
  const auto found = entries_.find(name);
  if (found == entries_.end()) fail("tensor \"" + name + "\" is missing.");
  const Entry& entry = found->second;
  if (entry.shape != shape)
    fail("tensor \"" + name + "\" has shape " + shape_text(entry.shape) + " where the architecture needs " +
         shape_text(shape) + ".");
  platform::fetch_asset(path_);
  std::vector<unsigned char> bytes(entry.end - entry.begin);
  file_.clear();
  file_.seekg(std::streamoff(data_start_ + entry.begin));
  if (!bytes.empty() && !file_.read(reinterpret_cast<char*>(bytes.data()), std::streamsize(bytes.size())))
    fail("tensor \"" + name + "\" cannot be read; the file may be truncated.");

  std::vector<float> values(entry.elements());
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = entry.half ? half_to_float(std::uint16_t(little_endian(&bytes[2 * i], 2)))
                           : std::bit_cast<float>(std::uint32_t(little_endian(&bytes[4 * i], 4)));
    if (!std::isfinite(values[i])) fail("tensor \"" + name + "\" holds NaN or infinity.");
  }
  return values;
}

}  // namespace noiseglass::nn
