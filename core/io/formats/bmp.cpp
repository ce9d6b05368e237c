// BMP in all its generations: OS/2 1 and 2, Windows 3 to 5. Sources: Microsoft, "Bitmap Storage" and BITMAPV5HEADER;
// IBM, "Bitmap File Format" (OS/2 Presentation Manager).

#include "io/bytes.h"
#include "io/formats/bmp_rle.h"
#include "io/formats/canvas.h"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>

namespace noiseglass {
namespace {

constexpr std::size_t file_header = 14;
constexpr std::uint32_t core_header = 12, windows_header = 40;
enum Compression : std::uint32_t {
  plain = 0,
  rle8 = 1,
  rle4 = 2,
  bit_fields = 3,
  jpeg = 4,
  png = 5,
  alpha_bit_fields = 6
};

/// One channel within a pixel's bits.
struct Field {
  std::uint32_t mask = 0;

  std::uint8_t of(std::uint32_t pixel) const {
    if (mask == 0) return 0;
    const int shift = std::countr_zero(mask);
    const std::uint64_t most = mask >> shift, value = (pixel & mask) >> shift;
    return std::uint8_t((value * 255 + most / 2) / most);
  }
};

struct Header {
  std::uint32_t size = 0, bits = 0, compression = plain, colours = 0;
  std::int64_t width = 0, height = 0;
  bool top_down = false;
  std::size_t pixels_at = 0;

  bool is_os2_2() const {
    return size > core_header && size <= 64 && size != windows_header && size != 52 && size != 56;
  }
  bool is_rle() const { return compression == rle8 || compression == rle4 || (is_os2_2() && compression == jpeg); }
};

class BmpReader {
 public:
  explicit BmpReader(const PictureFile& file) : file_(file), bytes_(file.bytes, true) {}
  ByteImage read();

 private:
  /// A number of the header, 0 where the header is too short to have it. @param at behind the file header
  std::uint32_t u32(std::size_t at) const { return at + 4 <= header_.size ? bytes_.u32(file_header + at) : 0; }
  std::uint32_t u16(std::size_t at) const { return at + 2 <= header_.size ? bytes_.u16(file_header + at) : 0; }

  void read_header();
  void check_kind() const;
  void read_fields();
  void read_palette();
  std::vector<char> profile() const;
  std::vector<std::uint8_t> unpacked() const;
  void read_row(std::size_t at, std::vector<std::uint8_t>& row) const;
  bool any_coverage(std::size_t stride) const;

