// The judge of digits reads the bundled ones, which are of the test part of MNIST, as their rows say.
#include "noiseglass/judge.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"

#include <gtest/gtest.h>

#include <cmath>

namespace noiseglass {
namespace {

constexpr int side = 28, border = 2, columns = 60;

/// As the network has them: with two black pixels around.
Image digit(const ByteImage& sheet, int row, int column) {
  Image picture(Shape{side + 2 * border, side + 2 * border, 1});
  for (float& value : picture.data) value = -1;
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x) {
      const std::size_t at =
          std::size_t(row * side + y) * std::size_t(sheet.shape.width) + std::size_t(column * side + x);
      picture.at(y + border, x + border, 0) = float(sheet.data[at * std::size_t(sheet.shape.channels)]) / 127.5f - 1;
    }
  return picture;
}

TEST(Judge, ReadsDigitsThatItWasNotTrainedOn) {
  const Judge judge = Judge::load(judge_of("digits"));
  EXPECT_EQ(judge.classes(), 10);
  const ByteImage sheet = read_picture(assets_folder() / "digits" / "mnist.png");
  int right = 0;
  for (int row = 0; row < 10; ++row)
    for (int column = 0; column < columns; ++column) right += judge.class_of(digit(sheet, row, column)) == row;
  EXPECT_GE(right, 588) << "of 600; its file says " << judge.accuracy();
  EXPECT_NEAR(judge.accuracy(), double(right) / 600, 0.015);
}

TEST(Judge, RefusesWhatItCannotRead) {
  const Judge judge = Judge::load(judge_of("digits"));
  EXPECT_THROW(judge.class_of(Image(Shape{28, 28, 1})), UsageError);
  EXPECT_EQ(judge_of("photo"), "");
  EXPECT_THROW(Judge::load((assets_folder() / "models" / "digits.safetensors").string()), Error);
  EXPECT_THROW(Judge::load("not/there"), Error);
}

}  // namespace
}  // namespace noiseglass
