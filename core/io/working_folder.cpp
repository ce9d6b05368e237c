#include "noiseglass/files.h"

#include <cstdlib>

namespace noiseglass {

namespace fs = std::filesystem;

fs::path working_folder() {
  std::error_code code;
  const fs::path folder = fs::current_path(code);
  if (!code) return folder;
  const char* home = std::getenv("HOME");
  return home && fs::path(home).is_absolute() ? fs::path(home) : fs::path("/");
}

fs::path absolute_path(const fs::path& path) { return path.is_absolute() ? path : working_folder() / path; }

}  // namespace noiseglass
