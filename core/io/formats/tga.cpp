// Source: Truevision, "TGA File Format Specification, version 2.0".

#include "io/bytes.h"
#include "io/formats/canvas.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

namespace noiseglass {
namespace {

constexpr std::size_t header_size = 18;

struct Header {
  bool has_map, packed, right_to_left, top_down;
  std::uint32_t kind;  ///< 1 palette, 2 colours, 3 grey
  std::uint32_t map_first, map_count, map_bits, width, height, bits, alpha_bits;
  std::size_t map_at, pixels_at, pixel_bytes;
};

bool is_one_of(std::uint32_t value, std::initializer_list<std::uint32_t> values) {
  return std::ranges::find(values, value) != values.end();
}

Header header_of(const Bytes& file) {
  Header h{};
  h.has_map = file.u8(1) == 1;
  h.packed = file.u8(2) >= 8;
  h.kind = file.u8(2) & 7;
  h.map_first = file.u16(3);
  h.map_count = file.u16(5);
  h.map_bits = file.u8(7);
  h.width = file.u16(12);
  h.height = file.u16(14);
  h.bits = file.u8(16);
  h.alpha_bits = file.u8(17) & 15;
  h.right_to_left = file.u8(17) & 0x10;
  h.top_down = file.u8(17) & 0x20;
  h.map_at = header_size + file.u8(0);
  h.pixels_at = h.map_at + (h.has_map ? std::size_t(h.map_count) * ((h.map_bits + 7) / 8) : 0);
  h.pixel_bytes = (h.bits + 7) / 8;
  return h;
}

/// What the second version's extension says of alpha.
enum class Alpha { as_header_says, none, multiplied };

Alpha alpha_kind(const Bytes& file) {
  constexpr std::size_t footer_size = 26, alpha_at = 494;
  if (file.size() < footer_size || !file.has(file.size() - 18, "TRUEVISION-XFILE.")) return Alpha::as_header_says;
  const std::size_t extension = file.u32(file.size() - footer_size);
  if (extension == 0 || extension + alpha_at >= file.size()) return Alpha::as_header_says;
  const std::uint32_t kind = file.u8(extension + alpha_at);
  return kind == 4 ? Alpha::multiplied : kind == 3 ? Alpha::as_header_says : Alpha::none;
}

/// The bytes of one pixel after another, run-length packets undone. Ends never: `complete` is asked first.
class Pixels {
 public:
  Pixels(const Bytes& file, const Header& header) : file_(file), header_(header), at_(header.pixels_at) {}

  /// Where the next pixel stands in the file.
  std::size_t next() {
    if (!header_.packed) return std::exchange(at_, at_ + header_.pixel_bytes);
    if (left_ == 0) {
      const std::uint32_t packet = file_.u8(at_++);
      left_ = (packet & 127) + 1;
      repeats_ = packet & 128;
    }
    --left_;
    const bool stays = repeats_ && left_ > 0;
    return std::exchange(at_, stays ? at_ : at_ + header_.pixel_bytes);
  }
  bool ran_out() const { return at_ > file_.size(); }

 private:
  const Bytes& file_;
  const Header& header_;
  std::size_t at_;
  std::uint32_t left_ = 0;
  bool repeats_ = false;
};

class TgaReader {
 public:
  explicit TgaReader(const PictureFile& file) : file_(file), bytes_(file.bytes, true), header_(header_of(bytes_)) {}
  ByteImage read();

 private:
  using Pixel = std::array<std::uint8_t, 4>;

  bool can_be_complete() const;
  Pixel colour(std::size_t at, std::uint32_t bits) const;
  Pixel pixel(std::size_t at) const;
  Samples samples() const;
  std::vector<Pixel> read_pixels();
  void finish_alpha(std::vector<Pixel>& pixels);

