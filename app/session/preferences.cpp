#include "session/preferences.h"

#include "noiseglass/files.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <span>

namespace noiseglass::app {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

json read(const fs::path& file) {
  std::error_code error;
  if (!fs::is_regular_file(file, error)) return json::object();
  try {
    const std::vector<char> bytes = read_whole(file);
    json found = json::parse(bytes, nullptr, false);
    return found.is_object() ? found : json::object();
  } catch (const std::exception&) {
    return json::object();
  }
}

}  // namespace

Preferences read_preferences(const fs::path& file) {
  const json found = read(file);
  Preferences out;
  if (const auto it = found.find("bring_back"); it != found.end() && it->is_boolean()) out.bring_back = *it;
  if (const auto it = found.find("scale"); it != found.end() && it->is_number())
    out.scale = std::clamp(it->get<double>(), 0.6, 2.5);
  return out;
}

void write_preferences(const fs::path& file, const Preferences& preferences) try {
  json all = read(file);
  all["bring_back"] = preferences.bring_back;
  all["scale"] = preferences.scale;
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  const std::string text = all.dump(1) + "\n";
  write_whole(file.string(), std::span<const char>(text.data(), text.size()));
} catch (const std::exception&) {
}

}  // namespace noiseglass::app
