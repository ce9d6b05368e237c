#include "io/decode_picture.h"

#include "io/exif.h"
#include "io/stb_decoder.h"
#include "noiseglass/error.h"

#include <algorithm>
#include <limits>

namespace noiseglass {
namespace {

void check_header(std::span<const char> file, const std::string& name) {
  if (file.empty()) throw Error("\"" + name + "\" is empty (0 bytes); choose a picture file.");
  if (file.size() > std::size_t(std::numeric_limits<int>::max()))
    throw Error("\"" + name + "\" is larger than 2 GB; choose a smaller picture.");
  PictureHeader header;
  if (!stb::read_header(file, header))
    throw Error("\"" + name +
                "\" is not a picture that can be read; PNG, JPEG, BMP, TGA, GIF, HDR and .npy files can.");
  const auto accepted = [](int side) { return side >= 1 && side <= max_picture_side; };
  if (!accepted(header.width) || !accepted(header.height))
    throw Error("\"" + name + "\" says it is " + std::to_string(header.width) + " × " + std::to_string(header.height) +
                " pixels; sides from 1 to " + std::to_string(max_picture_side) + " can be read, so scale it first.");
}

StoredPixels decode(std::span<const char> file, const std::string& name) {
  StoredPixels pixels;
  std::string why;
  const stb::Outcome outcome = stb::decode(file, pixels, why);
  if (outcome == stb::Outcome::cut_short)
    throw Error("\"" + name + "\" is cut short: its picture data end too early. Get a complete copy of the file.");
  if (outcome != stb::Outcome::decoded)
    throw Error("\"" + name + "\" is damaged or of a kind that cannot be read (" + why + "); save it again as PNG.");
  return pixels;
}

/// `value` with coverage `alpha` over `background`, on the stored values, rounded to nearest.
std::uint8_t over(std::uint8_t value, std::uint8_t alpha, std::uint8_t background) {
  return std::uint8_t((value * alpha + background * (255 - alpha) + 127) / 255);
}

/// 1 or 3 channels. A grey picture stays grey unless a coloured background shines through.
ByteImage lay_over(StoredPixels pixels, Rgb background) {
  const bool has_alpha = pixels.channels == 2 || pixels.channels == 4;
  const int colours = pixels.channels - (has_alpha ? 1 : 0);
  const bool grey_background = background[0] == background[1] && background[1] == background[2];
  ByteImage image;
  image.shape = {pixels.height, pixels.width, colours == 1 && (!has_alpha || grey_background) ? 1 : 3};
  if (!has_alpha) {
    image.data = std::move(pixels.data);
    return image;
  }
  image.data.reserve(image.shape.size());
  for (std::size_t at = 0; at < pixels.data.size(); at += std::size_t(pixels.channels)) {
    const std::uint8_t* pixel = &pixels.data[at];
    for (int c = 0; c < image.shape.channels; ++c)
      image.data.push_back(over(pixel[std::min(c, colours - 1)], pixel[colours], background[std::size_t(c)]));
  }
  return image;
}

}  // namespace

ByteImage decode_picture(std::span<const char> file, const std::string& name, Rgb background) {
  check_header(file, name);
  return turn_upright(lay_over(decode(file, name), background), exif_orientation(file));
}

}  // namespace noiseglass