  const PictureFile& file_;
  Bytes bytes_;
  Header header_;
  bool alpha_ = false;
};

/// A small file that claims to be large is refused at once.
bool TgaReader::can_be_complete() const {
  const std::size_t count = std::size_t(header_.width) * header_.height;
  const std::size_t least =
      header_.packed ? (count + 127) / 128 * (1 + header_.pixel_bytes) : count * header_.pixel_bytes;
  return header_.pixels_at <= bytes_.size() && least <= bytes_.size() - header_.pixels_at;
}

TgaReader::Pixel TgaReader::colour(std::size_t at, std::uint32_t bits) const {
  if (bits >= 24)
    return {std::uint8_t(bytes_.u8(at + 2)), std::uint8_t(bytes_.u8(at + 1)), std::uint8_t(bytes_.u8(at)),
            std::uint8_t(bits == 32 ? bytes_.u8(at + 3) : 255)};
  const std::uint32_t packed = bytes_.u16(at);
  const auto five = [&](int shift) { return std::uint8_t(((packed >> shift & 31) * 255 + 15) / 31); };
  return {five(10), five(5), five(0), std::uint8_t(packed & 0x8000 ? 255 : 0)};
}

TgaReader::Pixel TgaReader::pixel(std::size_t at) const {
  if (header_.kind == 2) return colour(at, header_.bits);
  const std::uint8_t first = std::uint8_t(bytes_.u8(at));
  if (header_.kind == 3) return {first, first, first, std::uint8_t(header_.bits == 16 ? bytes_.u8(at + 1) : 255)};
  const std::uint32_t index = header_.bits == 16 ? bytes_.u16(at) : first;
  if (index < header_.map_first || index - header_.map_first >= header_.map_count) return {0, 0, 0, 255};
  return colour(header_.map_at + std::size_t(index - header_.map_first) * ((header_.map_bits + 7) / 8),
                header_.map_bits);
}

std::vector<TgaReader::Pixel> TgaReader::read_pixels() {
  std::vector<Pixel> pixels;
  const std::size_t count = std::size_t(header_.width) * header_.height;
  Pixels source(bytes_, header_);
  pixels.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    if (i % header_.width == 0 && file_.stop.stop_requested()) throw Cancelled();
    const std::size_t at = source.next();
    if (source.ran_out() || at + header_.pixel_bytes > bytes_.size()) throw cut_short(file_);
    pixels.push_back(pixel(at));
  }
  return pixels;
}

/// Whether alpha is meant, and straight colours where they were multiplied by it.
void TgaReader::finish_alpha(std::vector<Pixel>& pixels) {
  const Alpha kind = alpha_kind(bytes_);
  const std::uint32_t bits = header_.kind == 1 ? header_.map_bits : header_.bits;
  const bool stored = header_.kind == 3 ? bits == 16 : bits == 32 || bits == 16;
  // Files of which no pixel has any alpha never meant it.
  alpha_ = stored && header_.alpha_bits > 0 && kind != Alpha::none &&
           std::ranges::any_of(pixels, [](const Pixel& p) { return p[3] > 0; });
  if (!alpha_ || kind != Alpha::multiplied) return;
  for (Pixel& p : pixels)
    for (std::size_t c = 0; c < 3 && p[3] > 0; ++c) p[c] = std::uint8_t(std::min((p[c] * 255 + p[3] / 2) / p[3], 255));
}

Samples TgaReader::samples() const {
  if (header_.kind == 3) return alpha_ ? Samples::grey_alpha : Samples::grey;
  return alpha_ ? Samples::rgba : Samples::rgb;
}

ByteImage TgaReader::read() {
  check_sides(file_, header_.width, header_.height);
  if (!can_be_complete()) throw cut_short(file_);
  std::vector<Pixel> pixels = read_pixels();
  finish_alpha(pixels);
  Stored stored;
  stored.width = int(header_.width);
  stored.height = int(header_.height);
  stored.samples = samples();
  Canvas canvas(file_, stored);
  std::vector<std::uint8_t> row;
  const int colours = is_grey(stored.samples) ? 1 : 3;
  for (int i = 0; i < stored.height; ++i) {
    row.clear();
    for (int x = 0; x < stored.width; ++x) {
      const Pixel& p =
          pixels[std::size_t(i) * header_.width + std::size_t(header_.right_to_left ? stored.width - 1 - x : x)];
      row.insert(row.end(), p.begin(), p.begin() + colours);
      if (alpha_) row.push_back(p[3]);
    }
    canvas.put_row(header_.top_down ? i : stored.height - 1 - i, row.data());
  }
  return canvas.finish();
}

}  // namespace

/// There is no signature: every field of the header must make sense.
bool is_tga(std::span<const char> bytes) {
  const Bytes file(bytes, true);
  if (file.size() < header_size || file.u8(1) > 1) return false;
  const Header h = header_of(file);
  const bool kind = is_one_of(file.u8(2), {1, 2, 3, 9, 10, 11}) && (h.kind != 1 || h.has_map);
  const bool map = !h.has_map || is_one_of(h.map_bits, {15, 16, 24, 32});
  const bool bits = h.kind == 2 ? is_one_of(h.bits, {15, 16, 24, 32}) : is_one_of(h.bits, {8, 16});
  return kind && map && bits && h.width > 0 && h.height > 0 && (file.u8(17) & 0xC0) == 0;
}

ByteImage decode_tga(const PictureFile& file) { return TgaReader(file).read(); }

}  // namespace noiseglass
