#include "io/exif.h"

#include "png_chunks.h"
#include "test_files.h"

namespace noiseglass {
namespace {

using testing::bytes_of;

constexpr int as_byte = 1, as_short = 3, as_long = 4;

/// A TIFF block with two entries, the second being the orientation.
std::vector<char> tiff_block(int orientation, bool little_endian, int type = as_short) {
  std::vector<char> out;
  const auto put = [&](std::uint32_t value, int size) {
    for (int i = 0; i < size; ++i) out.push_back(char(value >> (8 * (little_endian ? i : size - 1 - i))));
  };
  out.assign(2, little_endian ? 'I' : 'M');
  put(42, 2);
  put(8, 4);  // the first directory follows at once
  put(2, 2);
  for (const auto& [tag, value] : {std::pair(0x0100, 640), std::pair(0x0112, orientation)}) {
    const int size = type == as_byte ? 1 : type == as_short ? 2 : 4;
    put(std::uint32_t(tag), 2);
    put(std::uint32_t(type), 2);
    put(1, 4);
    put(std::uint32_t(value), size);
    put(0, 4 - size);
  }
  put(0, 4);
  return out;
}

std::vector<char> jpeg_with(int orientation, bool little_endian) {
  std::vector<char> file = bytes_of("rgb.jpg");
  const std::vector<char> block = tiff_block(orientation, little_endian);
  std::vector<char> segment = {char(0xFF), char(0xE1), 0, char(block.size() + 8), 'E', 'x', 'i', 'f', 0, 0};
  segment.insert(segment.end(), block.begin(), block.end());
  file.insert(file.begin() + 2, segment.begin(), segment.end());
  return file;
}

std::vector<char> png_with(int orientation, bool little_endian) {
  return testing::with_chunk(bytes_of("rgb.png"), "eXIf", tiff_block(orientation, little_endian));
}

// The corners of the upright picture, said as in the EXIF standard: where the stored picture's rows and columns go.
// Each is the stored corner (0 top left, 1 top right, 2 bottom left, 3 bottom right) seen there.
constexpr int corners[9][4] = {{},           {0, 1, 2, 3}, {1, 0, 3, 2}, {3, 2, 1, 0}, {2, 3, 0, 1},
                               {0, 2, 1, 3}, {2, 0, 3, 1}, {3, 1, 2, 0}, {1, 3, 0, 2}};

class Orientation : public ::testing::TestWithParam<int> {};

TEST_P(Orientation, IsReadInBothByteOrdersAndAllTypesThatCamerasWrite) {
  for (const bool little_endian : {false, true})
    for (const int type : {as_byte, as_short, as_long})
      EXPECT_EQ(exif_orientation(tiff_block(GetParam(), little_endian, type)), GetParam()) << type;
}

TEST_P(Orientation, OfJpegIsThatOfPng) {
  const ByteImage png = decode_picture(png_with(GetParam(), true), "png");
  for (const bool little_endian : {false, true}) {
    const ByteImage jpeg = decode_picture(jpeg_with(GetParam(), little_endian), "jpeg");
    ASSERT_EQ(jpeg.shape, png.shape);
    for (std::size_t i = 0; i < png.data.size(); ++i) EXPECT_NEAR(jpeg.data[i], png.data[i], 4);
  }
}

TEST_P(Orientation, PutsTheCornersWhereTheStandardSays) {
  const int orientation = GetParam();
  const ByteImage stored = decode_picture(bytes_of("rgb.png"), "stored", {});
  const ByteImage turned = decode_picture(png_with(orientation, true), "turned", {});
  const bool swapped = orientation >= 5;
  ASSERT_EQ(turned.shape, (swapped ? Shape{5, 4, 3} : Shape{4, 5, 3}));
  const auto corner = [](const ByteImage& image, int which) {
    const int y = which >= 2 ? image.shape.height - 1 : 0, x = which % 2 ? image.shape.width - 1 : 0;
    return image.data[std::size_t(y * image.shape.width + x) * 3];
  };
  for (int i = 0; i < 4; ++i) EXPECT_EQ(corner(turned, i), corner(stored, corners[orientation][i])) << "corner " << i;
}

// Corners alone would not notice scrambled insides: turning by the inverse gives the stored picture back.
TEST_P(Orientation, IsUndoneByItsInverse) {
  const ByteImage stored = decode_picture(bytes_of("rgb.png"), "stored", {});
  const int inverse = GetParam() == 6 ? 8 : GetParam() == 8 ? 6 : GetParam();
  EXPECT_EQ(turn_upright(turn_upright(stored, GetParam()), inverse).data, stored.data);
}

INSTANTIATE_TEST_SUITE_P(All, Orientation, ::testing::Range(1, 9));

TEST(Exif, OrientationOutsideOneToEightMeansUpright) {
  for (const int nonsense : {0, 9, 255}) EXPECT_EQ(exif_orientation(tiff_block(nonsense, true)), 1);
}

TEST(Exif, WithoutDataIsUpright) {
  EXPECT_EQ(exif_orientation({}), 1);
  EXPECT_EQ(exif_orientation(bytes_of("rgb.jpg")), 1);
}

TEST(Exif, CutAnywhereItIsEitherReadOrUpright) {
  const std::vector<char> block = tiff_block(6, true);
  for (std::size_t length = 0; length < block.size(); ++length) {
    const int orientation = exif_orientation({block.data(), length});
    EXPECT_TRUE(orientation == 1 || orientation == 6) << length;
  }
}

}  // namespace
}  // namespace noiseglass
