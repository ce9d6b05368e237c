// Small pictures of the kinds that are met in real life, in tests/data/cases. Each says what it is by its name.
#include "test_files.h"

#include "noiseglass/error.h"

#include <gmock/gmock.h>

#include <functional>
#include <map>

namespace noiseglass {
namespace {

using testing::case_bytes;
using testing::error_of;
using ::testing::HasSubstr;

ByteImage opened(const std::string& name) { return decode_picture(case_bytes(name), name); }

void expect_equal(const ByteImage& image, const ByteImage& expected, int tolerance, const std::string& name) {
  ASSERT_EQ(image.shape, expected.shape) << name;
  for (std::size_t i = 0; i < expected.data.size(); ++i)
    ASSERT_NEAR(image.data[i], expected.data[i], tolerance) << name << ", value " << i;
}

/// Height, width, and the colour at a place.
struct Expected {
  int height, width;
  std::function<Rgb(int y, int x)> colour;
};

void expect_picture(const std::string& name, const Expected& expected) {
  const ByteImage image = opened(name);
  ASSERT_EQ(image.shape, (Shape{expected.height, expected.width, 3})) << name;
  for (int y = 0, i = 0; y < expected.height; ++y)
    for (int x = 0; x < expected.width; ++x)
      for (int c = 0; c < 3; ++c, ++i)
        ASSERT_EQ(image.data[std::size_t(i)], expected.colour(y, x)[std::size_t(c)]) << name << " " << y << " " << x;
}

Rgb grey(int value) { return {std::uint8_t(value), std::uint8_t(value), std::uint8_t(value)}; }

TEST(Case, BmpOfEveryGenerationOpens) {
  const Expected gradients{
      4, 8, [](int y, int x) {
        return Rgb{std::uint8_t(10 + 32 * x), std::uint8_t(20 + 60 * y), std::uint8_t(20 * x + 20 * y)};
      }};
  for (const char* name : {"bmp-v5-bitfields.bmp", "bmp-topdown.bmp", "bmp-24-with-palette.bmp", "bmp-offset-gap.bmp"})
    expect_picture(name, gradients);
  expect_picture("bmp-v3-header.bmp", {4, 8, [](int, int) { return Rgb{255, 40, 0}; }});
  expect_picture("bmp-rle8.bmp", {4, 8, [](int y, int x) { return grey(200 - 50 * y - 30 * (x / 4)); }});
  expect_picture("bmp-os2-256-greys.bmp", {4, 256, [](int, int x) { return grey(x); }});
}

TEST(Case, PngOfAPhoneIsNotTakenForAnother) {
  expect_picture("png-cgbi-opaque.png", {4, 8, [](int, int) { return Rgb{255, 40, 0}; }});
  expect_equal(opened("png-cgbi-opaque-same-as-plain-png.png"), opened("png-cgbi-opaque.png"), 0, "plain");
}

TEST(Case, PngWithAWrongBitIsRefused) {
  EXPECT_THAT(error_of([] { opened("png-one-wrong-bit.png"); }), HasSubstr("checksum does not match"));
}

TEST(Case, JpegInCmykHasItsColours) {
  const ByteImage control = opened("jpeg-control.jpg");
  expect_equal(opened("jpeg-cmyk-adobe.jpg"), control, 24, "with Adobe's marker");
  expect_equal(opened("jpeg-cmyk-without-adobe-marker.jpg"), control, 24, "without");
}

TEST(Case, JpegWithoutItsEndMarkerOpens) {
  expect_equal(opened("jpeg-without-end-marker.jpg"), opened("jpeg-control.jpg"), 0, "no end");
}

TEST(Case, JpegIsTurnedWhateverTheTypeOfItsOrientation) {
  const ByteImage turned = opened("jpeg-orientation-6-as-short.jpg");
  EXPECT_EQ(turned.shape, (Shape{48, 32, 3}));
  expect_equal(opened("jpeg-orientation-6-as-long.jpg"), turned, 0, "as long");
}

TEST(Case, WebPOpensWhateverItsName) { expect_equal(opened("webp-named.jpg"), opened("jpeg-control.jpg"), 60, "webp"); }

TEST(Case, TgaOpensFromAllFourCorners) {
  const ByteImage control = opened("tga-top-left.tga");
  expect_equal(opened("tga-bottom-left.tga"), control, 0, "bottom left");
  // Mirrored pixels and the bit that says so; then each row from its right end.
  std::vector<char> mirrored = case_bytes("tga-top-left.tga");
  constexpr int header = 18, width = 6, height = 4;
  ASSERT_EQ(mirrored.size(), std::size_t(header + 3 * width * height));
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width / 2; ++x)
      for (int c = 0; c < 3; ++c)
        std::swap(mirrored[std::size_t(header + (y * width + x) * 3 + c)],
                  mirrored[std::size_t(header + (y * width + width - 1 - x) * 3 + c)]);
  mirrored[17] |= 0x10;
  expect_equal(decode_picture(mirrored, "top right"), control, 0, "top right");
}

TEST(Case, TgaHasAlphaOnlyWhereItSaysSo) {
  expect_equal(opened("tga-32-no-alpha-bits.tga"), opened("tga-top-left.tga"), 0, "0 alpha bits");
  const ByteImage over_white = opened("tga-32-alpha8.tga");
  const ByteImage over_black = decode_picture(case_bytes("tga-32-alpha8.tga"), "black", {0, 0, 0});
  EXPECT_EQ(over_white.data, opened("tga-top-left.tga").data);  // it is opaque
  EXPECT_EQ(over_black.data, over_white.data);
  std::vector<char> clear = case_bytes("tga-32-alpha8.tga");
  clear[18 + 3] = 0;
  EXPECT_EQ(decode_picture(clear, "clear", {1, 2, 3}).data[0], 1);
}

TEST(Case, TgaThatClaimsMoreThanItHasIsRefused) {
  for (const char* name : {"slow-1.tga", "slow-2.tga"})
    EXPECT_THAT(error_of([&] { opened(name); }), HasSubstr("cut short")) << name;
}

// Each line is one pixel and a run of it.
TEST(Case, HdrInTheOldEncodingOpensFromBothEnds) {
  const std::vector<char> file = case_bytes("hdr-old-rle.hdr");
  const ByteImage image = decode_picture(file, "top down");
  ASSERT_EQ(image.shape, (Shape{8, 16, 3}));
  const std::uint8_t lines[] = {99, 136, 163, 186, 206, 224, 240, 255};  // 255 (light)^(1/2.2), light = k/8
  for (std::size_t i = 0; i < image.data.size(); ++i) EXPECT_EQ(image.data[i], lines[i / 48]) << i;

  const std::string text(file.begin(), file.end());
  const auto with_axes = [&](const std::string& axes) {
    std::string other = text;
    other.replace(other.find("-Y 8 +X 16"), 10, axes);
    return decode_picture({other.data(), other.size()}, axes);
  };
  const ByteImage flipped = with_axes("+Y 8 +X 16"), columns = with_axes("+X 8 +Y 16");
  for (std::size_t i = 0; i < flipped.data.size(); ++i) EXPECT_EQ(flipped.data[i], lines[7 - i / 48]) << i;
  ASSERT_EQ(columns.shape, (Shape{16, 8, 3}));
  for (std::size_t i = 0; i < columns.data.size(); ++i) EXPECT_EQ(columns.data[i], lines[i / 3 % 8]) << i;
}

// memcheck.sh asks the same of every byte that is read.
TEST(Case, EveryFileGivesTheSameBytesTwice) {
  int files = 0;
  for (const char* folder : {"", "../cases"})
    for (const auto& entry : std::filesystem::directory_iterator(testing::data_file(folder))) {
      testing::expect_same_twice(read_whole(entry.path()), entry.path().string());
      ++files;
    }
  EXPECT_GT(files, 40);
}

TEST(Case, WhatDoesNotOpenIsCalledByItsName) {
  using namespace std::string_literals;
  const std::pair<std::string, const char*> beginnings[] = {
      {"\0\0\0\x20"s
       "ftypavif\0\0\0\0"s,
       "is an AVIF picture"},
      {"\0\0\0\x18"s
       "ftypheic\0\0\0\0"s,
       "is a HEIC picture"},
      {"II*\0\x08\0\0\0"s, "is a TIFF picture"},
      {"MM\0*\0\0\0\x08"s, "is a TIFF picture"},
      {"\xFF\x0A\x7F\x03"s, "is a JPEG XL picture"},
      {"\0\0\0\x0CJXL \r\n\x87\n"s, "is a JPEG XL picture"},
      {"8BPS\0\x01"s, "is a Photoshop picture"},
      {"<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\">"s, "is an SVG drawing"},
      {"%PDF-1.7\n"s, "is a PDF document"},
      {"P6\n8 8\n255\n"s, "is a Netpbm picture"},
      {"\0\0\x01\0\x01\0\x10\x10"s, "is a Windows icon"},
  };
  for (const auto& [text, expected] : beginnings) {
    const std::string error = error_of([&] { decode_picture({text.data(), text.size()}, "photo.jpg"); });
    EXPECT_THAT(error, HasSubstr(expected));
    EXPECT_THAT(error, HasSubstr("export it as PNG or JPEG"));
  }
}

}  // namespace
}  // namespace noiseglass
