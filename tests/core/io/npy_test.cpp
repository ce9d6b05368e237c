#include "test_files.h"

#include "noiseglass/error.h"

#include <gmock/gmock.h>

#include <cmath>
#include <cstring>
#include <limits>

namespace noiseglass {
namespace {

using testing::error_of;
using ::testing::HasSubstr;

std::vector<char> npy(const std::string& dictionary, const std::vector<float>& numbers, char version = 1) {
  std::string file = "\x93NUMPY";
  file += {version, 0, char(dictionary.size()), 0};
  if (version > 1) file += {0, 0};
  file += dictionary;
  file.append(reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(float));
  return {file.begin(), file.end()};
}

std::string dictionary(const std::string& shape) {
  return "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }\n";
}

// C×H×W in the file, channels interleaved in memory.
TEST(Npy, PlanesBecomeInterleavedChannels) {
  const auto file = npy(dictionary("(3, 1, 2)"), {1, 2, 3, 4, 5, 6});
  const std::vector<Image> images = parse_npy(file, "a");
  ASSERT_EQ(images.size(), 1u);
  EXPECT_EQ(images[0].shape, (Shape{1, 2, 3}));
  EXPECT_EQ(images[0].data, (std::vector<float>{1, 3, 5, 2, 4, 6}));
}

TEST(Npy, EveryVersionOfTheHeaderIsRead) {
  for (const char version : {1, 2, 3})
    EXPECT_EQ(parse_npy(npy(dictionary("(1, 1, 1)"), {0.5f}, version), "a")[0].data, std::vector<float>{0.5f});
}

// numpy writes keys in alphabetical order, but readers must take any.
TEST(Npy, KeysMayComeInAnyOrder) {
  const auto file = npy("{'shape':(1,1,2),'descr':'<f4','fortran_order':False}", {1, 2});
  EXPECT_EQ(parse_npy(file, "a")[0].shape, (Shape{1, 2, 1}));
}

TEST(Npy, WhatIsNotUnderstoodIsRefusedWithItsReason) {
  const auto error = [](const std::vector<char>& file) { return error_of([&] { parse_npy(file, "a.npy"); }); };
  EXPECT_THAT(error({'P', 'K'}), HasSubstr("not a .npy file"));
  EXPECT_THAT(error(npy("{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1, 1), }", {1, 2})),
              HasSubstr("float32"));
  EXPECT_THAT(error(npy("{'descr': '>f4', 'fortran_order': False, 'shape': (1, 1, 1), }", {1})), HasSubstr("float32"));
  EXPECT_THAT(error(npy("{'descr': '<f4', 'fortran_order': True, 'shape': (1, 1, 1), }", {1})), HasSubstr("Fortran"));
  for (const char* shape : {"(2, 2)", "()", "(1, 0, 1)", "(1, -1, 1)", "(1, 1, 1, 1, 1)", "7", "(1, 1, 1"})
    EXPECT_THAT(error(npy(dictionary(shape), {1})), HasSubstr("shape")) << shape;
  EXPECT_THAT(error(npy(dictionary("(2, 1, 1)"), {1, 2})), HasSubstr("2 channels"));
  EXPECT_THAT(error(npy(dictionary("(1, 9000, 1)"), {1})), HasSubstr("8192"));
  EXPECT_THAT(error(npy(dictionary("(4000000000, 3, 8192, 8192)"), {1})), HasSubstr("beyond"));
  EXPECT_THAT(error(npy(dictionary("(1, 2, 2)"), {1, 2, 3})), HasSubstr("cut short"));
  EXPECT_THAT(error(npy(dictionary("(1, 1, 1)"), {1, 2})), HasSubstr("too long"));
  EXPECT_THAT(error(npy(dictionary("(1, 1, 1)"), {std::nanf("")})), HasSubstr("NaN"));
  EXPECT_THAT(error(npy(dictionary("(1, 1, 1)"), {std::numeric_limits<float>::infinity()})), HasSubstr("NaN"));
}

using NpyFile = testing::InFolder;

TEST_F(NpyFile, ComesBackAsItWasWritten) {
  std::vector<Image> images(3, Image({4, 5, 3}));
  for (std::size_t n = 0; n < images.size(); ++n)
    for (std::size_t i = 0; i < images[n].data.size(); ++i) images[n].data[i] = 0.37f * float(i) - 7.3f * float(n);
  write_npy(path("a.npy"), images);
  const std::vector<Image> back = read_npy(path("a.npy"));
  ASSERT_EQ(back.size(), images.size());
  for (std::size_t n = 0; n < images.size(); ++n) EXPECT_EQ(back[n].data, images[n].data);
}

// As numpy.save does, so that the numbers can be mapped into memory.
TEST_F(NpyFile, StartsItsNumbersAtAMultipleOf64) {
  for (const int side : {1, 7, 12345 % 8192}) {
    const std::vector<Image> images(1, Image({side, 1, 1}));
    write_npy(path("a.npy"), images);
    EXPECT_EQ((std::filesystem::file_size(path("a.npy")) - std::size_t(side) * 4) % 64, 0u);
  }
}

TEST_F(NpyFile, IsTakenWhereAPictureIsReadAndNotClipped) {
  Image image({1, 2, 1});
  image.data = {-3.25f, 4.5f};
  write_npy(path("a.npy"), {{image}});
  EXPECT_EQ(read_image(path("a.npy")).data, image.data);
  write_npy(path("two.npy"), std::vector<Image>{image, image});
  EXPECT_THAT(error_of([&] { read_image(path("two.npy")); }), HasSubstr("2 pictures"));
}

TEST_F(NpyFile, OfUnequalShapesIsNotWritten) {
  const std::vector<Image> images = {Image({1, 2, 1}), Image({2, 1, 1})};
  EXPECT_THROW(write_npy(path("a.npy"), images), UsageError);
  EXPECT_EQ(files_in_folder(), 0u);
}

}  // namespace
}  // namespace noiseglass
