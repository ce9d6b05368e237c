#include "noiseglass/platform.h"

#include <gmock/gmock.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

namespace noiseglass::platform {
namespace {

namespace fs = std::filesystem;

class PlatformTest : public testing::Test {
 protected:
  void TearDown() override { fs::remove_all(folder_); }
  static std::string text_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  static bool went_well(Process& process) {
    for (;;) {
      if (const auto ended = process.ended()) return *ended;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }
  static std::vector<std::uint8_t> bytes(const std::string& text) { return {text.begin(), text.end()}; }

  const fs::path folder_ = make_temporary_folder();
};

TEST_F(PlatformTest, TheProgramKnowsItsOwnFile) {
  EXPECT_TRUE(fs::is_regular_file(program_file())) << program_file();
  EXPECT_THAT(program_file().stem().string(), testing::HasSubstr("core_tests"));
}

TEST_F(PlatformTest, EachTemporaryFolderIsNewAndEmpty) {
  const fs::path other = make_temporary_folder();
  EXPECT_NE(other, folder_);
  EXPECT_TRUE(fs::is_empty(other));
  fs::remove_all(other);
}

TEST_F(PlatformTest, FilesOfAnyNameOpen) {
  const fs::path file = folder_ / "übung – ε̂.txt";
  std::FILE* written = open_file(file, "wbx");
  ASSERT_TRUE(written);
  std::fputs("x", written);
  std::fclose(written);
  EXPECT_EQ(text_of(file), "x");
  EXPECT_FALSE(open_file(file, "wbx")) << "x: it must not be there yet";
}

TEST_F(PlatformTest, WhatHasNoNameLeavesNothingBehindAndMayGetOne) {
  std::FILE* file = open_nameless(folder_);
  if (!file) GTEST_SKIP() << "this file system has no nameless files";
  std::fputs("x", file);
  std::fflush(file);
  EXPECT_TRUE(fs::is_empty(folder_));
  EXPECT_TRUE(give_name(file, folder_ / "named"));
  std::fclose(file);
  EXPECT_EQ(text_of(folder_ / "named"), "x");
}

TEST_F(PlatformTest, AnotherProgramReadsWhatItIsGiven) {
  ASSERT_TRUE(has_program("sh"));
  Process process({"sh", "-c", "cat > \"$0\"; echo heard >&2", (folder_ / "a b \"c\"").string()}, folder_ / "log");
  ASSERT_TRUE(process.started());
  const std::string much(300'000, 'x');  // more than a pipe holds
  EXPECT_TRUE(process.give(bytes(much)));
  process.end_of_input();
  EXPECT_TRUE(went_well(process));
  EXPECT_EQ(text_of(folder_ / "a b \"c\"").size(), much.size());
  EXPECT_EQ(text_of(folder_ / "log"), "heard\n");
}

TEST_F(PlatformTest, AProgramThatFailsDidNotGoWell) {
  Process process({"sh", "-c", "exit 3"}, folder_ / "log");
  EXPECT_FALSE(went_well(process));
}

TEST_F(PlatformTest, AProgramThatReadsNoMoreIsNoticedAndKillsNobody) {
  Process process({"sh", "-c", "exec <&-; sleep 20"}, folder_ / "log");
  const auto block = bytes(std::string(1 << 20, 'x'));
  bool reads = true;
  for (int i = 0; i < 100 && reads; ++i) reads = process.give(block);
  EXPECT_FALSE(reads);
  process.kill();
  EXPECT_FALSE(went_well(process));
}

TEST_F(PlatformTest, AProgramThatIsNotThereDoesNotStart) {
  EXPECT_FALSE(has_program("noiseglass-has-no-such-program"));
  Process process({"noiseglass-has-no-such-program"}, folder_ / "log");
  EXPECT_FALSE(process.started());
  EXPECT_EQ(process.ended(), false);
}

}  // namespace
}  // namespace noiseglass::platform
