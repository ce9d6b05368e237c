// Radiance RGBE. Source: G. Ward, "Real Pixels", Graphics Gems II (1991), and the manual of Radiance, "File Formats".

#include "io/bytes.h"
#include "io/formats/canvas.h"

#include "noiseglass/limits.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace noiseglass {
namespace {

using Rgbe = std::array<std::uint8_t, 4>;

/// "-Y 4 +X 5": which axis a scan line runs along, and from which side.
struct Axes {
  bool lines_are_rows = true, from_bottom = false, from_right = false;
  int width = 0, height = 0;
};

class HdrReader {
 public:
  explicit HdrReader(const PictureFile& file) : file_(file), bytes_(file.bytes) {}
  ByteImage read();

 private:
  std::string line();
  void read_header();
  void read_axes(const std::string& line);
  void read_line(std::vector<Rgbe>& pixels);
  bool read_planes(std::vector<Rgbe>& pixels);
  void read_pixels_in_turn(std::vector<Rgbe>& pixels);
  std::uint8_t next() {
    if (at_ >= bytes_.size()) throw cut_short(file_);
    return std::uint8_t(bytes_.u8(at_++));
  }

  const PictureFile& file_;
  Bytes bytes_;
  std::size_t at_ = 0;
  Axes axes_;
};

std::string HdrReader::line() {
  std::string text;
  for (char c; (c = char(next())) != '\n';) {
    if (text.size() == limits::hdr_header_line) throw damaged(file_, "a line of its header does not end");
    if (c != '\r') text.push_back(c);
  }
  return text;
}

void HdrReader::read_header() {
  line();  // the signature
  for (std::string text = line(); !text.empty(); text = line())
    if (text.starts_with("FORMAT=") && text != "FORMAT=32-bit_rle_rgbe")
      throw unreadable(file_, "its colours are not RGB: " + text.substr(7, 32));
  read_axes(line());
}

void HdrReader::read_axes(const std::string& text) {
  const auto fail = [&] { return damaged(file_, "its size is not understood"); };
  const char* at = text.data();
  const char* end = at + text.size();
  bool seen_x = false, seen_y = false;
  for (int which = 0; which < 2; ++which) {
    while (at < end && *at == ' ') ++at;
    if (end - at < 4 || (at[0] != '-' && at[0] != '+') || (at[1] != 'X' && at[1] != 'Y') || at[2] != ' ') throw fail();
    const bool minus = at[0] == '-', is_y = at[1] == 'Y';
    std::int64_t side = 0;
    const auto [rest, error] = std::from_chars(at + 3, end, side);
    if (error != std::errc()) throw fail();
    at = rest;
    (is_y ? seen_y : seen_x) = true;
    if (which == 0) axes_.lines_are_rows = is_y;
    (is_y ? axes_.from_bottom : axes_.from_right) = is_y ? !minus : minus;
    (is_y ? axes_.height : axes_.width) = int(std::clamp<std::int64_t>(side, -1, 1'000'000'000));
  }
  if (!seen_x || !seen_y || at != end) throw fail();
  check_sides(file_, axes_.width, axes_.height);
}

/// The newer encoding: each of the four planes run-length encoded. @returns false when this line is in the older one
bool HdrReader::read_planes(std::vector<Rgbe>& pixels) {
  const std::size_t count = pixels.size();
  const bool newer = count >= 8 && count < 32768 && bytes_.u16(at_) == 0x0202 && bytes_.u16(at_ + 2) == count;
  if (!newer) return false;
  at_ += 4;
  for (std::size_t plane = 0; plane < 4; ++plane)
    for (std::size_t x = 0; x < count;) {
      std::size_t length = next();
      const bool repeats = length > 128;
      if (repeats) length -= 128;
      if (length == 0 || length > count - x) throw damaged(file_, "a run is longer than its line");
      std::uint8_t value = 0;
      for (std::size_t i = 0; i < length; ++i) {
        if (!repeats || i == 0) value = next();
        pixels[x++][plane] = value;
      }
    }
  return true;
}

/// The older encoding: pixels one after another, where 1, 1, 1, n stands for n more of the last one; if such follow
/// each other, the later ones count for 256 times as many.
void HdrReader::read_pixels_in_turn(std::vector<Rgbe>& pixels) {
  int shift = 0;
  for (std::size_t x = 0; x < pixels.size();) {
    Rgbe pixel;
    for (std::uint8_t& value : pixel) value = next();
    if (pixel[0] != 1 || pixel[1] != 1 || pixel[2] != 1) {
      pixels[x++] = pixel;
      shift = 0;
      continue;
    }
    const std::size_t length = std::size_t(pixel[3]) << shift;
    if (x == 0 || length > pixels.size() - x || shift > 16) throw damaged(file_, "a run is longer than its line");
    std::fill_n(pixels.begin() + std::ptrdiff_t(x), length, pixels[x - 1]);
    x += length;
    shift += 8;
  }
}

void HdrReader::read_line(std::vector<Rgbe>& pixels) {
  if (file_.stop.stop_requested()) throw Cancelled();
  if (!read_planes(pixels)) read_pixels_in_turn(pixels);
}

/// What is shown of each value and exponent: linear light with gamma 2.2, clipped at 1.
class Shown {
 public:
  Shown() : table_(256 * 256) {
    for (int exponent = 1; exponent < 256; ++exponent)  // 0 stands for black
      for (int value = 0; value < 256; ++value) {
        const double light = std::min(std::ldexp(double(value), exponent - 136), 1.0);
        table_[std::size_t(exponent) * 256 + std::size_t(value)] = std::uint8_t(std::pow(light, 1 / 2.2) * 255 + 0.5);
      }
  }
  std::uint8_t operator()(std::uint8_t value, std::uint8_t exponent) const {
    return table_[std::size_t(exponent) * 256 + value];
  }

 private:
  std::vector<std::uint8_t> table_;
};

ByteImage HdrReader::read() {
  static const Shown shown;
  read_header();
  Stored stored;
  stored.width = axes_.lines_are_rows ? axes_.width : axes_.height;  // of the scan lines as they come
  stored.height = axes_.lines_are_rows ? axes_.height : axes_.width;
  // Lines run from the side that the first axis names; columns as lines are a transposition, which EXIF's numbers tell.
  const bool flip_lines = axes_.lines_are_rows ? axes_.from_bottom : axes_.from_right;
  const bool flip_pixels = axes_.lines_are_rows ? axes_.from_right : axes_.from_bottom;
  stored.orientation = axes_.lines_are_rows ? 1 : 5;
  Canvas canvas(file_, stored);
  std::vector<Rgbe> pixels(std::size_t(stored.width));
  std::vector<std::uint8_t> row(canvas.row_bytes());
  for (int i = 0; i < stored.height; ++i) {
    read_line(pixels);
    if (flip_pixels) std::ranges::reverse(pixels);
    for (std::size_t x = 0; x < pixels.size(); ++x)
      for (std::size_t c = 0; c < 3; ++c) row[3 * x + c] = shown(pixels[x][c], pixels[x][3]);
    canvas.put_row(flip_lines ? stored.height - 1 - i : i, row.data());
  }
  return canvas.finish();
}

}  // namespace

bool is_hdr(std::span<const char> bytes) {
  const Bytes file(bytes);
  return file.has(0, "#?RADIANCE") || file.has(0, "#?RGBE");
}

ByteImage decode_hdr(const PictureFile& file) { return HdrReader(file).read(); }

}  // namespace noiseglass
