// Colours of other spaces, against the matrices that are published for them. The profiles are made with lcms; what they
// mean is calculated here.
#include "png_chunks.h"
#include "test_files.h"

#include <lcms2.h>
#include <zlib.h>

#include <array>
#include <cmath>

namespace noiseglass {
namespace {

using testing::bytes_of;
using testing::with_chunk;

struct Space {
  const char* name;
  cmsCIExyY white;
  cmsCIExyYTRIPLE primaries;
  double gamma;
  double to_linear_srgb[3][3];  ///< published; adapted from its white to D65
};

// Display P3 and Adobe RGB (1998): white D65. ProPhoto (ROMM, ISO 22028-2): D50, matrix with Bradford's adaptation.
// All with a pure gamma here: the curve's shape is not what is tested.
const Space spaces[] = {
    {"Display P3",
     {0.3127, 0.3290, 1},
     {{0.680, 0.320, 1}, {0.265, 0.690, 1}, {0.150, 0.060, 1}},
     2.2,
     {{1.22494, -0.22494, 0}, {-0.04206, 1.04206, 0}, {-0.01964, -0.07864, 1.09827}}},
    {"Adobe RGB",
     {0.3127, 0.3290, 1},
     {{0.64, 0.33, 1}, {0.21, 0.71, 1}, {0.15, 0.06, 1}},
     563.0 / 256,
     {{1.39836, -0.39836, 0}, {0, 1, 0}, {0, -0.04293, 1.04293}}},
    {"ProPhoto",
     {0.3457, 0.3585, 1},
     {{0.734699, 0.265301, 1}, {0.159597, 0.840403, 1}, {0.036598, 0.000105, 1}},
     1.8,
     {{2.03438, -0.72764, -0.30674}, {-0.22882, 1.23174, -0.00292}, {-0.00857, -0.15328, 1.16185}}},
};

std::vector<char> profile_of(const Space& space) {
  cmsToneCurve* curve = cmsBuildGamma(nullptr, space.gamma);
  cmsToneCurve* curves[] = {curve, curve, curve};
  const cmsHPROFILE profile = cmsCreateRGBProfile(&space.white, &space.primaries, curves);
  cmsUInt32Number size = 0;
  cmsSaveProfileToMem(profile, nullptr, &size);
  std::vector<char> bytes(size);
  cmsSaveProfileToMem(profile, bytes.data(), &size);
  cmsCloseProfile(profile);
  cmsFreeToneCurve(curve);
  return bytes;
}

std::vector<char> iccp(const std::vector<char>& profile) {
  uLongf size = compressBound(uLong(profile.size()));
  std::vector<char> packed(size), chunk = {'p', 0, 0};
  compress(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(profile.data()),
           uLong(profile.size()));
  chunk.insert(chunk.end(), packed.begin(), packed.begin() + std::ptrdiff_t(size));
  return chunk;
}

double srgb_encoded(double linear) {
  linear = std::min(std::max(linear, 0.0), 1.0);
  return linear <= 0.0031308 ? 12.92 * linear : 1.055 * std::pow(linear, 1 / 2.4) - 0.055;
}

/// The picture of `stored` in a space, as sRGB.
std::array<double, 3> expected(const Space& space, const std::uint8_t* stored) {
  std::array<double, 3> out{};
  for (std::size_t row = 0; row < 3; ++row) {
    double linear = 0;
    for (std::size_t c = 0; c < 3; ++c)
      linear += space.to_linear_srgb[row][c] * std::pow(stored[c] / 255.0, space.gamma);
    out[row] = 255 * srgb_encoded(linear);
  }
  return out;
}

TEST(Colour, OfWiderSpacesIsConvertedToSrgb) {
  const ByteImage stored = decode_picture(bytes_of("rgb.png"), "stored");
  for (const Space& space : spaces) {
    const ByteImage image =
        decode_picture(with_chunk(bytes_of("rgb.png"), "iCCP", iccp(profile_of(space))), space.name);
    ASSERT_EQ(image.shape, stored.shape);
    double changed = 0;
    for (std::size_t i = 0; i < stored.data.size(); i += 3) {
      const std::array<double, 3> right = expected(space, &stored.data[i]);
      for (std::size_t c = 0; c < 3; ++c) {
        EXPECT_NEAR(image.data[i + c], right[c], 3) << space.name << " " << i;
        changed = std::max(changed, std::abs(double(image.data[i + c]) - stored.data[i + c]));
      }
    }
    EXPECT_GT(changed, 8) << space.name;
  }
}

TEST(Colour, OfAProfileInJpegIsConvertedAsInPng) {
  const std::vector<char> profile = profile_of(spaces[1]);
  std::vector<char> jpeg = bytes_of("rgb.jpg"), segment = {char(0xFF), char(0xE2)};
  const std::size_t length = 2 + 12 + 2 + profile.size();
  segment.insert(segment.end(), {char(length >> 8), char(length)});
  const std::string name("ICC_PROFILE\0\1\1", 14);
  segment.insert(segment.end(), name.begin(), name.end());
  segment.insert(segment.end(), profile.begin(), profile.end());
  jpeg.insert(jpeg.begin() + 2, segment.begin(), segment.end());
  const ByteImage image = decode_picture(jpeg, "jpeg"), stored = decode_picture(bytes_of("rgb.jpg"), "stored");
  for (std::size_t i = 0; i < stored.data.size(); i += 3)
    for (std::size_t c = 0; c < 3; ++c) EXPECT_NEAR(image.data[i + c], expected(spaces[1], &stored.data[i])[c], 3) << i;
}

// A profile that is sRGB's own changes no bit, and one that is nonsense or of another kind is passed over.
TEST(Colour, OfSrgbOrOfNonsenseStaysExactlyAsItIs) {
  const ByteImage plain = decode_picture(bytes_of("rgb.png"), "plain");
  const cmsHPROFILE srgb = cmsCreate_sRGBProfile();
  cmsUInt32Number size = 0;
  cmsSaveProfileToMem(srgb, nullptr, &size);
  std::vector<char> profile(size);
  cmsSaveProfileToMem(srgb, profile.data(), &size);
  cmsCloseProfile(srgb);
  EXPECT_EQ(decode_picture(with_chunk(bytes_of("rgb.png"), "iCCP", iccp(profile)), "srgb").data, plain.data);
  EXPECT_EQ(decode_picture(with_chunk(bytes_of("rgb.png"), "iCCP", {'p', 0, 0, 1, 2, 3}), "junk").data, plain.data);
  const ByteImage grey = decode_picture(bytes_of("grey.png"), "grey");
  EXPECT_EQ(decode_picture(with_chunk(bytes_of("grey.png"), "iCCP", iccp(profile)), "grey").data, grey.data);
}

// gAMA says that light^gamma is stored; 45455 is how programs write sRGB. Sixteen bits are converted before they are
// rounded to eight.
TEST(Colour, OfAPngWithGammaIsConverted) {
  for (const char* name : {"rgb.png", "grey.png", "rgb16.png"}) {
    const auto with_gamma = [&](std::uint32_t gamma) {
      std::vector<char> data;
      testing::append_u32(data, gamma);
      return decode_picture(with_chunk(bytes_of(name), "gAMA", data), name);
    };
    const ByteImage plain = decode_picture(bytes_of(name), name), linear = with_gamma(100'000);
    EXPECT_EQ(with_gamma(45'455).data, plain.data) << name;
    const bool deep = std::string(name) == "rgb16.png";  // 257·value + 100
    for (std::size_t i = 0; i < plain.data.size(); ++i) {
      const double stored = deep ? (257.0 * plain.data[i] + 100) / 65535 : plain.data[i] / 255.0;
      EXPECT_NEAR(linear.data[i], 255 * srgb_encoded(stored), 1.5) << name << i;
    }
  }
}

// Light that grows evenly climbs steeply out of the dark: 1 of 255 is 13 of sRGB.
TEST(Colour, OfDarkLinearGreysIsRightToTheLast) {
  ByteImage ramp({1, 256, 1});
  for (std::size_t v = 0; v < 256; ++v) ramp.data[v] = std::uint8_t(v);
  const std::string path = ::testing::TempDir() + "noiseglass-ramp.png";
  write_png(path, ramp);
  std::vector<char> gamma;
  testing::append_u32(gamma, 100'000);
  const ByteImage image = decode_picture(with_chunk(read_whole(path), "gAMA", gamma), "ramp");
  for (std::size_t v = 0; v < 256; ++v) EXPECT_NEAR(image.data[v], 255 * srgb_encoded(double(v) / 255), 0.6) << v;
}

}  // namespace
}  // namespace noiseglass
