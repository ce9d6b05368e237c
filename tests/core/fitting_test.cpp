#include "noiseglass/fitting.h"

#include "noiseglass/library.h"

#include "noiseglass/files.h"

#include <gtest/gtest.h>

namespace noiseglass {
namespace {

std::vector<ModelInfo> models(const std::vector<std::string>& names) {
  std::vector<ModelInfo> out;
  for (const std::string& name : names) {
    ModelInfo info;
    info.name = name;
    info.channels = name == "digits" ? 1 : 3;
    info.size = name == "photo" ? 0 : 32;
    out.push_back(info);
  }
  return out;
}

ByteImage filled(int height, int width, int channels, int value) {
  ByteImage image(Shape{height, width, channels});
  for (std::uint8_t& byte : image.data) byte = std::uint8_t(value);
  return image;
}

/// White, with a red square in the middle.
ByteImage icon(int side) {
  ByteImage image = filled(side, side, 3, 255);
  for (int y = side / 4; y < 3 * side / 4; ++y)
    for (int x = side / 4; x < 3 * side / 4; ++x) image.data[std::size_t((y * side + x) * 3 + 1)] = 0;
  return image;
}

TEST(ChooseModel, GoesByThePicture) {
  const auto all = models({"digits", "icons", "photo"});
  EXPECT_EQ(choose_model(filled(32, 32, 1, 10), all), 0);
  EXPECT_EQ(choose_model(icon(64), all), 1);
  EXPECT_EQ(choose_model(icon(32), all), 1);
  EXPECT_EQ(choose_model(icon(65), all), 2);                // too large for an icon
  EXPECT_EQ(choose_model(filled(64, 64, 3, 120), all), 2);  // no white around, and no colour
  EXPECT_EQ(choose_model(filled(64, 64, 1, 255), all), 2);
  EXPECT_EQ(choose_model(filled(100, 200, 3, 120), all), 2);
}

// A picture that is coloured to its edges is a small photograph.
TEST(ChooseModel, WantsWhiteAroundAnIcon) {
  ByteImage image = filled(64, 64, 3, 90);
  image.data[0] = 200;
  const auto all = models({"digits", "icons", "photo"});
  EXPECT_EQ(choose_model(image, all), 2);
  EXPECT_EQ(choose_model(icon(48), all), 1);
}

TEST(ChooseModel, FallsBackToWhatIsThere) {
  EXPECT_EQ(choose_model(icon(64), models({"digits", "photo"})), 1);
  EXPECT_EQ(choose_model(filled(32, 32, 1, 10), models({"icons", "photo"})), 1);
  EXPECT_EQ(choose_model(icon(64), models({"digits"})), 0);
  EXPECT_EQ(choose_model(icon(64), {}), -1);
}

// The bundled pictures, each with the network that was trained on its kind.
TEST(ChooseModel, SuitsTheBundledPictures) {
  const auto all = models({"digits", "icons", "photo"});
  for (const BundledPicture& picture : load_library().pictures) {
    const int chosen = choose_model(read_picture(picture.path), all);
    const bool chart = picture.title == "Contrast chart";  // large and grey
    const std::string kind = picture.kind == "digit" ? "digits" : picture.kind == "icon" && !chart ? "icons" : "photo";
    EXPECT_EQ(all[std::size_t(chosen)].name, kind) << picture.title;
  }
}

}  // namespace
}  // namespace noiseglass
