#pragma once

#include "noiseglass/error.h"
#include "noiseglass/files.h"

#include <span>
#include <string>
#include <string_view>

namespace noiseglass {

/// What a decoder is given: bytes from anywhere.
struct PictureFile {
  std::span<const char> bytes;
  const std::string& name;  ///< what errors call it
  Rgb background;
  std::stop_token stop;
  const Progress& progress;
};

/// A kind of file that opens. Each is one `.cpp` here and one row of the table.
struct PictureFormat {
  std::string_view name;
  bool (*recognises)(std::span<const char> file);
  ByteImage (*decode)(const PictureFile& file);
};

/// In the order in which they are asked: TGA, which has no signature, behind those that have.
std::span<const PictureFormat> picture_formats();

/// "an AVIF picture", "a PDF document" …: what a file is that does not open; empty when it is not known.
std::string_view name_of_foreign_format(std::span<const char> file);

Error cut_short(const PictureFile& file);
/// @param why half a sentence
Error damaged(const PictureFile& file, const std::string& why);
/// When it cannot be told whether it is damaged or of a kind that is not known here.
Error unreadable(const PictureFile& file, const std::string& why);
/// @throws Error when a picture of that size is not taken
void check_sides(const PictureFile& file, std::int64_t width, std::int64_t height);

bool is_png(std::span<const char> file);
bool is_jpeg(std::span<const char> file);
bool is_webp(std::span<const char> file);
bool is_gif(std::span<const char> file);
bool is_bmp(std::span<const char> file);
bool is_hdr(std::span<const char> file);
bool is_tga(std::span<const char> file);

ByteImage decode_png(const PictureFile& file);
ByteImage decode_jpeg(const PictureFile& file);
ByteImage decode_webp(const PictureFile& file);
ByteImage decode_gif(const PictureFile& file);
ByteImage decode_bmp(const PictureFile& file);
ByteImage decode_hdr(const PictureFile& file);
ByteImage decode_npy(const PictureFile& file);
ByteImage decode_tga(const PictureFile& file);

}  // namespace noiseglass
