#include "noiseglass/fitting.h"

#include "noiseglass/files.h"
#include "noiseglass/library.h"

#include <gtest/gtest.h>

#include <algorithm>

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

TEST(ChooseModel, FallsBackToWhatIsThere) {
  EXPECT_EQ(choose_model(filled(100, 200, 3, 90), models({"digits", "icons", "photo"})), 2);
  EXPECT_EQ(choose_model(filled(32, 32, 1, 10), models({"icons", "photo"})), 1);
  EXPECT_EQ(choose_model(filled(100, 200, 3, 90), models({"digits"})), 0);
  EXPECT_EQ(choose_model(filled(100, 200, 3, 90), {}), -1);
}

// Doodles, faces and icons have to be asked for: they would show a picture at 32×32 only.
TEST(ChooseModel, SuitsTheBundledPictures) {
  const auto all = models({"digits", "doodles", "faces", "icons", "photo"});
  for (const BundledPicture& picture : load_library().pictures) {
    const int chosen = choose_model(read_picture(picture.path), all);
    EXPECT_EQ(all[std::size_t(chosen)].name, picture.kind == "digit" || picture.kind == "doodle" ? "digits" : "photo")
        << picture.title;
  }
}

// Most programs save a grey photograph in three equal channels; it is grey all the same, and so is its noise.
TEST(WithoutEqualChannels, GreyInThreeChannelsHasOne) {
  ByteImage picture(Shape{2, 2, 3});
  for (int i = 0; i < 4; ++i) std::fill_n(&picture.data[std::size_t(3 * i)], 3, std::uint8_t(50 * i));
  const ByteImage grey = without_equal_channels(picture);
  EXPECT_EQ(grey.shape, (Shape{2, 2, 1}));
  EXPECT_EQ(grey.data, (std::vector<std::uint8_t>{0, 50, 100, 150}));
  picture.data.back() = 151;
  EXPECT_EQ(without_equal_channels(picture).data, picture.data);
}

}  // namespace
}  // namespace noiseglass
