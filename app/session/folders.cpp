#include "session/folders.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"
#include "noiseglass/platform.h"

#include <system_error>

namespace noiseglass::app {

namespace fs = std::filesystem;
using platform::Keeps;

fs::path state_folder() { return platform::folder_for(Keeps::state); }
fs::path config_folder() { return platform::folder_for(Keeps::preferences); }

fs::path cache_folder() {
  const fs::path cache = platform::folder_for(Keeps::cache);
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
