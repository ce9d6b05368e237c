// A set of small pictures: one JSON file, and one picture that holds them all in rows.

#include "noiseglass/picture_set.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"
#include "noiseglass/limits.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace noiseglass {
namespace {

namespace fs = std::filesystem;

Image cut(const ByteImage& sheet, int top, int left, int side) {
  ByteImage tile(Shape{side, side, sheet.shape.channels});
  const std::size_t row = std::size_t(side) * sheet.shape.channels;
  for (int y = 0; y < side; ++y) {
    const std::size_t from = (std::size_t(top + y) * sheet.shape.width + left) * sheet.shape.channels;
    std::copy_n(sheet.data.begin() + std::ptrdiff_t(from), row, tile.data.begin() + std::ptrdiff_t(y * row));
  }
  return to_image(tile);
}

}  // namespace

PictureSet read_picture_set(const fs::path& json) {
  const auto fail = [&](const std::string& why) { return Error("\"" + json.string() + "\" " + why); };
  const std::vector<char> text = read_whole(json);
  if (limits::nests_too_deep({text.data(), text.size()})) throw fail("is not the description of a set of pictures.");
  PictureSet set;
  fs::path picture;
  int side = 0, columns = 0;
  try {
    const auto entry = nlohmann::json::parse(text.begin(), text.end());
    entry.at("title").get_to(set.title);
    entry.at("names").get_to(set.names);
    entry.at("side").get_to(side);
    entry.at("columns").get_to(columns);
    set.unseen_distance = entry.value("unseen_distance", 0.0);
    picture = json.parent_path() / entry.at("picture").get<std::string>();
  } catch (const nlohmann::json::exception&) {
    throw fail("is not the description of a set of pictures.");
  }
  if (set.names.size() > limits::pictures_of_set)
    throw fail("names more than " + std::to_string(limits::pictures_of_set) + " pictures.");
  const ByteImage sheet = read_picture(picture);
  const int rows = side > 0 ? sheet.shape.height / side : 0;
  if (side < 1 || columns < 1 || side > sheet.shape.width / columns || set.names.size() > std::size_t(rows) * columns)
    throw fail("names more pictures than \"" + picture.string() + "\" holds.");
  for (std::size_t i = 0; i < set.names.size(); ++i)
    set.pictures.push_back(cut(sheet, int(i) / columns * side, int(i) % columns * side, side));
  return set;
}

std::optional<fs::path> training_pictures_of(const std::string& model) {
  std::error_code code;
  const fs::path path = assets_folder() / "measurements" / (model + "-training.json");
  if (!fs::exists(path, code)) return std::nullopt;
  return path;
}

}  // namespace noiseglass
