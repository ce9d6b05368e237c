#include "session/preferences.h"

#include "session/state.h"

#include "noiseglass/files.h"
#include "noiseglass/limits.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <span>

namespace noiseglass::app {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t most_recent = 8;

bool is_utf8(const std::string& text) {
  return json(text).dump(-1, ' ', false, json::error_handler_t::replace) ==
         json(text).dump(-1, ' ', false, json::error_handler_t::ignore);
}

json read(const fs::path& file) {
  std::error_code error;
  if (!fs::is_regular_file(file, error)) return json::object();
  try {
    const std::vector<char> bytes = read_whole(file);
    if (limits::nests_too_deep({bytes.data(), bytes.size()})) return json::object();
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
  if (const auto it = found.find("theme"); it != found.end() && it->is_string())
    if (const std::string theme = *it; look_named(theme)) out.theme = theme;
  if (const auto it = found.find("language"); it != found.end() && it->is_string()) out.language = *it;
  if (const auto it = found.find("transitions"); it != found.end() && it->is_boolean()) out.transitions = *it;
  out.toured = !found.empty();  // whoever has preferences has been here before
  if (const auto it = found.find("toured"); it != found.end() && it->is_boolean()) out.toured = *it;
  if (const auto it = found.find("recent"); it != found.end() && it->is_array())
    for (const json& file : *it)
      if (file.is_string() && out.recent.size() < most_recent) out.recent.push_back(file);
  return out;
}

void note_recent(std::vector<std::string>& recent, const fs::path& file) {
  const std::string name = file.string();
  std::erase(recent, name);
  recent.insert(recent.begin(), name);
  recent.resize(std::min(recent.size(), most_recent));
}

void write_preferences(const fs::path& file, const Preferences& preferences) try {
  json all = read(file);
  all["bring_back"] = preferences.bring_back;
  all["scale"] = preferences.scale;
  all["theme"] = preferences.theme;
  all["language"] = preferences.language;
  all["transitions"] = preferences.transitions;
  all["toured"] = preferences.toured;
  all["recent"] = json::array();
  for (const std::string& file : preferences.recent)
    if (is_utf8(file)) all["recent"].push_back(file);  // JSON has no other text
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  const std::string text = all.dump(1) + "\n";
  write_whole(file.string(), std::span<const char>(text.data(), text.size()));
} catch (const std::exception&) {
}

}  // namespace noiseglass::app
