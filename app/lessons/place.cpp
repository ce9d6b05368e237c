#include "lessons/place.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>

namespace noiseglass::lessons {
namespace {

namespace fs = std::filesystem;

/// Bundled lessons keep their place when the program is installed elsewhere; others are known by their path.
std::string key_of(const Lesson& lesson) {
  std::error_code error;
  try {
    if (fs::equivalent(lesson.file.parent_path(), assets_folder() / "lessons", error))
      return lesson.file.stem().string();
  } catch (const Error&) {
  }
  return fs::absolute(lesson.file, error).string();
}

}  // namespace

fs::path Places::usual_file() {
  const char *state = std::getenv("XDG_STATE_HOME"), *home = std::getenv("HOME");
  const fs::path file = fs::path("noiseglass") / "lessons.json";
  if (state && *state) return state / file;
  if (home && *home) return fs::path(home) / ".local" / "state" / file;
  return {};
}

Places::Places(fs::path file) : file_(std::move(file)) {
  std::error_code error;
  if (file_.empty() || !fs::exists(file_, error)) return;
  try {
    const std::vector<char> bytes = read_whole(file_);
    const auto json = nlohmann::json::parse(bytes);
    for (const auto& [key, place] : json.items())
      places_[key] = {place.at("page").get<int>(), place.at("furthest").get<int>()};
  } catch (const std::exception&) {
    places_.clear();
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
  if (file_.empty()) return;
  nlohmann::json json = nlohmann::json::object();
  for (const auto& [key, kept] : places_) json[key] = {{"page", kept.page}, {"furthest", kept.furthest}};
  try {
    std::error_code error;
    fs::create_directories(file_.parent_path(), error);
    write_whole(file_.string(), json.dump(1));
  } catch (const std::exception&) {
  }
}

}  // namespace noiseglass::lessons
