// GIFs: the colours that come out are the colours that went in, as near as 256 of them can be.
#include "export/gif.h"
#include "export/palette.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>

namespace noiseglass::exports {
namespace {

ByteImage shaded(int width, int height, int colours) {
  ByteImage image(Shape{height, width, 3});
  for (int i = 0; i < width * height; ++i) {
    const int k = i * 2654435761u >> 8 & 0xFFFFFF;
    const int colour = colours ? (k % colours) * (0xFFFFFF / colours) : k;
    for (int c = 0; c < 3; ++c) image.data[std::size_t(3 * i + c)] = std::uint8_t(colour >> 8 * c);
  }
  return image;
}

ByteImage from_palette(const Indexed& indexed, Shape shape) {
  ByteImage image(shape);
  for (std::size_t i = 0; i < indexed.pixels.size(); ++i)
    for (std::size_t c = 0; c < 3; ++c) image.data[3 * i + c] = indexed.colours[3u * indexed.pixels[i] + c];
  return image;
}

TEST(Palette, IsExactForFewColours) {
  for (const int colours : {1, 2, 255, 256}) {
    const ByteImage image = shaded(40, 30, colours);
    EXPECT_EQ(from_palette(to_palette(image), image.shape).data, image.data);
  }
}

TEST(Palette, KeepsMeanColoursOfASmoothPicture) {
  ByteImage image(Shape{64, 64, 3});
  for (int y = 0; y < 64; ++y)
    for (int x = 0; x < 64; ++x) {
      std::uint8_t* pixel = &image.data[(std::size_t(y) * 64 + x) * 3];
      pixel[0] = std::uint8_t(4 * x), pixel[1] = std::uint8_t(4 * y), pixel[2] = std::uint8_t(2 * x + 2 * y);
    }
  const Indexed indexed = to_palette(image);
  EXPECT_LE(indexed.count(), 256);
  const ByteImage back = from_palette(indexed, image.shape);
  for (int block = 0; block < 64; ++block)  // of 8 × 8 pixels, over which the error is spread
    for (std::size_t c = 0; c < 3; ++c) {
      double difference = 0;
      for (int i = 0; i < 64; ++i) {
        const std::size_t at = (std::size_t(block / 8 * 8 + i / 8) * 64 + block % 8 * 8 + i % 8) * 3 + c;
        difference += double(back.data[at]) - double(image.data[at]);
      }
      EXPECT_LT(std::abs(difference / 64), 4);
    }
}

TEST(Gif, OpensAsItsFirstPicture) {
  const ByteImage first = shaded(31, 17, 100), second = shaded(31, 17, 0);
  Gif gif(31, 17);
  gif.add(first, 0.1);
  gif.add(second, 2);
  const std::vector<char> file = gif.finish();
  EXPECT_EQ(decode_picture(file, "test.gif").data, first.data);
}

TEST(Gif, TakesOneSizeOnly) {
  Gif gif(31, 17);
  EXPECT_THROW(gif.add(ByteImage(Shape{17, 32, 3}), 0.1), Error);
}

}  // namespace
}  // namespace noiseglass::exports
