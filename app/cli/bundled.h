#pragma once

#include "noiseglass/model.h"

#include <string>
#include <vector>

namespace noiseglass::cli {

/// The networks in the assets folder, by name. One that cannot be read is said on standard error and left out.
std::vector<ModelInfo> bundled_models();

/// A bundled network by name, or any by the path of its .safetensors file. @throws UsageError that suggests the nearest
ModelInfo find_model(const std::string& name_or_path);

/// "10 classes, 32×32 grey, 0.4 million parameters"
std::string summary_of(const ModelInfo& model);

}  // namespace noiseglass::cli
