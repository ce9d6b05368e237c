#include "io/formats/formats.h"

#include "io/bytes.h"

#include <algorithm>

namespace noiseglass {
namespace {

constexpr PictureFormat table[] = {
    {"PNG", is_png, decode_png}, {"JPEG", is_jpeg, decode_jpeg},    {"WebP", is_webp, decode_webp},
    {"GIF", is_gif, decode_gif}, {"BMP", is_bmp, decode_bmp},       {"HDR", is_hdr, decode_hdr},
    {"TGA", is_tga, decode_tga}, {".npy", is_npy_data, decode_npy},
};

struct Signature {
  std::size_t at;
  std::string_view bytes;
  std::string_view name;
};

using namespace std::string_view_literals;
// The brands of ISO media files stand behind "ftyp"; the first signature that fits names the file.
constexpr Signature signatures[] = {
    {4, "ftypavif"sv, "an AVIF picture"},
    {4, "ftypavis"sv, "an AVIF picture"},
    {4, "ftyphei"sv, "a HEIC picture"},
    {4, "ftyphev"sv, "a HEIC picture"},
    {4, "ftypmif1"sv, "a HEIF picture"},
    {4, "ftypmsf1"sv, "a HEIF picture"},
    {4, "ftypcrx "sv, "a camera raw picture"},
    {4, "ftyp"sv, "a video"},
    {0, "\x1A\x45\xDF\xA3"sv, "a video"},
    {0, "\xFF\x0A"sv, "a JPEG XL picture"},
    {0, "\0\0\0\x0CJXL "sv, "a JPEG XL picture"},
    {0, "\0\0\0\x0CjP  "sv, "a JPEG 2000 picture"},
    {0, "\xFF\x4F\xFF\x51"sv, "a JPEG 2000 picture"},
    {8, "CR\x02"sv, "a camera raw picture"},
    {0, "II*\0"sv, "a TIFF picture"},
    {0, "MM\0*"sv, "a TIFF picture"},
    {0, "II+\0"sv, "a TIFF picture"},
    {0, "MM\0+"sv, "a TIFF picture"},
    {0, "FUJIFILMCCD-RAW"sv, "a camera raw picture"},
    {0, "IIRO"sv, "a camera raw picture"},
    {0, "IIU\0"sv, "a camera raw picture"},
    {0, "8BPS"sv, "a Photoshop picture (PSD)"},
    {0, "gimp xcf"sv, "a GIMP picture (XCF)"},
    {0, "\x76\x2F\x31\x01"sv, "an OpenEXR picture"},
    {0, "qoif"sv, "a QOI picture"},
    {0, "DDS "sv, "a DDS texture"},
    {0, "\xABKTX "sv, "a KTX texture"},
    {0, "farbfeld"sv, "a farbfeld picture"},
    {0, "SIMPLE  ="sv, "a FITS picture"},
    {0, "\0\0\x01\0"sv, "a Windows icon"},
    {0, "\0\0\x02\0"sv, "a Windows cursor"},
    {0, "icns"sv, "a macOS icon"},
    {0, "BA"sv, "an OS/2 bitmap array"},
    {0, "%PDF"sv, "a PDF document"},
    {0, "%!PS"sv, "a PostScript document"},
    {0, "PK\x03\x04"sv, "a ZIP archive"},
    {0, "\x1F\x8B"sv, "a gzip archive"},
    {0, "RIFF"sv, "a sound or video file"},
};

bool is_netpbm(const Bytes& file) {
  const std::uint32_t kind = file.u8(1), blank = file.u8(2);
  return file.u8(0) == 'P' && ((kind >= '1' && kind <= '7') || kind == 'f' || kind == 'F') &&
         (blank == '\n' || blank == ' ' || blank == '\r' || blank == '\t');
}

/// The beginning of a file as text, in small letters.
std::string beginning(std::span<const char> file) {
  std::string text(file.data(), std::min<std::size_t>(file.size(), 1024));
  std::ranges::transform(text, text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
  return text;
}

}  // namespace

std::span<const PictureFormat> picture_formats() { return table; }

std::string_view name_of_foreign_format(std::span<const char> bytes) {
  const Bytes file(bytes);
  for (const Signature& signature : signatures)
    if (file.has(signature.at, signature.bytes)) return signature.name;
  if (is_netpbm(file)) return "a Netpbm picture (PNM)";
  const std::string text = beginning(bytes);
  if (text.find("<svg") != text.npos) return "an SVG drawing";
  if (text.find("<!doctype html") != text.npos || text.find("<html") != text.npos) return "a web page";
  return {};
}

Error cut_short(const PictureFile& file) {
  return Error("\"" + file.name + "\" is cut short: its picture data end too early. Get a complete copy of the file.");
}

Error damaged(const PictureFile& file, const std::string& why) {
  return Error("\"" + file.name + "\" is damaged: " + why + ". Get another copy of the file.");
}

Error unreadable(const PictureFile& file, const std::string& why) {
  return Error("\"" + file.name + "\" is damaged or of a kind that cannot be read (" + why +
               "); save it again as PNG.");
}

void check_sides(const PictureFile& file, std::int64_t width, std::int64_t height) {
  const auto accepted = [](std::int64_t side) { return side >= 1 && side <= max_picture_side; };
  if (accepted(width) && accepted(height)) return;
  throw Error("\"" + file.name + "\" says it is " + std::to_string(width) + " × " + std::to_string(height) +
              " pixels; sides from 1 to " + std::to_string(max_picture_side) + " can be read, so scale it first.");
}

}  // namespace noiseglass
