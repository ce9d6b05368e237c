// Damaged files must end in a picture or in an Error, never in a crash (run with sanitizers in CI).
#include "test_files.h"

#include "noiseglass/error.h"

#include <algorithm>
#include <functional>
#include <random>

namespace noiseglass {
namespace {

using testing::bytes_of;
using testing::data_file;

/// One to eight bytes changed, and at times a piece cut out or said twice.
std::vector<char> mutate(std::vector<char> file, std::mt19937& random) {
  const auto below = [&](std::size_t n) { return std::size_t(random() % n); };
  for (std::size_t i = below(8) + 1; i > 0 && !file.empty(); --i) {
    char& byte = file[below(file.size())];
    switch (below(4)) {
      case 0:
        byte = char(random());
        break;
      case 1:
        byte = char(byte ^ (1 << below(8)));
        break;
      case 2:
        byte = char(0xFF);
        break;
      default:
        byte = 0;
    }
  }
  const std::size_t from = below(file.size()), count = below(std::min<std::size_t>(file.size() - from, 64) + 1);
  const auto begin = file.begin() + std::ptrdiff_t(from), end = begin + std::ptrdiff_t(count);
  const auto kind = below(6);
  if (kind == 0) file.erase(begin, end);
  if (kind == 1) {
    const std::vector<char> piece(begin, end);
    file.insert(file.begin() + std::ptrdiff_t(below(file.size())), piece.begin(), piece.end());
  }
  return file;
}

void survive(const std::vector<char>& original, std::uint32_t seed, int rounds,
             const std::function<void(const std::vector<char>&)>& parse) {
  std::mt19937 random(seed);
  for (int i = 0; i < rounds; ++i) {
    try {
      parse(mutate(original, random));
    } catch (const Error&) {
    }
  }
}

/// Large claims cost seconds of clearing memory each and prove nothing more here.
bool claims_to_be_large(const std::vector<char>& file) {
  const auto byte = [&](std::size_t i) { return i < file.size() ? std::uint8_t(file[i]) : 0; };
  switch (byte(0)) {
    case 0x89:
      return byte(16) | byte(17) | byte(20) | byte(21) | byte(18) >> 2 | byte(22) >> 2;
    case 'B':
      return byte(20) | byte(21) | byte(24) | byte(25) | byte(19) >> 2 | byte(23) >> 2;
    case 'G':
      return byte(7) >> 2 | byte(9) >> 2;
    default:
      return false;
  }
}

TEST(Fuzz, PictureDecodersSurviveDamage) {
  std::uint32_t seed = 1;
  for (const char* folder : {"", "../cases"})
    for (const auto& entry : std::filesystem::directory_iterator(data_file(folder))) {
      const std::vector<char> original = read_whole(entry.path());
      survive(original, seed++, 1500, [](const std::vector<char>& file) {
        if (claims_to_be_large(file)) return;
        const ByteImage image = decode_picture(file, "damaged", {1, 2, 3});
        EXPECT_EQ(image.data.size(), image.shape.size());
      });
    }
  EXPECT_GT(seed, 45u);
}

TEST(Fuzz, NpyReaderSurvivesDamage) {
  const std::string text = "\x93NUMPY\x01";
  std::vector<char> original(text.begin(), text.end());
  const std::string dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 3, 2, 2), }       \n";
  original.insert(original.end(), {0, char(dictionary.size()), 0});
  original.insert(original.end(), dictionary.begin(), dictionary.end());
  original.resize(original.size() + 48);
  EXPECT_EQ(parse_npy(original, "whole").size(), 1u);
  survive(original, 7, 50'000, [](const std::vector<char>& file) {
    for (const Image& image : parse_npy(file, "damaged")) EXPECT_EQ(image.data.size(), image.shape.size());
  });
}

}  // namespace
}  // namespace noiseglass
