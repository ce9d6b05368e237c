#include "cli/bundled.h"

#include "noiseglass/error.h"
#include "noiseglass/library.h"

#include <iomanip>
#include <iostream>
#include <sstream>

namespace noiseglass::cli {
std::vector<ModelInfo> bundled_models() {
  Library library = load_library();
  for (const std::string& problem : library.problems) std::cerr << "noiseglass: note: " << problem << '\n';
  return std::move(library.models);
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

}  // namespace noiseglass::cli
