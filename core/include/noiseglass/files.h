#pragma once

#include "noiseglass/image.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace noiseglass {

using Rgb = std::array<std::uint8_t, 3>;

/// Largest accepted side, in pixels.
constexpr int max_picture_side = 8192;

/// Decodes PNG, JPEG, BMP, TGA, GIF (first frame) or HDR by content; turns it upright by its EXIF
/// orientation; lays alpha over `background`. 1 channel if the file is grey (and no coloured background shows through),
/// else 3.
/// @throws Error naming the file: missing, unreadable, not a picture, truncated, or absurdly large.
ByteImage read_picture(const std::filesystem::path& path, Rgb background = {255, 255, 255});

/// As read_picture, in [−1, 1]; a `.npy` (float32, C×H×W or 1×C×H×W) is taken as it is, unclipped.
Image read_image(const std::filesystem::path& path, Rgb background = {255, 255, 255});

/// 8-bit PNG, written whole or not at all ("-" is standard output). @throws Error (disk full, no rights …).
void write_png(const std::string& path, const ByteImage& image);

/// float32 N×C×H×W, written whole or not at all ("-" is standard output). All shapes must agree.
void write_npy(const std::string& path, std::span<const Image> images);
/// @returns one image per N. @throws Error for anything but little-endian float32 in C order.
std::vector<Image> read_npy(const std::filesystem::path& path);

/// Bytes to `path`, through a temporary file beside it and a rename; or to standard output for "-".
void write_whole(const std::string& path, std::span<const char> bytes);
std::vector<char> read_whole(const std::filesystem::path& path);

/// Where the bundled pictures, models and lessons are: $NOISEGLASS_ASSETS, else beside the program, else
/// the installed place. @throws Error that lists the places it looked in.
std::filesystem::path assets_folder();

}  // namespace noiseglass
