#include "io/exif.h"

#include "io/bytes.h"

namespace noiseglass {

namespace {
constexpr int upright = 1;
}

int exif_orientation(std::span<const char> block) {
  constexpr std::uint32_t orientation_tag = 0x0112, byte_type = 1, short_type = 3, long_type = 4, entry_size = 12;
  constexpr std::string_view name("Exif\0\0", 6);
  if (Bytes(block).has(0, name)) block = block.subspan(name.size());
  const bool little_endian = !block.empty() && block[0] == 'I';
  const Bytes tiff(block, little_endian);
  if (!tiff.has(0, little_endian ? "II" : "MM") || tiff.u16(2) != 42) return upright;

  const std::size_t directory = tiff.u32(4);
  const std::uint32_t entries = tiff.u16(directory);
  for (std::uint32_t i = 0; i < entries; ++i) {
    const std::size_t entry = directory + 2 + std::size_t(i) * entry_size;
    if (entry >= tiff.size()) break;
    if (tiff.u16(entry) != orientation_tag) continue;
    const std::uint32_t type = tiff.u16(entry + 2), at = std::uint32_t(entry) + 8;
    const std::uint32_t value = type == byte_type    ? tiff.u8(at)
                                : type == short_type ? tiff.u16(at)
                                : type == long_type  ? tiff.u32(at)
                                                     : 0;
    return value >= 1 && value <= 8 ? int(value) : upright;
  }
  return upright;
}

ByteImage turn_upright(const ByteImage& stored, int orientation) {
  if (orientation <= upright || orientation > 8) return stored;
  // Orientation names the sides on which the stored first row and first column are to be seen.
  const bool transposed = orientation >= 5;
  const bool from_bottom = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
  const bool from_right = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  const auto [height, width, channels] = stored.shape;

  ByteImage turned(transposed ? Shape{width, height, channels} : stored.shape);
  auto out = turned.data.begin();
  for (int y = 0; y < turned.shape.height; ++y) {
    for (int x = 0; x < turned.shape.width; ++x) {
      const int row = transposed ? x : y, column = transposed ? y : x;
      const std::size_t from_y = std::size_t(from_bottom ? height - 1 - row : row);
      const std::size_t from_x = std::size_t(from_right ? width - 1 - column : column);
      const auto pixel =
          stored.data.begin() + std::ptrdiff_t((from_y * std::size_t(width) + from_x) * std::size_t(channels));
      out = std::copy_n(pixel, channels, out);
    }
  }
  return turned;
}

}  // namespace noiseglass
