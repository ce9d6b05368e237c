#include "session/opening.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"
#include "noiseglass/library.h"

#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <stop_token>
#include <string>

namespace noiseglass::app {
namespace {

class OpeningTest : public ::testing::Test {
 protected:
  OpeningTest() : file_(std::filesystem::temp_directory_path() / ("noiseglass-" + std::to_string(getpid()) + ".png")) {}
  ~OpeningTest() override { std::filesystem::remove(file_); }

  PreparedPicture open(int height, int width, const Progress& progress = {}) {
    ByteImage picture(Shape{height, width, 3});
    for (std::size_t i = 0; i < picture.data.size(); ++i)
      picture.data[i] = std::uint8_t(i / 3 % std::size_t(width) / 16);
    write_png(file_.string(), picture);
    return prepare_picture({file_, Background::white, {}, 256}, {}, 5, library_, {}, progress);
  }

  std::filesystem::path file_;
  Library library_;
};

// A tile averages what is behind each of its pixels, on the frame: of millions of them it would be seen to hesitate.
TEST_F(OpeningTest, NoViewOfAllOfALargePictureTouchesMillionsOfPixels) {
  const PreparedPicture large = open(1800, 3000);
  for (const int pixels : {100, 300, 700}) {
    const ByteImage& version = large.picture->for_view(1, pixels);
    EXPECT_GE(version.shape.width, pixels);
    EXPECT_LE(version.shape.size() / 3, 1024u * 1024u) << pixels;
    EXPECT_NEAR(double(version.shape.width) / version.shape.height, 3000.0 / 1800, 0.01);
    EXPECT_NEAR(version.data[3 * std::size_t(version.shape.width / 2)], 3000 / 2 / 16, 2) << "it is the same picture";
  }
  EXPECT_EQ(large.picture->for_view(0.01, 700).shape, large.picture->bytes.shape)
      << "magnified it is the picture itself";
}

TEST_F(OpeningTest, ASmallPictureIsShownAsItIs) {
  const PreparedPicture small = open(700, 1024);
  EXPECT_EQ(&small.picture->for_view(1, 100), &small.picture->bytes);
}

TEST_F(OpeningTest, TellsHowMuchHasBeenRead) {
  double last = 0;
  open(500, 300, [&](double done) {
    EXPECT_GE(done, last);
    EXPECT_LE(done, 1);
    last = done;
  });
  EXPECT_GT(last, 0.9);
}

TEST_F(OpeningTest, WhatIsKnownIsNotMadeAgain) {
  const PreparedPicture first = open(400, 600);
  PictureRequest request{file_, Background::white, {}, 256};
  const PreparedPicture again = prepare_picture(request, first, 6, library_, {});
  EXPECT_EQ(again.picture, first.picture);
  EXPECT_EQ(again.lanes[0].x_0, first.lanes[0].x_0);
  request.working_size = 128;
  const PreparedPicture smaller = prepare_picture(request, first, 7, library_, {});
  EXPECT_EQ(smaller.picture, first.picture);
  EXPECT_EQ(smaller.lanes[0].x_0->shape.width, 128);
  EXPECT_EQ(smaller.lanes[1].x_0, smaller.lanes[0].x_0) << "lanes with the same network share it";
  EXPECT_NE(smaller.lanes[0].fit_key, first.lanes[0].fit_key);
}

TEST_F(OpeningTest, IsGivenUpWhenNobodyWantsItAnyMore) {
  open(40, 60);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THROW(prepare_picture({file_, Background::white, {}, 256}, {}, 5, library_, stop.get_token()), Cancelled);
}

}  // namespace
}  // namespace noiseglass::app
