#include "noiseglass/picture_set.h"

#include "core/io/test_files.h"
#include "noiseglass/error.h"
#include "noiseglass/files.h"

#include <gmock/gmock.h>

#include <cmath>
#include <fstream>

namespace noiseglass {
namespace {

/// Pictures of 8 × 8 without any symmetry, each other than the rest.
PictureSet some_set(int count, int channels = 3) {
  PictureSet set;
  for (int n = 0; n < count; ++n) {
    Image image(Shape{8, 8, channels});
    for (std::size_t i = 0; i < image.data.size(); ++i)
      image.data[i] = float(std::sin(double(i * i + 7) * (n + 1)) * 0.9);
    set.pictures.push_back(image);
    set.names.push_back("picture " + std::to_string(n));
  }
  return set;
}

TEST(NearestInSet, FindsThePictureItself) {
  const PictureSet set = some_set(9);
  for (std::size_t i = 0; i < set.pictures.size(); ++i) {
    const Nearest found = nearest_in_set(set.pictures[i], set);
    EXPECT_EQ(found.index, i);
    EXPECT_EQ(found.distance, 0);
    EXPECT_FALSE(found.flipped);
    EXPECT_EQ(found.dx, 0);
    EXPECT_EQ(found.dy, 0);
  }
}

// One more than the picture by 10 of 255 everywhere is 10 of 255 away; beyond white there is nothing.
TEST(NearestInSet, MeasuresRootMeanSquareOf255) {
  PictureSet set;
  set.pictures = {Image(Shape{4, 4, 1})};
  Image other(Shape{4, 4, 1});
  for (float& value : other.data) value = 10 / 127.5f;
  EXPECT_NEAR(nearest_in_set(other, set).distance, 10, 1e-4);
  for (float& value : other.data) value = 5;
  EXPECT_NEAR(nearest_in_set(other, set).distance, 127.5, 1e-4);
}

// Whatever was done to the picture is found again and says how to do it.
TEST(NearestInSet, FindsMirrorImagesAndShifts) {
  const PictureSet set = some_set(5, 1);
  for (const bool flipped : {false, true})
    for (const int dx : {-2, 0, 1})
      for (const int dy : {-1, 0, 2}) {
        const Nearest how{3, 0, flipped, dx, dy};
        const Image seen = moved(set.pictures[3], how);
        const Nearest found = nearest_in_set(seen, set, 2);
        EXPECT_EQ(found.index, 3u);
        EXPECT_EQ(found.distance, 0);
        EXPECT_EQ(found.flipped, flipped);
        EXPECT_EQ(found.dx, dx);
        EXPECT_EQ(found.dy, dy);
        EXPECT_EQ(moved(set.pictures[found.index], found).data, seen.data);
      }
}

TEST(NearestInSet, MovesRightDownAndMirrors) {
  Image dot(Shape{3, 4, 1});
  dot.at(1, 1, 0) = 1;
  EXPECT_EQ(moved(dot, {0, 0, false, 1, 0}).at(1, 2, 0), 1);
  EXPECT_EQ(moved(dot, {0, 0, false, 0, 1}).at(2, 1, 0), 1);
  EXPECT_EQ(moved(dot, {0, 0, true, 0, 0}).at(1, 2, 0), 1);
}

TEST(NearestInSet, RefusesOtherShapesAndEmptySets) {
  const PictureSet set = some_set(2);
  EXPECT_THROW(nearest_in_set(Image(Shape{9, 8, 3}), set), UsageError);
  EXPECT_THROW(nearest_in_set(Image(Shape{8, 8, 1}), set), UsageError);
  EXPECT_THROW(nearest_in_set(Image(Shape{8, 8, 3}), PictureSet{}), UsageError);
}

class PictureSetFile : public testing::InFolder {
 protected:
  std::string described(const std::string& text) const {
    std::ofstream(path("set.json")) << text;
    return path("set.json");
  }
  /// Five tiles of 2 × 2 in rows of three, tile i with the value 40·i.
  void write_sheet() const {
    ByteImage sheet(Shape{4, 6, 1});
    for (int y = 0; y < 4; ++y)
      for (int x = 0; x < 6; ++x) sheet.data[std::size_t(y * 6 + x)] = std::uint8_t(40 * (y / 2 * 3 + x / 2));
    write_png(path("sheet.png"), sheet);
  }
};

TEST_F(PictureSetFile, IsReadTileByTile) {
  write_sheet();
  const PictureSet set = read_picture_set(described(
      R"({"title": "five", "picture": "sheet.png", "side": 2, "columns": 3, "unseen_distance": 21.5, "names": ["a","b","c","d","e"]})"));
  EXPECT_EQ(set.title, "five");
  EXPECT_EQ(set.unseen_distance, 21.5);
  ASSERT_EQ(set.pictures.size(), 5u);
  EXPECT_EQ(set.names[4], "e");
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(set.pictures[i].shape, (Shape{2, 2, 1}));
    for (const float value : set.pictures[i].data) EXPECT_NEAR(value, 40 * double(i) / 127.5 - 1, 1e-6);
  }
}

TEST_F(PictureSetFile, MustBeWhole) {
  write_sheet();
  for (const char* text :
       {"", "[]", R"({"title": "x"})", R"({"title": "x", "picture": "none.png", "side": 2, "columns": 3, "names": []})",
        R"({"title": "x", "picture": "sheet.png", "side": 2, "columns": 3, "names": ["a","b","c","d","e","f","g"]})",
        R"({"title": "x", "picture": "sheet.png", "side": 2, "columns": 4, "names": ["a"]})",
        R"({"title": "x", "picture": "sheet.png", "side": 0, "columns": 3, "names": ["a"]})",
        R"({"title": "x", "picture": "sheet.png", "side": 2000000000, "columns": 3, "names": ["a"]})"})
    EXPECT_THROW(read_picture_set(described(text)), Error) << text;
  EXPECT_THROW(read_picture_set(path("missing.json")), Error);
}

}  // namespace
}  // namespace noiseglass
