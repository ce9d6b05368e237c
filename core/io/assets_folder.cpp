#include "noiseglass/error.h"
#include "noiseglass/files.h"
#include "noiseglass/platform.h"

#include <cstdlib>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace noiseglass {
namespace {

namespace fs = std::filesystem;

/// Another project's folder of the same name does not count.
bool holds_assets(const fs::path& folder) {
  std::error_code code;
  return fs::is_directory(folder / "pictures", code) || fs::is_directory(folder / "models", code);
}

fs::path find_assets_folder() {
  if (const char* chosen = std::getenv("NOISEGLASS_ASSETS"); chosen && *chosen) {
    std::error_code code;
    if (fs::is_directory(chosen, code)) return chosen;
    throw Error("NOISEGLASS_ASSETS names \"" + std::string(chosen) + "\", which is not a folder; correct or unset it.");
  }
  std::vector<fs::path> places;
  fs::path folder = platform::program_file().parent_path();
  for (int level = 0; level < 4 && folder.has_relative_path(); ++level, folder = folder.parent_path()) {
    places.push_back(folder / "assets");                // a build folder inside the source tree
    places.push_back(folder / "share" / "noiseglass");  // bin/ beside share/
  }
  places.emplace_back(NOISEGLASS_INSTALLED_ASSETS);
  std::string looked_in;
  for (const fs::path& place : places) {
    if (holds_assets(place)) return place;
    looked_in += (looked_in.empty() ? "" : ", ") + place.string();
  }
  throw Error("The bundled pictures and models were not found; set NOISEGLASS_ASSETS to their folder. Looked in: " +
              looked_in + ".");
}

}  // namespace

fs::path assets_folder() {
  // Asked for again and again, but looked for once, and again when the variable says something else.
  static std::mutex looking;
  static std::optional<std::pair<std::string, fs::path>> found;
  std::lock_guard lock(looking);
  const char* chosen = std::getenv("NOISEGLASS_ASSETS");
  const std::string choice = chosen ? chosen : "";
  if (!found || found->first != choice) found = {choice, find_assets_folder()};
  return found->second;
}

}  // namespace noiseglass
