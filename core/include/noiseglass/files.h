#pragma once

#include "noiseglass/image.h"
#include "noiseglass/progress.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace noiseglass {

using Rgb = std::array<std::uint8_t, 3>;

/// Largest accepted side, in pixels.
constexpr int max_picture_side = 8192;

/// What opens, for people: "PNG, JPEG, WebP, …".
std::string picture_format_names();
/// Whether a file is to be offered where a picture is chosen: by its name, or by its first bytes where the name says
/// nothing.
bool looks_like_picture(const std::filesystem::path& path);

/// Decodes a picture of any format above by its content: turned upright by its EXIF orientation, its colours converted
/// to sRGB by its profile, alpha laid over `background`. 1 channel if the file is grey (and no coloured background
/// shows through), else 3. A `.npy` is one picture, clipped to −1 … 1.
/// @throws Error naming the file: missing, unreadable, not a picture, damaged, truncated, or absurdly large. Cancelled.
ByteImage read_picture(const std::filesystem::path& path, Rgb background = {255, 255, 255}, std::stop_token stop = {},
                       const Progress& progress = {});
/// The same of bytes that came another way. @param name what errors call them
ByteImage decode_picture(std::span<const char> file, const std::string& name, Rgb background = {255, 255, 255},
                         std::stop_token stop = {}, const Progress& progress = {});

/// As read_picture, in [−1, 1]; a `.npy` (float32, C×H×W or 1×C×H×W) is taken as it is, unclipped.
Image read_image(const std::filesystem::path& path, Rgb background = {255, 255, 255});
Image decode_image(std::span<const char> file, const std::string& name, Rgb background = {255, 255, 255});

/// 8-bit PNG, written whole or not at all ("-" is standard output). @throws Error (disk full, no rights …).
void write_png(const std::string& path, const ByteImage& image);
/// The same as a JPEG of quality 92.
void write_jpeg(const std::string& path, const ByteImage& image);

/// float32 N×C×H×W, written whole or not at all ("-" is standard output). All shapes must agree.
void write_npy(const std::string& path, std::span<const Image> images);
/// @returns one image per N. @throws Error for anything but little-endian float32 in C order.
std::vector<Image> read_npy(const std::filesystem::path& path);
/// The same of bytes that came another way. @param name what errors call them
std::vector<Image> parse_npy(std::span<const char> file, const std::string& name);
bool is_npy_data(std::span<const char> file);

/// Bytes to `path`, whole or not at all: through a temporary file in its folder, which a kill leaves no trace of, and a
/// rename. A link's target is replaced, not the link. Or to standard output for "-".
void write_whole(const std::string& path, std::span<const char> bytes);
/// @throws Error unless it is a file (of at most 2 GB): a pipe may never end, and nobody could say so in the window.
std::vector<char> read_whole(const std::filesystem::path& path);
/// For the command line: reads pipes too, and standard input for "-".
std::vector<char> read_input(const std::filesystem::path& path);

/// The working folder; where it has been deleted, the person's home or else the root.
std::filesystem::path working_folder();
/// From the working folder on; never throws.
std::filesystem::path absolute_path(const std::filesystem::path& path);

/// Where the bundled pictures, models and lessons are: $NOISEGLASS_ASSETS, else beside the program, else
/// the installed place. @throws Error that lists the places it looked in.
std::filesystem::path assets_folder();

}  // namespace noiseglass
