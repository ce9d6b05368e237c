// Every seed, and everything that was ever found: each is read, or refused with a sentence.
#include "fuzz/targets.h"

#include "noiseglass/files.h"
#include "paths.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <random>

namespace noiseglass::fuzz {
namespace {

namespace fs = std::filesystem;

class Corpus : public testing::TestWithParam<Target> {
 protected:
  static std::vector<fs::path> files() {
    const fs::path data = TEST_DATA;
    std::vector<fs::path> folders = {data.parent_path() / "fuzz" / "corpus" / GetParam().name}, files;
    for (const auto folder : GetParam().more_seeds) folders.push_back(data / folder);
    for (const fs::path& folder : folders)
      for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
    return files;
  }
};

TEST_P(Corpus, IsReadOrRefused) {
  EXPECT_FALSE(files().empty());
  for (const fs::path& file : files()) {
    SCOPED_TRACE(file);
    GetParam().run(read_whole(file));
  }
}

/// And so is what is left of each when it is cut short.
TEST_P(Corpus, IsReadOrRefusedWhereverItEnds) {
  GetParam().run({});
  for (const fs::path& file : files()) {
    SCOPED_TRACE(file);
    const std::vector<char> bytes = read_whole(file);
    for (std::size_t part = 1; part < 8; ++part) GetParam().run(std::span(bytes).first(bytes.size() * part / 8));
  }
}

/// One to eight bytes changed, and at times a piece cut out or said twice.
std::vector<char> damaged(std::vector<char> file, std::mt19937& random) {
  const auto below = [&](std::size_t n) { return std::size_t(random() % n); };
  for (std::size_t i = below(8) + 1; i > 0 && !file.empty(); --i) {
    char& byte = file[below(file.size())];
    const char kinds[] = {char(random()), char(byte ^ (1 << below(8))), char(0xFF), 0, '9', '-', '"', '['};
    byte = kinds[below(std::size(kinds))];
  }
  const std::size_t from = below(file.size() + 1), count = below(std::min<std::size_t>(file.size() - from, 64) + 1);
  const auto begin = file.begin() + std::ptrdiff_t(from), end = begin + std::ptrdiff_t(count);
  const std::vector<char> piece(begin, end);
  const std::size_t kind = below(6);
  if (kind == 0) file.erase(begin, end);
  if (kind == 1) file.insert(file.begin() + std::ptrdiff_t(below(file.size() + 1)), piece.begin(), piece.end());
  return file;
}

/// NOISEGLASS_DAMAGED times each file, from NOISEGLASS_SEED on; libFuzzer, which looks where an input leads, goes
/// further.
TEST_P(Corpus, IsReadOrRefusedHoweverItIsDamaged) {
  const char *wanted = std::getenv("NOISEGLASS_DAMAGED"), *seed = std::getenv("NOISEGLASS_SEED");
  const int rounds = wanted ? std::atoi(wanted) : 100;
  std::mt19937 random(seed ? std::uint32_t(std::atoi(seed)) : 1);
  long tried = 0;
  for (const fs::path& file : files()) {
    SCOPED_TRACE(file);
    const std::vector<char> bytes = read_whole(file);
    if (bytes.size() > 65'536) continue;
    for (int i = 0; i < rounds; ++i, ++tried) GetParam().run(damaged(bytes, random));
  }
  RecordProperty("inputs", int(tried));
}

INSTANTIATE_TEST_SUITE_P(Fuzz, Corpus, testing::ValuesIn(targets()),
                         [](const auto& target) { return std::string(target.param.name); });

}  // namespace
}  // namespace noiseglass::fuzz
