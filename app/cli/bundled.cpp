#include "cli/bundled.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"

#include <algorithm>
#include <iomanip>
#include <iostream>
#include <set>
#include <sstream>

namespace noiseglass::cli {
namespace {

namespace fs = std::filesystem;

/// The files of a folder in a fixed order, those with one of `extensions`.
std::vector<fs::path> files_in(const fs::path& folder, const std::set<std::string>& extensions) {
  std::error_code code;
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder, code)) {
    std::string extension = entry.path().extension().string();
    std::ranges::transform(extension, extension.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    if (extensions.contains(extension)) files.push_back(entry.path());
  }
  if (code) throw Error("The folder \"" + folder.string() + "\" cannot be read: " + code.message() + ".");
  std::ranges::sort(files);
  return files;
}

}  // namespace

std::vector<ModelInfo> bundled_models() {
  std::vector<ModelInfo> models;
  const fs::path folder = assets_folder() / "models";
  if (!fs::is_directory(folder)) return models;
  for (const fs::path& file : files_in(folder, {".safetensors"})) {
    try {
      models.push_back(read_model_info(file.string()));
    } catch (const Error& error) {
      std::cerr << "noiseglass: note: " << error.what() << '\n';
    }
  }
  return models;
}

ModelInfo find_model(const std::string& name) {
  if (name.ends_with(".safetensors")) return read_model_info(name);
  std::vector<std::string> known;
  for (const ModelInfo& model : bundled_models()) {
    if (model.name == name) return model;
    known.push_back(model.name);
  }
  throw_unknown("model", name, known);
}

std::string summary_of(const ModelInfo& model) {
  std::ostringstream text;
  text << model.label << ": "
       << (model.size ? std::to_string(model.size) + "×" + std::to_string(model.size) : "any size")
       << (model.channels == 1 ? ", grey" : ", colour");
  if (!model.class_names.empty()) text << ", " << model.class_names.size() << " classes";
  text << ", " << std::fixed << std::setprecision(2) << double(model.parameters) / 1e6 << " million parameters.";
  return text.str();
}

std::vector<State> read_data_set(const std::string& folder, Shape shape) {
  const fs::path place = folder.empty() ? assets_folder() / "pictures" : fs::path(folder);
  std::vector<State> data;
  for (const fs::path& file : files_in(place, {".png", ".jpg", ".jpeg", ".bmp", ".tga", ".gif", ".hdr", ".npy"})) {
    const Image picture = with_channels(read_image(file), shape.channels);
    data.push_back(to_state(resize(picture, shape.width, shape.height)));
  }
  if (data.empty()) throw Error("There is no picture in \"" + place.string() + "\" for the exact denoiser to know.");
  return data;
}

}  // namespace noiseglass::cli
