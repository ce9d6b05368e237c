#include "session/folders.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"

#include <cstdlib>
#include <system_error>

namespace noiseglass::app {
namespace {

namespace fs = std::filesystem;

fs::path folder(const char* variable, const char* below_home) {
  const char *chosen = std::getenv(variable), *home = std::getenv("HOME");
  if (chosen && fs::path(chosen).is_absolute()) return fs::path(chosen) / "noiseglass";
  if (home && *home) return fs::path(home) / below_home / "noiseglass";
  return {};
}

}  // namespace

fs::path state_folder() { return folder("XDG_STATE_HOME", ".local/state"); }
fs::path config_folder() { return folder("XDG_CONFIG_HOME", ".config"); }

fs::path cache_folder() {
  const fs::path cache = folder("XDG_CACHE_HOME", ".cache");
  std::error_code error;
  return cache.empty() ? fs::temp_directory_path(error) / "noiseglass" : cache;
}
fs::path kept_folder() { return cache_folder() / "pictures"; }

fs::path typeface_folder() {
  try {
    std::error_code error;
    const fs::path own = assets_folder() / "fonts";
    return fs::is_directory(own, error) ? own : fs::path();
  } catch (const Error&) {
    return {};  // whoever needs the assets says that they are missing
  }
}

}  // namespace noiseglass::app
