#pragma once

#include "noiseglass/denoiser.h"
#include "noiseglass/model.h"

#include <filesystem>
#include <string>
#include <vector>

namespace noiseglass {

struct BundledPicture {
  std::filesystem::path path;
  std::string title, kind, alt;  ///< kind: "photo", "digit", "icon" …; alt: one sentence for who cannot see it
};

/// What comes with the program: the pictures in the order of assets/pictures/pictures.json, the networks by name.
struct Library {
  std::vector<BundledPicture> pictures;
  std::vector<ModelInfo> models;
  std::vector<std::string> problems;  ///< sentences about what is missing or broken; the rest is there all the same
};

/// Never throws: see Library::problems.
Library load_library();

/// Every picture in a folder (empty: the bundled ones), brought to one shape: what the exact denoiser knows.
/// @throws Error if there is none, or one cannot be read
std::vector<State> read_data_set(const std::filesystem::path& folder, Shape shape);

}  // namespace noiseglass
