#pragma once

#include "noiseglass/model.h"

#include <filesystem>
#include <string>
#include <vector>

namespace noiseglass::ui {

struct BundledPicture {
  std::filesystem::path path;
  std::string title, kind, alt;
};

/// What comes with the program. Nothing here throws: what is missing is said in `problems`.
struct Library {
  std::vector<BundledPicture> pictures;  ///< in the order of the strip
  std::vector<ModelInfo> models;
  std::vector<std::string> problems;  ///< sentences for the user
};

Library load_library();

}  // namespace noiseglass::ui
