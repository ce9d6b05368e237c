#include "nn/architecture.h"

#include "noiseglass/error.h"
#include "noiseglass/limits.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <functional>

namespace noiseglass {
namespace nn {
namespace {

using nlohmann::json;

/// Reads numbers out of the architecture's JSON; every complaint names the file and the key.
class Fields {
 public:
  Fields(const Safetensors& file, const json& object) : file_(file), object_(object) {}

  [[noreturn]] void fail(const std::string& what) const {
    throw Error("The weights file " + file_.path() + " cannot be used: " + what);
  }
  int number(const json& value, const std::string& key, int low, int high) const {
    if (value.is_number_integer() && value >= low && value <= high) return value.get<int>();
    fail("its architecture has no \"" + key + "\" from " + std::to_string(low) + " to " + std::to_string(high) + ".");
  }
  int number(const std::string& key, int low, int high) const { return number(at(key), key, low, high); }
  bool flag(const std::string& key) const {
    if (!at(key).is_boolean()) fail("its architecture has no \"" + key + "\" that is true or false.");
    return at(key).get<bool>();
  }
  std::vector<int> widths() const {
    const json& list = at("widths");
    if (!list.is_array() || list.empty() || list.size() > 6) fail("its architecture has no list of 1 to 6 widths.");
    std::vector<int> widths;
    for (const json& value : list) widths.push_back(number(value, "widths", 1, 1024));
    return widths;
  }
  std::vector<int> steps() const {
    const json& list = at("steps");
    if (list.is_null()) return {};
    if (!list.is_array() || list.empty() || list.size() > 16)
      fail("its architecture has no list of 1 to 16 \"steps\".");
    std::vector<int> steps;
    for (const json& value : list) steps.push_back(number(value, "steps", 1, 1000));
    if (std::ranges::adjacent_find(steps, std::less_equal<>()) != steps.end()) fail("its \"steps\" do not fall.");
    return steps;
  }
  std::string text(const std::string& key) const {
    return at(key).is_string() ? at(key).get<std::string>() : std::string();
  }

 private:
  const json& at(const std::string& key) const {
    static const json nothing;
    const auto found = object_.find(key);
    return found == object_.end() ? nothing : *found;
  }
  const Safetensors& file_;
  const json& object_;
};

std::string metadata(const Safetensors& file, const std::string& key, const std::string& otherwise = "") {
  const auto found = file.metadata().find(key);
  return found == file.metadata().end() ? otherwise : found->second;
}

}  // namespace

Architecture parse_architecture(const Safetensors& file) {
  const std::string text = metadata(file, "architecture");
  const json object = limits::nests_too_deep(text) ? json() : json::parse(text, nullptr, false);
  const Fields fields(file, object);
  if (!object.is_object())
    fields.fail("its metadata names no architecture; it was not made by this project's training.");
  const std::string format = fields.text("format");
  if (format != "noiseglass-unet-1")
    fields.fail("its architecture is \"" + format + "\"; this program knows \"noiseglass-unet-1\".");

  Architecture a;
  a.channels = fields.number("channels", 1, 3);
  a.stem = fields.number("stem", 1, 256);
  a.patch = fields.number("patch", 1, 8);
  a.widths = fields.widths();
  a.blocks = fields.number("blocks", 1, 16);
  a.middle = fields.number("middle", 1, 32);
  a.attention = fields.flag("attention");
  a.pixel_norm = fields.text("norm") == "pixel";
  a.embedding = fields.number("embedding", 1, 4096);
  a.classes = fields.number("classes", 0, 10'000);
  a.frequencies = fields.number("frequencies", 2, 1024);
  a.steps = fields.steps();
  if (a.channels == 2) fields.fail("its architecture has 2 channels; pictures have 1 or 3.");
  if (!a.pixel_norm && fields.text("norm") != "group") fields.fail("its norm is neither \"group\" nor \"pixel\".");
  if (a.attention && a.widths.back() % 32 != 0) fields.fail("attention needs a lowest width divisible by 32.");
  if (!a.pixel_norm) {
    a.groups = fields.number("groups", 1, 1024);
    for (int width : a.widths)
      if (width % a.groups != 0) fields.fail("its widths are not divisible by the number of groups.");
  }
  return a;
}

ModelInfo model_info(const Safetensors& file, const Architecture& architecture) {
  const Fields fields(file, json::object());
  ModelInfo info;
  info.path = file.path();
  info.name = metadata(file, "name", std::filesystem::path(file.path()).stem().string());
  info.label = metadata(file, "label", info.name);
  info.prediction = metadata(file, "prediction");
  info.channels = architecture.channels;
  info.steps = architecture.steps;
  if (!info.steps.empty()) info.guidance = std::atof(metadata(file, "guidance", "1").c_str());
  info.metadata = file.metadata();
  if (info.prediction != "v") fields.fail("it predicts \"" + info.prediction + "\"; this program reads \"v\".");

  const std::string size = metadata(file, "size", "any");
  if (size != "any") {
    const bool digits = !size.empty() && size.size() < 6 &&
                        std::all_of(size.begin(), size.end(), [](char c) { return c >= '0' && c <= '9'; });
    info.size = digits ? std::stoi(size) : 0;
    if (info.size < 1) fields.fail("its size \"" + size + "\" is neither a number of pixels nor \"any\".");
  }
  const std::string class_names = metadata(file, "class_names", "[]");
  const json names = limits::nests_too_deep(class_names) ? json() : json::parse(class_names, nullptr, false);
  if (!names.is_array() || !std::all_of(names.begin(), names.end(), [](const json& n) { return n.is_string(); }))
    fields.fail("its class names are not a list of strings.");
  info.class_names = names.get<std::vector<std::string>>();
  for (int i = int(info.class_names.size()); i < architecture.classes; ++i)
    info.class_names.push_back("class " + std::to_string(i));
  if (int(info.class_names.size()) != architecture.classes)
    fields.fail("it names more classes than its architecture has.");
  for (const auto& [name, entry] : file.entries())
    if (!name.starts_with("test/")) info.parameters += entry.elements();
  return info;
}

}  // namespace nn

ModelInfo read_model_info(const std::string& path) {
  const nn::Safetensors file(path);
  return nn::model_info(file, nn::parse_architecture(file));
}

}  // namespace noiseglass
