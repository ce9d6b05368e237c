// Every seed, and everything that was ever found: each is read, or refused with a sentence.
#include "fuzz/targets.h"

#include "noiseglass/files.h"
#include "paths.h"

#include <gtest/gtest.h>

#include <filesystem>

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

INSTANTIATE_TEST_SUITE_P(Fuzz, Corpus, testing::ValuesIn(targets()),
                         [](const auto& target) { return std::string(target.param.name); });

}  // namespace
}  // namespace noiseglass::fuzz
