#include "io/formats/formats.h"

#include "noiseglass/limits.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <optional>
#include <string_view>

// The format: numpy.lib.format, versions 1.0 to 3.0. A magic string, a version, the header's length, a Python
// dictionary in text, then the numbers.

namespace noiseglass {
namespace {

static_assert(std::endian::native == std::endian::little, ".npy files are read and written in the machine's order");

using namespace std::string_view_literals;
constexpr std::string_view magic = "\x93NUMPY"sv;

struct Layout {
  std::size_t count = 1;  ///< N
  Shape shape;
  std::size_t data_at = 0;  ///< where the numbers start in the file
};

/// What stands behind `'key':` in the header's dictionary, up to its end.
std::optional<std::string_view> value_of(std::string_view header, std::string_view key) {
  const std::size_t at = header.find("'" + std::string(key) + "'");
  if (at == header.npos) return {};
  const std::size_t colon = header.find(':', at);
  if (colon == header.npos) return {};
  const std::size_t start = header.find_first_not_of(' ', colon + 1);
  return start == header.npos ? std::optional<std::string_view>() : header.substr(start);
}

/// The numbers of a Python tuple; nothing if it is not one of positive integers.
std::optional<std::vector<std::size_t>> parse_tuple(std::string_view text) {
  const std::size_t end = text.find(')');
  if (!text.starts_with('(') || end == text.npos) return {};
  text = text.substr(1, end - 1);
  std::vector<std::size_t> numbers;
  while (true) {
    text.remove_prefix(std::min(text.find_first_not_of(" ,"), text.size()));
    if (text.empty()) return numbers;
    std::size_t number = 0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || number == 0) return {};
    numbers.push_back(number);
    text.remove_prefix(std::size_t(rest - text.data()));
  }
}

/// @returns the dictionary's text, and where it ends in the file
std::optional<std::pair<std::string_view, std::size_t>> find_header(std::string_view file) {
  if (!file.starts_with(magic) || file.size() < 10) return {};
  const auto byte = [&](std::size_t at) { return std::size_t(std::uint8_t(file[at])); };
  const bool short_length = byte(6) == 1;
  if (byte(6) < 1 || byte(6) > 3 || (!short_length && file.size() < 12)) return {};
  const std::size_t start = short_length ? 10 : 12;
  std::size_t length = byte(8) | byte(9) << 8;
  if (!short_length) length |= byte(10) << 16 | byte(11) << 24;
  if (length > file.size() - start) return {};
  return std::pair(file.substr(start, length), start + length);
}

Layout parse_layout(std::string_view file, const std::string& name) {
  const auto fail = [&](const std::string& why) { return Error("\"" + name + "\" " + why); };
  const auto header = find_header(file);
  if (!header) throw fail("is not a .npy file, or is cut short in its header; save it with numpy.save.");
  const auto [text, data_at] = *header;

  const auto type = value_of(text, "descr"), order = value_of(text, "fortran_order"), shape = value_of(text, "shape");
  if (!type || !type->starts_with("'<f4'"))
    throw fail("does not hold little-endian float32 numbers; save array.astype('<f4').");
  if (!order || !order->starts_with("False")) throw fail("is in Fortran order; save numpy.ascontiguousarray(array).");
  const auto sides = shape ? parse_tuple(*shape) : std::nullopt;
  if (!sides || (sides->size() != 3 && sides->size() != 4))
    throw fail("has a shape that is not C×H×W or N×C×H×W with positive sides.");

  const std::size_t n = sides->size();
  const std::size_t count = n == 4 ? sides->front() : 1;
  const std::size_t channels = (*sides)[n - 3], height = (*sides)[n - 2], width = (*sides)[n - 1];
  if (channels != 1 && channels != 3)
    throw fail("has " + std::to_string(channels) + " channels; 1 (grey) or 3 (RGB) can be read, as C×H×W.");
  if (height > max_picture_side || width > max_picture_side || count > limits::pictures_of_npy)
    throw fail("has a shape beyond " + std::to_string(limits::pictures_of_npy) + " pictures of " +
               std::to_string(max_picture_side) + " × " + std::to_string(max_picture_side) + " pixels.");

  const Layout layout{count, {int(height), int(width), int(channels)}, data_at};
  const std::size_t wanted = count * layout.shape.size() * sizeof(float), there = file.size() - data_at;
  if (there != wanted)
    throw fail((there < wanted ? "is cut short: it holds " : "is too long: it holds ") + std::to_string(there) +
               " bytes of numbers where its shape needs " + std::to_string(wanted) + ".");
  return layout;
}

std::string header_text(std::size_t count, Shape shape) {
  std::string text = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + std::to_string(count) + ", " +
                     std::to_string(shape.channels) + ", " + std::to_string(shape.height) + ", " +
                     std::to_string(shape.width) + "), }";
  const std::size_t unpadded = magic.size() + 4 + text.size() + 1;
  text.append((64 - unpadded % 64) % 64, ' ');  // the numbers start at a multiple of 64
  return text + "\n";
}

}  // namespace

std::vector<Image> parse_npy(std::span<const char> file, const std::string& name) {
  const Layout layout = parse_layout({file.data(), file.size()}, name);
  const auto [height, width, channels] = layout.shape;
  const char* in = file.data() + layout.data_at;
  std::vector<Image> images(layout.count, Image(layout.shape));
  for (Image& image : images)
    for (int c = 0; c < channels; ++c)
      for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x, in += sizeof(float)) {
          float value;
          std::memcpy(&value, in, sizeof value);
          if (!std::isfinite(value))
            throw Error("\"" + name + "\" holds NaN or infinity; only finite numbers make a picture.");
          image.at(y, x, c) = value;
        }
  return images;
}

bool is_npy_data(std::span<const char> file) { return std::string_view(file.data(), file.size()).starts_with(magic); }

std::vector<Image> read_npy(const std::filesystem::path& path) { return parse_npy(read_whole(path), path.string()); }

void write_npy(const std::string& path, std::span<const Image> images) {
  if (images.empty()) throw UsageError("There is no picture to write to \"" + path + "\".");
  const Shape shape = images.front().shape;
  const std::string header = header_text(images.size(), shape);
  std::vector<char> file(magic.begin(), magic.end());
  file.insert(file.end(), {1, 0, char(header.size() & 0xFF), char(header.size() >> 8)});
  file.insert(file.end(), header.begin(), header.end());

  std::size_t at = file.size();
  file.resize(at + images.size() * shape.size() * sizeof(float));
  for (const Image& image : images) {
    if (image.shape != shape) throw UsageError("Pictures of unequal shapes do not fit into one .npy file.");
    for (int c = 0; c < shape.channels; ++c)
      for (int y = 0; y < shape.height; ++y)
        for (int x = 0; x < shape.width; ++x, at += sizeof(float)) {
          const float value = image.at(y, x, c);
          std::memcpy(file.data() + at, &value, sizeof value);
        }
  }
  write_whole(path, file);
}

}  // namespace noiseglass
