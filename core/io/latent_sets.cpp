#include "noiseglass/error.h"
#include "noiseglass/files.h"
#include "noiseglass/latent.h"
#include "noiseglass/limits.h"

#include <charconv>
#include <cmath>
#include <sstream>

namespace noiseglass {
namespace {

/// Beyond this a spread would overflow, and no set of words means it.
constexpr double farthest = 1e9;

double to_coordinate(const std::string& text, const std::string& where) {
  double value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
    throw Error(where + ": \"" + text + "\" is not a number.");
  if (std::abs(value) > farthest) throw Error(where + ": " + text + " is beyond ±1e9.");
  return value;
}

}  // namespace

DigitSet read_digit_set(const std::filesystem::path& file) {
  constexpr int side = DigitSet::side, rows = 10;
  const std::filesystem::path place = file.empty() ? assets_folder() / "digits" / "mnist.png" : file;
  const Image atlas = with_channels(read_image(place), 1);
  const int columns = atlas.shape.width / side;
  if (atlas.shape.height != rows * side || atlas.shape.width != columns * side || columns < 1)
    throw Error("\"" + place.string() + "\" is not an atlas of digits: ten rows of pictures of 28 by 28 pixels.");
  DigitSet set;
  set.pixels.resize(rows * columns, side * side);
  for (int n = 0; n < rows * columns; ++n) {
    set.labels.push_back(n / columns);
    for (int y = 0; y < side; ++y)
      for (int x = 0; x < side; ++x)
        set.pixels(n, y * side + x) = atlas.at(n / columns * side + y, n % columns * side + x, 0);
  }
  return set;
}

WordSet read_word_set(const std::filesystem::path& file) {
  const std::filesystem::path place = file.empty() ? assets_folder() / "words" / "words.csv" : file;
  const std::vector<char> bytes = read_whole(place);
  std::istringstream text(std::string(bytes.begin(), bytes.end()));
  WordSet set;
  std::vector<double> numbers;
  std::string line;
  for (int number = 1; std::getline(text, line); ++number) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty() || line.front() == '#') continue;
    const std::string where = "\"" + place.string() + "\", line " + std::to_string(number);
    std::istringstream fields(line);
    std::string word, group, x, y, more;
    if (!std::getline(fields, word, ',') || !std::getline(fields, group, ',') || !std::getline(fields, x, ',') ||
        !std::getline(fields, y, ',') || std::getline(fields, more, ','))
      throw Error(where + ": expected word,group,x,y.");
    if (set.words.size() == limits::words)
      throw Error(where + ": there are more than " + std::to_string(limits::words) + " words.");
    set.words.push_back(word);
    set.groups.push_back(group);
    numbers.push_back(to_coordinate(x, where));
    numbers.push_back(to_coordinate(y, where));
  }
  const Eigen::Index n = Eigen::Index(set.words.size());
  if (n < 2) throw Error("\"" + place.string() + "\" holds fewer than two words.");
  set.points = Eigen::Map<Eigen::Matrix<double, Eigen::Dynamic, 2, Eigen::RowMajor>>(numbers.data(), n, 2);
  set.points.rowwise() -= Eigen::RowVector2d(set.points.colwise().mean());
  const double deviation = std::sqrt(set.points.squaredNorm() / double(set.points.size()));
  if (!(deviation > 0)) throw Error("\"" + place.string() + "\": all words lie on one point.");
  set.points /= deviation;
  return set;
}

}  // namespace noiseglass