  const PictureFile& file_;
  Bytes bytes_;
  Header header_;
  std::array<Field, 4> fields_;
  std::size_t behind_header_ = 0;
  std::array<std::array<std::uint8_t, 3>, 256> palette_{};  // black where the file's is too short
  int channels_ = 3;
};

void BmpReader::read_header() {
  header_.size = bytes_.u32(file_header);
  if (bytes_.size() < file_header + header_.size) throw cut_short(file_);
  header_.pixels_at = bytes_.u32(10);
  if (header_.size == core_header) {
    header_.width = u16(4);
    header_.height = u16(6);
    header_.bits = u16(10);
  } else {
    header_.width = std::int32_t(u32(4));
    header_.height = std::int32_t(u32(8));
    header_.bits = u16(14);
    header_.compression = u32(16);
    header_.colours = u32(32);
  }
  header_.top_down = header_.height < 0;
  if (header_.top_down) header_.height = -header_.height;
  check_sides(file_, header_.width, header_.height);
}

void BmpReader::check_kind() const {
  const auto [bits, compression] = std::pair(header_.bits, header_.compression);
  if (header_.is_os2_2() && compression == bit_fields) throw unreadable(file_, "a BMP in OS/2's Huffman code");
  if (!header_.is_os2_2() && compression == jpeg) throw unreadable(file_, "a BMP with a JPEG inside");
  if (compression == png) throw unreadable(file_, "a BMP with a PNG inside");
  const bool known = bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16 || bits == 24 || bits == 32;
  if (!known) throw unreadable(file_, "a BMP of " + std::to_string(bits) + " bits a pixel");
  const bool fits = compression == plain || (compression == rle8 && bits == 8) || (compression == rle4 && bits == 4) ||
                    (header_.is_os2_2() && compression == jpeg && bits == 24) ||
                    ((compression == bit_fields || compression == alpha_bit_fields) && (bits == 16 || bits == 32));
  if (!fits) throw unreadable(file_, "a BMP of an unknown kind of compression");
}

void BmpReader::read_fields() {
  behind_header_ = file_header + header_.size;
  if (header_.bits == 16) fields_ = {{{0x7C00}, {0x03E0}, {0x001F}, {0}}};
  if (header_.bits == 32) fields_ = {{{0xFF0000}, {0x00FF00}, {0x0000FF}, {0}}};
  if (header_.compression != bit_fields && header_.compression != alpha_bit_fields) return;
  const bool with_alpha = header_.compression == alpha_bit_fields || header_.size >= 56;
  for (std::size_t i = 0; i < 4; ++i)  // from the second version on they are a part of the header
    fields_[i].mask = i == 3 && !with_alpha ? 0 : bytes_.u32(file_header + windows_header + 4 * i);
  if (header_.size == windows_header) behind_header_ += header_.compression == alpha_bit_fields ? 16 : 12;
}

void BmpReader::read_palette() {
  if (header_.bits > 8) return;
  const std::size_t entry = header_.size == core_header ? 3 : 4;
  const std::size_t room = header_.pixels_at > behind_header_ ? (header_.pixels_at - behind_header_) / entry : 0;
  const std::size_t said = header_.colours ? header_.colours : std::size_t(1) << header_.bits;
  const std::size_t count = std::min({said, room, std::size_t(1) << header_.bits});
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t c = 0; c < 3; ++c) palette_[i][c] = std::uint8_t(bytes_.u8(behind_header_ + i * entry + 2 - c));
}

std::vector<char> BmpReader::profile() const {
  constexpr std::uint32_t embedded = 0x4D424544;  // "MBED"
  if (header_.size < 124 || u32(56) != embedded) return {};
  const auto found = bytes_.slice(file_header + u32(112), u32(116));
  return {found.begin(), found.end()};
}

/// The rows that run-length encoding stood for, as a plain BMP would have them.
std::vector<std::uint8_t> BmpReader::unpacked() const {
  const std::size_t bytes_each = header_.bits == 24 ? 3 : 1;
  const auto pixels = unpack_bmp_rle(file_.bytes.subspan(std::min(header_.pixels_at, bytes_.size())), header_.bits,
                                     int(header_.width), int(header_.height));
  if (!pixels) throw cut_short(file_);
  std::vector<std::uint8_t> rows;
  rows.reserve(pixels->size() / bytes_each * 3);
  if (bytes_each == 1)
    for (const std::uint8_t index : *pixels) rows.insert(rows.end(), palette_[index].begin(), palette_[index].end());
  else
    for (std::size_t i = 0; i < pixels->size(); i += 3)
      rows.insert(rows.end(), {(*pixels)[i + 2], (*pixels)[i + 1], (*pixels)[i]});
  return rows;
}

void BmpReader::read_row(std::size_t at, std::vector<std::uint8_t>& row) const {
  std::uint8_t* out = row.data();
  for (std::int64_t x = 0; x < header_.width; ++x) {
    const std::size_t bit = std::size_t(x) * header_.bits, byte = at + bit / 8;
    if (header_.bits <= 8) {
      const std::uint32_t shift = 8 - header_.bits - std::uint32_t(bit % 8);
      out = std::copy_n(palette_[bytes_.u8(byte) >> shift & ((1u << header_.bits) - 1)].data(), 3, out);
    } else if (header_.bits == 24) {
      for (std::size_t c = 3; c-- > 0;) *out++ = std::uint8_t(bytes_.u8(byte + c));
    } else {
      const std::uint32_t pixel = header_.bits == 16 ? bytes_.u16(byte) : bytes_.u32(byte);
      for (int c = 0; c < channels_; ++c) *out++ = fields_[std::size_t(c)].of(pixel);
    }
  }
}

/// Files of which no pixel has any alpha never meant it.
bool BmpReader::any_coverage(std::size_t stride) const {
  for (std::int64_t y = 0; y < header_.height; ++y)
    for (std::int64_t x = 0; x < header_.width; ++x) {
      const std::size_t at = header_.pixels_at + std::size_t(y) * stride + std::size_t(x) * header_.bits / 8;
      if ((header_.bits == 16 ? bytes_.u16(at) : bytes_.u32(at)) & fields_[3].mask) return true;
    }
  return false;
}

ByteImage BmpReader::read() {
  read_header();
  check_kind();
  read_fields();
  if (header_.pixels_at < behind_header_) throw damaged(file_, "its pixels would begin within its header");
  read_palette();

  std::vector<std::uint8_t> rows;
  const std::size_t row_bits = std::size_t(header_.width) * header_.bits, stride = (row_bits + 31) / 32 * 4;
  if (header_.is_rle()) {
    rows = unpacked();
  } else {
    const std::size_t wanted = stride * std::size_t(header_.height - 1) + (row_bits + 7) / 8;
    if (header_.pixels_at > bytes_.size() || wanted > bytes_.size() - header_.pixels_at) throw cut_short(file_);
    if (fields_[3].mask && any_coverage(stride)) channels_ = 4;
  }
  Stored stored;
  stored.width = int(header_.width);
  stored.height = int(header_.height);
  stored.samples = channels_ == 4 ? Samples::rgba : Samples::rgb;
  stored.colour.icc = profile();
  Canvas canvas(file_, stored);
  std::vector<std::uint8_t> row(canvas.row_bytes());
  for (int i = 0; i < stored.height; ++i) {
    const int y = header_.top_down ? i : stored.height - 1 - i;
    if (rows.empty()) read_row(header_.pixels_at + std::size_t(i) * stride, row);
    canvas.put_row(y, rows.empty() ? row.data() : &rows[std::size_t(i) * canvas.row_bytes()]);
  }
  return canvas.finish();
}

}  // namespace

bool is_bmp(std::span<const char> bytes) {
  const Bytes file(bytes, true);
  const std::uint32_t header = file.u32(file_header);
  return file.has(0, "BM") && header >= core_header && header <= 256;
}

ByteImage decode_bmp(const PictureFile& file) { return BmpReader(file).read(); }

}  // namespace noiseglass
