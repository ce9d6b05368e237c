// Every picture in tests/data/pictures is 5 × 4 pixels with value(y, x, c) = 40x + 15y + 7c before encoding
// (grey: c = 0; alpha: 60x; 16-bit: 257·value + 100), written by ImageMagick.
#include "test_files.h"

#include "noiseglass/error.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace noiseglass {
namespace {

using testing::bytes_of;
using testing::data_file;
using testing::error_of;
using ::testing::HasSubstr;

constexpr int width = 5, height = 4;
int value(int y, int x, int c) { return 40 * x + 15 * y + 7 * c; }

struct Case {
  std::string file;
  int channels;
  int tolerance;
  std::size_t trailer = 20;  ///< bytes behind the picture data: checksums, end marks, a second frame
};

void PrintTo(const Case& tested, std::ostream* out) { *out << tested.file; }

class PictureFormat : public ::testing::TestWithParam<Case> {};

TEST_P(PictureFormat, DecodesToTheOriginalPixels) {
  const ByteImage image = read_picture(data_file(GetParam().file));
  ASSERT_EQ(image.shape, (Shape{height, width, GetParam().channels}));
  for (int y = 0, i = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      for (int c = 0; c < image.shape.channels; ++c, ++i)
        EXPECT_NEAR(image.data[std::size_t(i)], value(y, x, c), GetParam().tolerance) << y << " " << x << " " << c;
}

// A decoder that goes on with zeros or stale memory where the data end would pass at some length.
TEST_P(PictureFormat, IsRefusedWhenCutAnywhereInItsPictureData) {
  const std::vector<char> whole = bytes_of(GetParam().file);
  const ByteImage expected = decode_picture(whole, "whole", {});
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const std::span<const char> cut(whole.data(), length);
    try {
      EXPECT_EQ(decode_picture(cut, "cut", {}).data, expected.data) << "cut at " << length;
      EXPECT_GE(length + GetParam().trailer, whole.size()) << "cut at " << length;
    } catch (const Error& error) {
      EXPECT_THAT(error.what(), HasSubstr("\"cut\"")) << "cut at " << length;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, PictureFormat,
                         ::testing::Values(Case{"rgb.png", 3, 0}, Case{"palette.png", 3, 0},
                                           Case{"interlaced.png", 3, 0}, Case{"rgb16.png", 3, 0},
                                           Case{"grey.png", 1, 0}, Case{"grey16.png", 1, 0}, Case{"rgb.jpg", 3, 4},
                                           Case{"progressive.jpg", 3, 4}, Case{"grey.jpg", 1, 2}, Case{"rgb.bmp", 3, 0},
                                           Case{"rgb.tga", 3, 0}, Case{"rle.tga", 3, 0}, Case{"rgb.webp", 3, 0},
                                           Case{"animated.webp", 3, 0, 130}, Case{"rgb.gif", 3, 0},
                                           Case{"animated.gif", 3, 0, 135}),
                         [](const auto& tested) {
                           std::string name = tested.param.file;
                           name[name.find('.')] = '_';
                           return name;
                         });

// Radiance files hold linear light; it is shown with gamma 2.2.
TEST(Picture, HdrIsGammaEncoded) {
  const ByteImage image = read_picture(data_file("rgb.hdr"));
  ASSERT_EQ(image.shape, (Shape{height, width, 3}));
  for (int y = 0, i = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      for (int c = 0; c < 3; ++c, ++i) {
        const double srgb = value(y, x, c) / 255.0;
        const double linear = srgb <= 0.04045 ? srgb / 12.92 : std::pow((srgb + 0.055) / 1.055, 2.4);
        EXPECT_NEAR(image.data[std::size_t(i)], 255 * std::pow(linear, 1 / 2.2), 2);
      }
}

TEST(Picture, OfOnePixel) {
  const ByteImage image = read_picture(data_file("one.png"));
  EXPECT_EQ(image.shape, (Shape{1, 1, 3}));
  EXPECT_EQ(image.data, (std::vector<std::uint8_t>{10, 20, 30}));
}

TEST(Picture, AlphaIsLaidOverTheBackground) {
  const Rgb background{200, 100, 50};
  for (const char* file : {"rgba.png", "rgba.webp"}) {
    const ByteImage image = read_picture(data_file(file), background);
    ASSERT_EQ(image.shape, (Shape{height, width, 3}));
    for (int y = 0, i = 0; y < height; ++y)
      for (int x = 0; x < width; ++x)
        for (int c = 0; c < 3; ++c, ++i) {
          const double alpha = 60 * x / 255.0;
          EXPECT_NEAR(image.data[std::size_t(i)], alpha * value(y, x, c) + (1 - alpha) * background[std::size_t(c)],
                      0.501);
        }
  }
}

TEST(Picture, GreyWithAlphaStaysGreyOnAGreyBackground) {
  const ByteImage image = read_picture(data_file("grey_alpha.png"), {80, 80, 80});
  ASSERT_EQ(image.shape, (Shape{height, width, 1}));
  for (int y = 0, i = 0; y < height; ++y)
    for (int x = 0; x < width; ++x, ++i)
      EXPECT_NEAR(image.data[std::size_t(i)], (60 * x * value(y, x, 0) + (255 - 60 * x) * 80) / 255.0, 0.501);
}

TEST(Picture, GreyWithAlphaBecomesColouredOnAColouredBackground) {
  const ByteImage image = read_picture(data_file("grey_alpha.png"), {255, 0, 0});
  ASSERT_EQ(image.shape, (Shape{height, width, 3}));
  EXPECT_EQ(image.data[0], 255);  // wholly transparent at x = 0
  EXPECT_EQ(image.data[1], 0);
  EXPECT_EQ(image.data[2], 0);
}

TEST(Picture, IsReadAsAnImageInMinusOneToOne) {
  const Image image = read_image(data_file("grey.png"));
  ASSERT_EQ(image.shape, (Shape{height, width, 1}));
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) EXPECT_NEAR(image.at(y, x, 0), value(y, x, 0) / 127.5 - 1, 1e-6);
}

TEST(Picture, WithAbsurdSidesIsRefusedBeforeItIsDecoded) {
  const std::string error = error_of([] { read_picture(data_file("absurd.png")); });
  EXPECT_THAT(error, HasSubstr("20000 × 30000"));
  EXPECT_THAT(error, HasSubstr("8192"));
}

using PictureFile = testing::InFolder;

TEST_F(PictureFile, ThatIsMissingEmptyAFolderOrTextIsRefusedByName) {
  const std::string text = "This is no picture, whatever its name says. It is long enough for any header.";
  with_bytes("text.png", {text.begin(), text.end()});
  with_bytes("empty.png", {});
  EXPECT_THAT(error_of([&] { read_picture(path("missing.png")); }),
              HasSubstr("missing.png\" cannot be read: there is no"));
  EXPECT_THAT(error_of([&] { read_picture(path("empty.png")); }), HasSubstr("is empty"));
  EXPECT_THAT(error_of([&] { read_picture(folder_); }), HasSubstr("folder"));
  EXPECT_THAT(error_of([&] { read_picture(path("text.png")); }), HasSubstr("is not a picture"));
  EXPECT_THAT(error_of([&] { read_picture("/dev/zero"); }), HasSubstr("device"));
}

TEST_F(PictureFile, ComesBackFromPngAsItWas) {
  for (const int channels : {1, 3, 4}) {
    ByteImage image({7, 9, channels});
    for (std::size_t i = 0; i < image.data.size(); ++i) image.data[i] = std::uint8_t(37 * i + 11);
    if (channels == 4)  // opaque, so that the colours come back alone
      for (std::size_t i = 3; i < image.data.size(); i += 4) image.data[i] = 255;
    write_png(path("a.png"), image);
    const ByteImage back = read_picture(path("a.png"));
    ASSERT_EQ(back.shape, (Shape{7, 9, std::min(channels, 3)}));
    for (int i = 0; i < 7 * 9; ++i)
      for (int c = 0; c < back.shape.channels; ++c)
        EXPECT_EQ(back.data[std::size_t(i * back.shape.channels + c)], image.data[std::size_t(i * channels + c)]);
  }
  EXPECT_EQ(files_in_folder(), 1u);
}

TEST_F(PictureFile, OfNumbersOpensByItsContentAndIsClipped) {
  Image image({1, 3, 1});
  image.data = {-3, 0, 0.5f};
  write_npy(path("a.npy"), {{image}});
  std::filesystem::rename(path("a.npy"), path("a.png"));
  EXPECT_EQ(read_picture(path("a.png")).data, (std::vector<std::uint8_t>{0, 128, 191}));
  EXPECT_EQ(read_image(path("a.png")).data, image.data);
}

TEST_F(PictureFile, IsOfferedByItsNameOrElseByItsContent) {
  const auto copied = [&](const char* from, const char* to) {
    return looks_like_picture(with_bytes(to, bytes_of(from)));
  };
  EXPECT_TRUE(copied("rgb.png", "a"));
  EXPECT_TRUE(copied("rgb.webp", "a.download"));
  EXPECT_TRUE(copied("rgb.tga", "b"));
  const std::string text = "This is a text about pictures, long enough for any header.";
  EXPECT_TRUE(looks_like_picture(with_bytes("damaged.PNG", {text.begin(), text.end()})));  // opening it says why not
  EXPECT_FALSE(looks_like_picture(with_bytes("a.txt", {text.begin(), text.end()})));
  EXPECT_FALSE(looks_like_picture(with_bytes("empty", {})));
  EXPECT_FALSE(looks_like_picture(folder_));
  EXPECT_FALSE(looks_like_picture(path("missing.png")));
}

// Opening is watched and can be given up: by rows, whatever the format.
TEST(Picture, ReportsHowFarItIsAndStopsWhenAsked) {
  for (const char* file : {"rgb.png", "rgb.jpg", "rgb.webp", "rgb.bmp", "rgb.tga", "rgb.gif", "rgb.hdr"}) {
    std::vector<double> reported;
    decode_picture(bytes_of(file), file, {}, {}, [&](double done) { reported.push_back(done); });
    EXPECT_EQ(reported, (std::vector<double>{0.25, 0.5, 0.75, 1})) << file;
    std::stop_source stop;
    EXPECT_THROW(decode_picture(bytes_of(file), file, {}, stop.get_token(), [&](double) { stop.request_stop(); }),
                 Cancelled)
        << file;
  }
}

}  // namespace
}  // namespace noiseglass
