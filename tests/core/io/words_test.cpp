#include "test_files.h"

#include "noiseglass/latent.h"

#include <gmock/gmock.h>

namespace noiseglass {
namespace {

using testing::error_of;
using ::testing::HasSubstr;

class WordsFile : public testing::InFolder {
 protected:
  WordSet words(const std::string& text) const {
    return read_word_set(with_bytes("words.csv", {text.begin(), text.end()}));
  }
};

TEST_F(WordsFile, IsCentredAndOfUnitSpread) {
  const WordSet set = words("# word,group,x,y\na,g,1e8,0\nb,g,3e8,0\r\n\nc,h,2e8,0\n");
  EXPECT_EQ(set.words, (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_NEAR(set.points.colwise().mean().norm(), 0, 1e-12);
  EXPECT_NEAR(set.points.squaredNorm() / 6, 1, 1e-12);
}

// Squares of 1e308 overflow: the spread was infinite and every place NaN.
TEST_F(WordsFile, WithPlacesBeyondAllMeasureIsRefused) {
  EXPECT_THAT(error_of([&] { words("a,g,1e308,1e308\nb,g,-1e308,-1e308\nc,g,0,0\n"); }), HasSubstr("line 1"));
  for (const char* number : {"inf", "-inf", "nan", "1e999", "1e10", "x", ""})
    EXPECT_THAT(error_of([&] { words("a,g,0,0\nb,g,1," + std::string(number) + "\n"); }), HasSubstr("line 2"))
        << number;
}

}  // namespace
}  // namespace noiseglass
