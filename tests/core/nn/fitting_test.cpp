#include "noiseglass/fitting.h"

#include "noiseglass/files.h"
#include "noiseglass/library.h"

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
    EXPECT_EQ(all[std::size_t(chosen)].name, picture.kind == "digit" ? "digits" : "photo") << picture.title;
  }
}

}  // namespace
}  // namespace noiseglass
