#include "noiseglass/files.h"

#include "noiseglass/platform.h"

namespace noiseglass {

namespace fs = std::filesystem;

fs::path working_folder() {
  std::error_code code;
  const fs::path folder = fs::current_path(code);
  if (!code) return folder;
  fs::path home = platform::home_folder();
  return home.empty() ? fs::path("/") : home;
}

fs::path absolute_path(const fs::path& path) { return path.is_absolute() ? path : working_folder() / path; }

}  // namespace noiseglass
