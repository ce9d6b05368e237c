#include "ui/library.h"

#include "noiseglass/files.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace noiseglass::ui {
namespace {

namespace fs = std::filesystem;

void load_pictures(const fs::path& folder, Library& library) {
  const std::vector<char> text = read_whole(folder / "pictures.json");
  const auto list = nlohmann::json::parse(text.begin(), text.end());
  for (const auto& entry : list)
    library.pictures.push_back({folder / entry.at("file").get<std::string>(), entry.at("title"), entry.at("kind"),
                                entry.value("alt", std::string())});
}

void load_models(const fs::path& folder, Library& library) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".safetensors") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) try {
      library.models.push_back(read_model_info(file.string()));
    } catch (const Error& error) {
      library.problems.push_back(error.what());
    }
}

}  // namespace

Library load_library() {
  Library library;
  try {
    const fs::path assets = assets_folder();
    load_pictures(assets / "pictures", library);
    load_models(assets / "models", library);
  } catch (const std::exception& error) {
    library.problems.push_back(error.what());
  }
  if (library.models.empty())
    library.problems.push_back("No trained network was found, so nothing can be denoised by one; the exact denoiser works.");
  return library;
}

}  // namespace noiseglass::ui
