// PNG in all its kinds, written here byte by byte: every colour type, depth, filter and interlacing, and files that are
// wrong. What comes out is compared with the samples that went in.
#include "png_chunks.h"
#include "test_files.h"

#include "noiseglass/error.h"

#include <gmock/gmock.h>
#include <zlib.h>
#include <functional>
#include <optional>

namespace noiseglass {
namespace {

using testing::append_u32;

struct Kind {
  int type, depth;
  bool interlaced = false;
  int filter = 0, width = 11, height = 9;
  bool transparent_colour = false;  // tRNS: the first sample that occurs
  std::size_t idat_size = 1 << 20;

  int channels() const { return type == 2 ? 3 : type == 4 ? 2 : type == 6 ? 4 : 1; }
  int most() const { return (1 << depth) - 1; }
  /// What is stored at a place.
  int sample(int y, int x, int c) const { return (y * 1231 + x * 3571 + c * 7919 + x * y * 17) & most(); }
};

/// Red, green and blue of a palette's entry.
int palette(int index, int c) { return (index * 37 + c * 85 + 11) & 255; }

using Bytes = std::vector<std::uint8_t>;

Bytes packed_row(const Kind& kind, int y, int first, int step) {
  Bytes row;
  int bit = 0;
  for (int x = first; x < kind.width; x += step)
    for (int c = 0; c < kind.channels(); ++c) {
      const int value = kind.sample(y, x, c);
      if (kind.depth == 16) row.insert(row.end(), {std::uint8_t(value >> 8), std::uint8_t(value)});
      if (kind.depth == 8) row.push_back(std::uint8_t(value));
      if (kind.depth >= 8) continue;
      if (bit == 0) row.push_back(0);
      row.back() = std::uint8_t(row.back() | value << (8 - kind.depth - bit));
      bit = (bit + kind.depth) % 8;
    }
  return row;
}

int paeth(int a, int b, int c) {
  const int p = a + b - c, pa = std::abs(p - a), pb = std::abs(p - b), pc = std::abs(p - c);
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

void append_filtered(Bytes& out, const Kind& kind, const Bytes& row, const Bytes& above) {
  const std::size_t unit = std::size_t(std::max(1, kind.channels() * kind.depth / 8));
  out.push_back(std::uint8_t(kind.filter));
  for (std::size_t i = 0; i < row.size(); ++i) {
    const int a = i >= unit ? row[i - unit] : 0, b = above.empty() ? 0 : above[i];
    const int c = i >= unit && !above.empty() ? above[i - unit] : 0;
    const int guesses[] = {0, a, b, (a + b) / 2, paeth(a, b, c)};
    out.push_back(std::uint8_t(row[i] - (kind.filter < 5 ? guesses[kind.filter] : 0)));
  }
}

Bytes raw_data(const Kind& kind) {
  struct Pass {
    int x, y, dx, dy;
  };
  static const std::vector<Pass> whole = {{0, 0, 1, 1}};
  static const std::vector<Pass> adam7 = {{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4},
                                          {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}};
  Bytes out;
  for (const Pass& pass : kind.interlaced ? adam7 : whole) {
    Bytes above;
    for (int y = pass.y; y < kind.height && pass.x < kind.width; y += pass.dy) {
      const Bytes row = packed_row(kind, y, pass.x, pass.dx);
      append_filtered(out, kind, row, above);
      above = row;
    }
  }
  return out;
}

void append_chunk(std::vector<char>& file, const std::string& type, const std::vector<char>& data) {
  std::vector<char> checked(type.begin(), type.end());
  checked.insert(checked.end(), data.begin(), data.end());
  append_u32(file, std::uint32_t(data.size()));
  file.insert(file.end(), checked.begin(), checked.end());
  append_u32(file, testing::crc_of(checked));
}

std::vector<char> transparency(const Kind& kind) {
  std::vector<char> data;
  if (kind.type == 3) return {0};  // entry 0; the others are opaque
  for (int c = 0; c < kind.channels(); ++c) {
    const int value = kind.sample(0, 0, c);
    data.insert(data.end(), {char(value >> 8), char(value)});
  }
  return data;
}

std::vector<char> png_of(const Kind& kind) {
  std::vector<char> file = {char(0x89), 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'}, header, colours;
  append_u32(header, std::uint32_t(kind.width));
  append_u32(header, std::uint32_t(kind.height));
  header.insert(header.end(), {char(kind.depth), char(kind.type), 0, 0, char(kind.interlaced)});
  append_chunk(file, "IHDR", header);
  for (int i = 0; kind.type == 3 && i <= kind.most(); ++i)
    for (int c = 0; c < 3; ++c) colours.push_back(char(palette(i, c)));
  if (!colours.empty()) append_chunk(file, "PLTE", colours);
  if (kind.transparent_colour) append_chunk(file, "tRNS", transparency(kind));
  const Bytes raw = raw_data(kind);
  uLongf size = compressBound(uLong(raw.size()));
  std::vector<char> deflated(size);
  compress(reinterpret_cast<Bytef*>(deflated.data()), &size, raw.data(), uLong(raw.size()));
  deflated.resize(size);
  for (std::size_t at = 0; at < deflated.size(); at += kind.idat_size) {
    const std::size_t count = std::min(kind.idat_size, deflated.size() - at);
    append_chunk(file, "IDAT", {deflated.begin() + std::ptrdiff_t(at), deflated.begin() + std::ptrdiff_t(at + count)});
  }
  append_chunk(file, "IEND", {});
  return file;
}

const Rgb background{200, 100, 50};

/// What is to be seen of a channel (0…2), before its rounding to 8 bits.
double expected(const Kind& kind, int y, int x, int c) {
  const auto eight = [&](int channel) { return 255.0 * kind.sample(y, x, channel) / kind.most(); };
  const bool coloured = kind.type == 2 || kind.type == 6;
  const double colour = kind.type == 3 ? palette(kind.sample(y, x, 0), c) : eight(coloured ? c : 0);
  double alpha = kind.type == 4 ? eight(1) / 255 : kind.type == 6 ? eight(3) / 255 : 1;
  if (kind.transparent_colour) {
    bool same = true;
    for (int channel = 0; channel < kind.channels(); ++channel)
      same = same && kind.sample(y, x, channel) == (kind.type == 3 ? 0 : kind.sample(0, 0, channel));
    if (same) alpha = 0;
  }
  return alpha * colour + (1 - alpha) * background[std::size_t(c)];
}

void expect_right(const Kind& kind) {
  const std::string name = "type " + std::to_string(kind.type) + " depth " + std::to_string(kind.depth) + " filter " +
                           std::to_string(kind.filter) + (kind.interlaced ? " interlaced " : " ") +
                           std::to_string(kind.width) + "×" + std::to_string(kind.height);
  const std::vector<char> file = png_of(kind);
  testing::expect_same_twice(file, name);
  const ByteImage image = decode_picture(file, name, background);
  ASSERT_EQ(image.shape.width, kind.width) << name;
  ASSERT_EQ(image.shape.height, kind.height) << name;
  const int channels = image.shape.channels;
  // Colour, alpha and what is behind are each rounded to 8 bits first: together they may be off by one.
  const double tolerance = kind.depth == 16 && kind.channels() % 2 == 0 ? 1.51 : 0.51;
  for (int y = 0, i = 0; y < kind.height; ++y)
    for (int x = 0; x < kind.width; ++x)
      for (int c = 0; c < channels; ++c, ++i)
        ASSERT_NEAR(image.data[std::size_t(i)], expected(kind, y, x, c), tolerance) << name << " at " << y << " " << x;
}

const std::vector<Kind> basic = {{0, 1}, {0, 2}, {0, 4}, {0, 8}, {0, 16}, {2, 8}, {2, 16}, {3, 1},
                                 {3, 2}, {3, 4}, {3, 8}, {4, 8}, {4, 16}, {6, 8}, {6, 16}};

TEST(PngSuite, EveryTypeDepthFilterAndInterlacingIsRight) {
  for (Kind kind : basic)
    for (const bool interlaced : {false, true})
      for (kind.filter = 0; kind.filter < 5; ++kind.filter) {
        kind.interlaced = interlaced;
        expect_right(kind);
      }
}

TEST(PngSuite, TransparentColoursAreRight) {
  for (Kind kind : basic) {
    if (kind.type > 3) continue;
    kind.transparent_colour = true;
    expect_right(kind);
  }
}

TEST(PngSuite, SmallSidesAndSmallPiecesAreRight) {
  for (int side = 1; side <= 9; ++side) {
    expect_right({.type = 3, .depth = 1, .interlaced = true, .width = side, .height = side});
    expect_right({.type = 2, .depth = 8, .interlaced = true, .width = side, .height = 10 - side});
  }
  expect_right({.type = 2, .depth = 16, .idat_size = 1});
}

/// The file with one byte changed; its chunk's checksum fits if `mended`. IHDR's content begins at 16.
std::vector<char> with_header_byte(std::size_t at, int value, bool mended = true) {
  std::vector<char> file = png_of({.type = 2, .depth = 8});
  file[16 + at] = char(value);
  if (!mended) return file;
  const std::vector<char> checked(file.begin() + 12, file.begin() + 29);
  std::vector<char> crc;
  append_u32(crc, testing::crc_of(checked));
  std::copy(crc.begin(), crc.end(), file.begin() + 29);
  return file;
}

std::vector<char> without(const std::vector<char>& file, const std::string& chunk) {
  const std::string text(file.begin(), file.end());
  const std::size_t at = text.find(chunk) - 4;
  const std::size_t length = std::uint8_t(text[at + 2]) * 256u + std::uint8_t(text[at + 3]);
  std::vector<char> out(file.begin(), file.begin() + std::ptrdiff_t(at));
  out.insert(out.end(), file.begin() + std::ptrdiff_t(at + 12 + length), file.end());
  return out;
}

TEST(PngSuite, WhatIsWrongIsRefused) {
  const std::vector<char> right = png_of({.type = 2, .depth = 8}), palette_file = png_of({.type = 3, .depth = 8});
  std::vector<char> bad_crc = right;
  bad_crc[bad_crc.size() - 14] ^= 1;  // of IDAT
  std::vector<char> dos = right;
  dos.erase(dos.begin() + 4);  // CR LF as text transfers make of it
  const char *unknown = "of a kind that cannot be read", *damaged = "is damaged", *cut = "is cut short",
             *checksum = "a checksum does not match";
  const std::pair<std::vector<char>, const char*> wrong[] = {{with_header_byte(9, 1), unknown},
                                                             {with_header_byte(9, 5), unknown},
                                                             {with_header_byte(9, 7), unknown},
                                                             {with_header_byte(8, 0), unknown},
                                                             {with_header_byte(8, 3), unknown},
                                                             {with_header_byte(8, 99), unknown},
                                                             {with_header_byte(8, 4), unknown},
                                                             {with_header_byte(3, 0), unknown},
                                                             {with_header_byte(7, 0), unknown},
                                                             {with_header_byte(0, 0x80), unknown},
                                                             {with_header_byte(10, 1), unknown},
                                                             {with_header_byte(11, 1), unknown},
                                                             {with_header_byte(12, 2), unknown},
                                                             {with_header_byte(3, 9, false), checksum},
                                                             {without(right, "IDAT"), damaged},
                                                             {without(palette_file, "PLTE"), damaged},
                                                             {without(right, "IHDR"), damaged},
                                                             {png_of({.type = 2, .depth = 8, .filter = 5}), damaged},
                                                             {bad_crc, checksum},
                                                             {dos, "not a picture"},
                                                             {{right.begin(), right.end() - 40}, cut}};
  int number = 0;
  for (const auto& [file, why] : wrong) {
    const std::string sentence = testing::error_of([&] { decode_picture(file, "wrong"); });
    EXPECT_THAT(sentence, ::testing::HasSubstr(why)) << number;
    EXPECT_TRUE(sentence.ends_with(".")) << sentence;
    testing::expect_same_twice(file, std::to_string(number++));
  }
}

}  // namespace
}  // namespace noiseglass
