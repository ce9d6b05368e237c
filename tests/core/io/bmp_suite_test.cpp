// BMP in all its kinds, written here byte by byte: every header, depth, direction and compression, and files that are
// wrong. What comes out is compared with what went in.
#include "test_files.h"

#include "noiseglass/error.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace noiseglass {
namespace {

using testing::error_of;
using ::testing::HasSubstr;

constexpr std::uint32_t plain = 0, rle8 = 1, rle4 = 2, bit_fields = 3, alpha_bit_fields = 6;

struct Kind {
  int header = 40, bits = 24;
  bool top_down = false;
  std::uint32_t compression = plain;
  std::vector<std::uint32_t> masks = {};  // red, green, blue, alpha
  int colours = -1;                       // entries of the palette; −1: all
  int gap = 0, width = 11, height = 5;
};

std::uint32_t noise(int y, int x) {
  std::uint32_t value = std::uint32_t(y) * 2654435761u + std::uint32_t(x) * 40503u + 12345u;
  value ^= value >> 15;
  value *= 2246822519u;
  return value ^ value >> 13;
}

std::uint32_t stored(const Kind& kind, int y, int x) {
  return kind.bits == 32 ? noise(y, x) : noise(y, x) & ((1u << kind.bits) - 1);
}

std::uint8_t palette(std::uint32_t index, int c) { return std::uint8_t(index * 37 + std::uint32_t(c) * 85 + 11); }

class Writer {
 public:
  std::vector<char> bytes;
  void put(std::uint32_t value, int size) {
    for (int i = 0; i < size; ++i) bytes.push_back(char(value >> (8 * i)));
  }
  void pad_to(std::size_t size) { bytes.resize(std::max(bytes.size(), size)); }
  void set(std::size_t at, std::uint32_t value) {
    for (std::size_t i = 0; i < 4; ++i) bytes[at + i] = char(value >> (8 * i));
  }
};

void put_header(Writer& out, const Kind& kind) {
  out.put(std::uint32_t(kind.header), 4);
  const int side = kind.header == 12 ? 2 : 4;
  out.put(std::uint32_t(kind.width), side);
  out.put(std::uint32_t(kind.top_down ? -kind.height : kind.height), side);
  out.put(1, 2);
  out.put(std::uint32_t(kind.bits), 2);
  if (kind.header > 16) {
    out.put(kind.compression, 4);
    for (int i = 0; i < 3; ++i) out.put(0, 4);
    out.put(std::uint32_t(std::max(kind.colours, 0)), 4);
    out.put(0, 4);
    // Masks are a part of the later headers, and stand behind the earlier one.
    for (std::size_t i = 0; i < kind.masks.size() && (kind.header == 40 || 44 + 4 * int(i) <= kind.header); ++i)
      out.put(kind.masks[i], 4);
  }
  out.pad_to(std::size_t(14 + kind.header));
}

void put_palette(Writer& out, const Kind& kind) {
  if (kind.bits > 8 && kind.colours < 0) return;
  const std::uint32_t count = kind.colours >= 0 ? std::uint32_t(kind.colours) : 1u << kind.bits;
  for (std::uint32_t i = 0; i < count; ++i) {
    for (int c = 3; c-- > 0;) out.put(palette(i, c), 1);
    if (kind.header != 12) out.put(0, 1);
  }
}

void put_rows(Writer& out, const Kind& kind) {
  for (int i = 0; i < kind.height; ++i) {
    const int y = kind.top_down ? i : kind.height - 1 - i;
    const std::size_t start = out.bytes.size();
    int bit = 0;
    for (int x = 0; x < kind.width; ++x) {
      const std::uint32_t value = stored(kind, y, x);
      if (kind.bits >= 8) {
        out.put(value, kind.bits / 8);
        continue;
      }
      if (bit == 0) out.put(0, 1);
      out.bytes.back() = char(out.bytes.back() | int(value) << (8 - kind.bits - bit));
      bit = (bit + kind.bits) % 8;
    }
    out.pad_to(start + (out.bytes.size() - start + 3) / 4 * 4);
  }
}

std::vector<char> begun(const Kind& kind, Writer& out) {
  out.put('B' | 'M' << 8, 2);
  out.put(0, 4);
  out.put(0, 4);
  out.put(0, 4);
  put_header(out, kind);
  put_palette(out, kind);
  out.pad_to(out.bytes.size() + std::size_t(kind.gap));
  out.set(10, std::uint32_t(out.bytes.size()));
  return out.bytes;
}

std::vector<char> bmp_of(const Kind& kind) {
  Writer out;
  begun(kind, out);
  put_rows(out, kind);
  return out.bytes;
}

double scaled(std::uint32_t value, std::uint32_t mask) {
  if (mask == 0) return 0;
  while (!(mask & 1)) mask >>= 1, value >>= 1;
  return 255.0 * (value & mask) / mask;
}

const Rgb background{200, 100, 50};

double expected(const Kind& kind, int y, int x, int c) {
  const std::uint32_t value = stored(kind, y, x);
  const std::size_t channel = std::size_t(c);
  if (kind.bits <= 8) return kind.colours >= 0 && value >= std::uint32_t(kind.colours) ? 0 : palette(value, c);
  if (kind.bits == 24) return value >> (16 - 8 * c) & 255;
  std::vector<std::uint32_t> masks = kind.masks;
  if (masks.empty())
    masks = kind.bits == 16 ? std::vector<std::uint32_t>{0x7C00, 0x3E0, 0x1F}
                            : std::vector<std::uint32_t>{0xFF0000, 0xFF00, 0xFF};
  const bool with_alpha =
      masks.size() == 4 && masks[3] != 0 && (kind.header >= 56 || kind.compression == alpha_bit_fields);
  const double alpha = with_alpha ? scaled(value & masks[3], masks[3]) / 255 : 1;
  return alpha * scaled(value & masks[channel], masks[channel]) + (1 - alpha) * background[channel];
}

std::string name_of(const Kind& kind) {
  return "header " + std::to_string(kind.header) + ", " + std::to_string(kind.bits) + " bits, compression " +
         std::to_string(kind.compression) + ", " + std::to_string(kind.colours) + " colours";
}

void expect_right(const Kind& kind) {
  const std::vector<char> file = bmp_of(kind);
  testing::expect_same_twice(file, name_of(kind));
  const ByteImage image = decode_picture(file, name_of(kind), background);
  ASSERT_EQ(image.shape, (Shape{kind.height, kind.width, 3})) << name_of(kind);
  const double tolerance = kind.masks.size() == 4 ? 1.51 : 0.51;  // colour and alpha are rounded first
  for (int y = 0, i = 0; y < kind.height; ++y)
    for (int x = 0; x < kind.width; ++x)
      for (int c = 0; c < 3; ++c, ++i)
        ASSERT_NEAR(image.data[std::size_t(i)], expected(kind, y, x, c), tolerance)
            << name_of(kind) << " at " << y << " " << x << " " << c;
}

const int headers[] = {12, 16, 40, 52, 56, 64, 108, 124};
const int newer_headers[] = {40, 52, 56, 108, 124};

TEST(BmpSuite, EveryHeaderDepthAndDirectionIsRight) {
  for (const int header : headers)
    for (const int bits : {1, 2, 4, 8, 16, 24, 32})
      for (const bool top_down : {false, true})
        if (!(header == 12 && top_down)) expect_right({.header = header, .bits = bits, .top_down = top_down});
}

TEST(BmpSuite, PalettesOfAnyLengthAndGapsAreRight) {
  for (const int header : newer_headers)
    for (const int bits : {1, 4, 8}) {
      expect_right({.header = header, .bits = bits, .colours = (1 << bits) - 1, .gap = 6});
      expect_right({.header = header, .bits = bits, .colours = 1});
    }
  expect_right({.bits = 24, .colours = 7});
  expect_right({.bits = 32, .colours = 7, .gap = 3});
}

TEST(BmpSuite, BitFieldsAreRight) {
  for (const int header : newer_headers) {
    for (const auto& masks : {std::vector<std::uint32_t>{0xF800, 0x7E0, 0x1F},
                              {0xF00, 0xF0, 0xF},
                              {0x1F, 0x3E0, 0x7C00},
                              {0x8000, 0x4000, 0x2000}})
      expect_right({.header = header, .bits = 16, .compression = bit_fields, .masks = masks});
    for (const auto& masks : {std::vector<std::uint32_t>{0xFF, 0xFF00, 0xFF0000},
                              {0x3FF00000, 0xFFC00, 0x3FF},
                              {0xFF000000, 0xFF0000, 0xFF00},
                              {0xFFFF0000, 0xFFFF, 0}})
      expect_right({.header = header, .bits = 32, .compression = bit_fields, .masks = masks});
    const std::vector<std::uint32_t> alpha = {0xFF0000, 0xFF00, 0xFF, 0xFF000000},
                                     alpha16 = {0x7C00, 0x3E0, 0x1F, 0x8000};
    const std::uint32_t compression = header == 40 ? alpha_bit_fields : bit_fields;
    expect_right({.header = header, .bits = 32, .compression = compression, .masks = alpha});
    expect_right({.header = header, .bits = 16, .compression = compression, .masks = alpha16});
  }
}

ByteImage unpacked(const Kind& kind, const std::vector<int>& data) {
  Writer out;
  begun(kind, out);
  for (const int byte : data) out.put(std::uint32_t(byte), 1);
  return decode_picture(out.bytes, name_of(kind));
}

/// Indices (a letter each, '.' is 0) of a picture, rows from the top.
void expect_indices(const ByteImage& image, const std::vector<std::string>& rows) {
  ASSERT_EQ(image.shape, (Shape{int(rows.size()), int(rows[0].size()), 3}));
  for (std::size_t y = 0, i = 0; y < rows.size(); ++y)
    for (const char letter : rows[y])
      for (int c = 0; c < 3; ++c, ++i)
        EXPECT_EQ(image.data[i], palette(letter == '.' ? 0 : std::uint32_t(letter - '0'), c)) << y << " " << i;
}

TEST(BmpSuite, RunsLiteralsAndJumpsAreRight) {
  for (const int header : {40, 64, 108, 124}) {
    const Kind eight{.header = header, .bits = 8, .compression = rle8, .width = 6, .height = 3};
    // "5×7", then a literal of three and its padding; a jump by 2, 1; a run beyond its row; the end.
    expect_indices(unpacked(eight, {5, 7, 1, 4, 0, 0, 0, 3, 1, 2, 3, 0, 0, 2, 1, 1, 9, 8, 0, 1}),
                   {"....88", "123...", "777774"});
    expect_indices(unpacked(eight, {6, 1, 0, 0, 6, 2, 0, 0, 6, 3}), {"333333", "222222", "111111"});  // no end mark
    EXPECT_THAT(error_of([&] { unpacked(eight, {6, 1, 0, 0, 6, 2, 0, 0, 5, 3}); }), HasSubstr("cut short"));
    const Kind four{.header = header, .bits = 4, .compression = rle4, .width = 5, .height = 2};
    expect_indices(unpacked(four, {5, 0x12, 0, 0, 0, 5, 0x34, 0x56, 0x70, 0, 0, 1}), {"34567", "12121"});
  }
  const ByteImage rgb =
      unpacked({.header = 64, .bits = 24, .compression = 4, .width = 2, .height = 1}, {2, 30, 20, 10, 0, 1});
  EXPECT_EQ(rgb.data, (std::vector<std::uint8_t>{10, 20, 30, 10, 20, 30}));
}

TEST(BmpSuite, WhatIsWrongOrUnknownIsRefused) {
  const Kind right;
  const char *unknown = "cannot be read", *size = "sides from 1 to 8192";
  const std::pair<Kind, const char*> wrong_ones[] = {{{.bits = 3}, unknown},
                                                     {{.bits = 64}, "64 bits a pixel"},
                                                     {{.bits = 0}, unknown},
                                                     {{.compression = 4}, "a JPEG inside"},
                                                     {{.compression = 5}, "a PNG inside"},
                                                     {{.compression = 99}, unknown},
                                                     {{.bits = 24, .compression = rle8}, unknown},
                                                     {{.bits = 4, .compression = rle8}, unknown},
                                                     {{.bits = 24, .compression = bit_fields}, unknown},
                                                     {{.header = 64, .bits = 1, .compression = 3}, "Huffman"},
                                                     {{.width = 0}, size},
                                                     {{.width = -4}, size},
                                                     {{.width = 9000}, size},
                                                     {{.height = 0}, size},
                                                     {{.header = 13}, unknown}};
  for (const auto& [wrong, why] : wrong_ones) {
    Writer out;
    begun(wrong, out);
    out.pad_to(out.bytes.size() + 2000);
    const std::string sentence = error_of([&] { decode_picture(out.bytes, "wrong"); });
    EXPECT_THAT(sentence, HasSubstr(why)) << name_of(wrong);
    EXPECT_TRUE(sentence.ends_with(".")) << sentence;
    testing::expect_same_twice(out.bytes, name_of(wrong));
  }
  std::vector<char> file = bmp_of(right);
  EXPECT_THAT(error_of([&] { decode_picture(std::span(file).first(file.size() - 4), "cut"); }), HasSubstr("cut short"));
  for (const char offset : {0, 10, 53}) {
    file[10] = offset;
    EXPECT_THAT(error_of([&] { decode_picture(file, "offset"); }), HasSubstr("within its header")) << int(offset);
  }
  file[13] = 0x70;
  EXPECT_THAT(error_of([&] { decode_picture(file, "offset"); }), HasSubstr("cut short"));
}

}  // namespace
}  // namespace noiseglass
