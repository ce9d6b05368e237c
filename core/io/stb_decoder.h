#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace noiseglass {

/// What a picture file's header says.
struct PictureHeader {
  int width = 0, height = 0;
};

/// Pixels as stored: 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha; 8 bits, interleaved, rows from the top.
struct StoredPixels {
  int width = 0, height = 0, channels = 0;
  std::vector<std::uint8_t> data;
};

/// stb_image, made safe for files from anywhere: its failed assertions become errors instead of ending the program,
/// its memory is bounded and always given back, and data that end too early are noticed.
/// Files of 2 GB and more are not taken. Usable from several threads.
namespace stb {

/// @returns false for what is no PNG, JPEG, BMP, TGA, GIF or HDR file.
bool read_header(std::span<const char> file, PictureHeader& header);

enum class Outcome { decoded, cut_short, damaged };

/// 16-bit values are rounded to 8 bits; linear HDR is encoded with gamma 2.2 and clipped at 1.
/// @param why what the decoder says, unless decoded
Outcome decode(std::span<const char> file, StoredPixels& pixels, std::string& why);

}  // namespace stb
}  // namespace noiseglass
