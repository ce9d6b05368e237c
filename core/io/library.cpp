#include "noiseglass/library.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"
#include "noiseglass/limits.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace noiseglass {
namespace {

namespace fs = std::filesystem;

/// The files of a folder that are wanted, in a fixed order.
std::vector<fs::path> files_in(const fs::path& folder, bool (*wanted)(const fs::path&)) {
  std::error_code code;
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder, code))
    if (wanted(entry.path())) files.push_back(entry.path());
  if (code) throw Error("The folder \"" + folder.string() + "\" cannot be read: " + code.message() + ".");
  std::ranges::sort(files);
  return files;
}

bool holds_weights(const fs::path& file) { return file.extension() == ".safetensors"; }

void load_pictures(const fs::path& folder, Library& library) {
  const std::vector<char> text = read_whole(folder / "pictures.json");
  if (limits::nests_too_deep({text.data(), text.size()})) throw Error("The list of bundled pictures is damaged.");
  for (const auto& entry : nlohmann::json::parse(text.begin(), text.end()))
    library.pictures.push_back({folder / entry.at("file").get<std::string>(), entry.at("title"), entry.at("kind"),
                                entry.value("alt", std::string())});
}

void load_models(const fs::path& folder, Library& library) {
  for (const fs::path& file : files_in(folder, holds_weights)) try {
      library.models.push_back(read_model_info(file.string()));
    } catch (const Error& error) {
      library.problems.push_back(error.what());
    }
}

}  // namespace

Library load_library() {
  Library library;
  const std::pair<const char*, void (*)(const fs::path&, Library&)> parts[] = {{"pictures", load_pictures},
                                                                               {"models", load_models}};
  for (const auto& [folder, load] : parts) try {
      load(assets_folder() / folder, library);
    } catch (const std::exception& error) {
      library.problems.push_back(error.what());
    }
  return library;
}

std::vector<State> read_data_set(const fs::path& folder, Shape shape) {
  const fs::path place = folder.empty() ? assets_folder() / "pictures" : folder;
  std::vector<State> data;
  for (const fs::path& file : files_in(place, looks_like_picture)) {
    const Image picture = with_channels(read_image(file), shape.channels);
    data.push_back(to_state(resize(picture, shape.width, shape.height)));
  }
  if (data.empty()) throw Error("There is no picture in \"" + place.string() + "\" for the exact denoiser to use.");
  return data;
}

}  // namespace noiseglass
