#include "lessons/place.h"

#include "session/folders.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"
#include "noiseglass/limits.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>

namespace noiseglass::lessons {
namespace {

namespace fs = std::filesystem;

/// JSON holds UTF-8 alone, and file names are any bytes.
std::string as_utf8(const std::string& bytes) {
  const nlohmann::json text = bytes;
  return nlohmann::json::parse(text.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)).get<std::string>();
}

/// Bundled lessons keep their place when the program is installed elsewhere; others are known by their path.
std::string key_of(const Lesson& lesson) {
  std::error_code error;
  try {
    if (fs::equivalent(lesson.file.parent_path(), assets_folder() / "lessons", error))
      return as_utf8(lesson.file.stem().string());
  } catch (const Error&) {
  }
  return as_utf8(absolute_path(lesson.file).string());
}

std::optional<int> page_number(const nlohmann::json& entry, const char* name) {
  constexpr std::int64_t most = 1'000'000;
  if (!entry.is_object() || !entry.contains(name) || !entry[name].is_number_integer()) return std::nullopt;
  const auto number = entry[name].get<std::int64_t>();
  return number >= 0 && number <= most ? std::optional(int(number)) : std::nullopt;
}

}  // namespace

fs::path Places::usual_file() {
  const fs::path folder = app::state_folder();
  return folder.empty() ? folder : folder / "lessons.json";
}

Places::Places(fs::path file) : file_(std::move(file)) {
  std::error_code error;
  if (file_.empty() || fs::symlink_status(file_, error).type() == fs::file_type::not_found) return;
  try {
    const std::vector<char> bytes = read_whole(file_);
    if (limits::nests_too_deep({bytes.data(), bytes.size()})) throw Error("not a table of places");
    const auto json = nlohmann::json::parse(bytes);
    if (!json.is_object()) throw Error("not a table of places");
    for (const auto& [key, entry] : json.items()) {
      const auto page = page_number(entry, "page"), furthest = page_number(entry, "furthest");
      if (page && furthest) places_[key] = {*page, *furthest};
    }
    document_.assign(bytes.begin(), bytes.end());
  } catch (const std::exception&) {
    may_write_ = false;
  }
}

Place Places::of(const Lesson& lesson) const {
  const auto found = places_.find(key_of(lesson));
  if (found == places_.end()) return {};
  const int last = int(lesson.pages.size()) - 1;  // the file may have been shortened
  return {std::clamp(found->second.page, 0, last), std::clamp(found->second.furthest, 0, last)};
}

void Places::keep(const Lesson& lesson, int page) {
  Place& place = places_[key_of(lesson)];
  place = {page, std::max(page, place.furthest)};
  if (file_.empty() || !may_write_) return;
  try {
    auto json = nlohmann::json::parse(document_);
    auto& entry = json[key_of(lesson)];
    if (!entry.is_object()) entry = nlohmann::json::object();
    entry["page"] = place.page;
    entry["furthest"] = place.furthest;
    document_ = json.dump(1);
    std::error_code error;
    fs::create_directories(file_.parent_path(), error);
    write_whole(file_.string(), document_);
  } catch (const std::exception&) {
  }
}

}  // namespace noiseglass::lessons
