#pragma once

#include "noiseglass/denoiser.h"
#include "noiseglass/image.h"
#include "noiseglass/model.h"

#include <filesystem>
#include <string>
#include <vector>

namespace noiseglass::cli {

/// The networks in the assets folder, by name. One that cannot be read is said on standard error and left out.
std::vector<ModelInfo> bundled_models();

/// A bundled network by name, or any by the path of its .safetensors file. @throws UsageError that suggests the nearest
ModelInfo find_model(const std::string& name_or_path);

/// "10 classes, 32×32 grey, 0.4 million parameters"
std::string summary_of(const ModelInfo& model);

/// Every picture in a folder (default: the bundled ones), brought to one shape: what the exact denoiser knows.
/// @throws Error if there is none
std::vector<State> read_data_set(const std::string& folder, Shape shape);

}  // namespace noiseglass::cli
