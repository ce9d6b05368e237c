#include "noiseglass/files.h"
#include "noiseglass/judge.h"

#include <filesystem>
#include <string>
#include <system_error>

namespace noiseglass {

std::string judge_of(const std::string& network) {
  const std::filesystem::path file = assets_folder() / "judges" / (network + ".safetensors");
  std::error_code error;
  return std::filesystem::is_regular_file(file, error) ? file.string() : "";
}

}  // namespace noiseglass
