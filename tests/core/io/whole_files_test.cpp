#include "test_files.h"

#include "noiseglass/error.h"

#include <gmock/gmock.h>

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <csignal>
#include <cstdlib>
#include <thread>

namespace noiseglass {
namespace {

namespace fs = std::filesystem;
using testing::error_of;
using ::testing::HasSubstr;
using WholeFile = testing::InFolder;

const std::vector<char> old_bytes = {'o', 'l', 'd'};

TEST_F(WholeFile, ReplacesWhatWasThereAndLeavesNothingElse) {
  with_bytes("a", old_bytes);
  write_whole(path("a"), std::vector<char>{'n', 'e', 'w', '!'});
  EXPECT_EQ(read_whole(path("a")), (std::vector<char>{'n', 'e', 'w', '!'}));
  EXPECT_EQ(files_in_folder(), 1u);
}

TEST_F(WholeFile, KeepsTheRightsOfTheFileItReplaces) {
  fs::permissions(with_bytes("a", old_bytes), fs::perms::owner_read | fs::perms::owner_write);
  write_whole(path("a"), old_bytes);
  EXPECT_EQ(fs::status(path("a")).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(WholeFile, WritesThroughALink) {
  with_bytes("target", old_bytes);
  fs::create_symlink(path("target"), path("link"));
  write_whole(path("link"), std::vector<char>{'n'});
  EXPECT_TRUE(fs::is_symlink(path("link")));
  EXPECT_EQ(read_whole(path("target")), std::vector<char>{'n'});
}

// A limit on file sizes stands in for a full disk in a place where the temporary file is made.
TEST_F(WholeFile, KeepsTheOldFileWhenThereIsNoRoom) {
  with_bytes("a", old_bytes);
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit tight{4096, before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &tight);
  const std::string error = error_of([&] { write_whole(path("a"), std::vector<char>(100'000, 'x')); });
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, old_handler);
  EXPECT_THAT(error, HasSubstr("cannot be written"));
  EXPECT_EQ(read_whole(path("a")), old_bytes);
  EXPECT_EQ(files_in_folder(), 1u);
}

TEST_F(WholeFile, SaysThatTheDiskIsFullAndLeavesTheDeviceAlone) {
  const std::string error = error_of([] { write_whole("/dev/full", std::vector<char>(10, 'x')); });
  EXPECT_THAT(error, HasSubstr("No space left"));
  EXPECT_TRUE(fs::is_character_file("/dev/full"));
}

TEST_F(WholeFile, CannotBeAFolderOrInAMissingOne) {
  EXPECT_THAT(error_of([&] { write_whole(folder_.string(), old_bytes); }), HasSubstr("directory"));
  EXPECT_THAT(error_of([&] { write_whole(path("missing/a"), old_bytes); }), HasSubstr("Create the folder first"));
  EXPECT_THROW(write_whole("", old_bytes), Error);
}

TEST_F(WholeFile, WithoutRightsIsRefused) {
  if (geteuid() == 0) GTEST_SKIP() << "the superuser may read and write everything";
  fs::permissions(with_bytes("a", old_bytes), fs::perms::none);
  EXPECT_THAT(error_of([&] { read_whole(path("a")); }), HasSubstr("denied"));
  fs::permissions(folder_, fs::perms::owner_read | fs::perms::owner_exec);
  EXPECT_THAT(error_of([&] { write_whole(path("b"), old_bytes); }), HasSubstr("that you may write to"));
  fs::permissions(folder_, fs::perms::owner_all);
}

TEST_F(WholeFile, WritesThroughALinkThatLeadsNowhereYet) {
  fs::create_symlink("target", path("link"));
  write_whole(path("link"), old_bytes);
  EXPECT_TRUE(fs::is_symlink(path("link")));
  EXPECT_EQ(read_whole(path("target")), old_bytes);
  fs::create_symlink(path("missing/target"), path("far"));
  EXPECT_THAT(error_of([&] { write_whole(path("far"), old_bytes); }), HasSubstr("Create the folder first"));
  fs::create_symlink("circle", path("circle"));
  EXPECT_THAT(error_of([&] { write_whole(path("circle"), old_bytes); }), HasSubstr("cannot be written"));
}

// The limit on file sizes kills the writer in the middle of its writing.
TEST_F(WholeFile, LeavesNothingBehindWhenItsWriterIsKilled) {
  with_bytes("a", old_bytes);
  const pid_t child = fork();
  if (child == 0) {
    const rlimit tight{4096, 4096}, no_core{0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    setrlimit(RLIMIT_FSIZE, &tight);
    std::signal(SIGXFSZ, SIG_DFL);
    write_whole(path("a"), std::vector<char>(100'000, 'x'));
    _exit(0);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(read_whole(path("a")), old_bytes);
  EXPECT_EQ(files_in_folder(), 1u);
}

TEST_F(WholeFile, MayHaveTheLongestNameAndNoLonger) {
  const std::string longest(255, 'n'), longer(256, 'n');
  write_whole(path(longest), old_bytes);
  EXPECT_EQ(read_whole(path(longest)), old_bytes);
  EXPECT_THAT(error_of([&] { write_whole(path(longer), old_bytes); }), HasSubstr("Choose a shorter name"));
  EXPECT_THAT(error_of([&] { read_whole(path(longer)); }), HasSubstr("name too long"));
  EXPECT_EQ(files_in_folder(), 1u);
}

TEST_F(WholeFile, HasAPlaceEvenWhereTheWorkingFolderIsGone) {
  const fs::path before = fs::current_path();
  fs::create_directory(path("gone"));
  fs::current_path(path("gone"));
  fs::remove(path("gone"));
  EXPECT_TRUE(working_folder().is_absolute());
  EXPECT_EQ(absolute_path("a"), working_folder() / "a");
  EXPECT_EQ(absolute_path("/a"), "/a");
  fs::current_path(before);
  EXPECT_EQ(working_folder(), before);
}

// A pipe may never end, and a window that waits for it cannot be closed.
TEST_F(WholeFile, OfAPipeIsForTheCommandLine) {
  ASSERT_EQ(mkfifo(path("pipe").c_str(), 0600), 0);
  EXPECT_THAT(error_of([&] { read_whole(path("pipe")); }), HasSubstr("it is a pipe"));
  std::thread writer([&] { std::ofstream(path("pipe")) << "old"; });
  EXPECT_EQ(read_input(path("pipe")), old_bytes);
  writer.join();
}

using Assets = testing::InFolder;

TEST_F(Assets, AreWhereTheEnvironmentSays) {
  ASSERT_EQ(setenv("NOISEGLASS_ASSETS", folder_.c_str(), 1), 0);
  EXPECT_EQ(assets_folder(), folder_);
  ASSERT_EQ(setenv("NOISEGLASS_ASSETS", path("missing").c_str(), 1), 0);
  EXPECT_THAT(error_of([] { assets_folder(); }), HasSubstr("NOISEGLASS_ASSETS"));
  unsetenv("NOISEGLASS_ASSETS");
}

}  // namespace
}  // namespace noiseglass
