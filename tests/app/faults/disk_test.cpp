// The disk is full, the folder may not be written to, the file goes away, the program is killed: what was there before
// is there still, and there is a sentence.
#include "session/session_file.h"
#include "tests/app/faults/limited.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"
#include "noiseglass/model.h"
#include "paths.h"

#include <gmock/gmock.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <thread>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

namespace noiseglass::faults {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class Disk : public testing::Test {
 protected:
  Disk() : folder_(fs::temp_directory_path() / ("noiseglass-disk-" + std::to_string(getpid()))) {
    fs::create_directories(folder_);
  }
  ~Disk() override { fs::remove_all(folder_); }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  fs::path folder_;
};

std::string text_of(const fs::path& file) {
  const std::vector<char> bytes = read_whole(file);
  return {bytes.begin(), bytes.end()};
}

/// Everything that is written, as it is written.
struct Writer {
  const char* name;
  void (*write)(const std::string& path, int size);
};
constexpr Writer writers[] = {
    {"a.png",
     [](const std::string& path, int size) {
       ByteImage picture({size, size, 3});
       std::mt19937 random;
       for (auto& value : picture.data) value = std::uint8_t(random());
       write_png(path, picture);
     }},
    {"a.jpg",
     [](const std::string& path, int size) {
       ByteImage picture({size, size, 3});
       std::mt19937 random;
       for (auto& value : picture.data) value = std::uint8_t(random());
       write_jpeg(path, picture);
     }},
    {"a.npy",
     [](const std::string& path, int size) {
       write_npy(path, std::vector<Image>(1, Image({size, size, 3})));
     }},
    {"a.noiseglass", [](const std::string& path,
                        int size) { app::save_session(path, std::string(std::size_t(size * size * 3), 'x')); }},
};

TEST_F(Disk, ThatIsFullLeavesTheOldFileAndIsSaid) {
  for (const Writer& writer : writers) {
    SCOPED_TRACE(writer.name);
    const std::string told = on_a_small_disk(folder_, [&] {
      const std::string file = path(writer.name);
      writer.write(file, 4);
      const std::string old = text_of(file);
      std::string problem = "it was written";
      try {
        writer.write(file, 256);
      } catch (const Error& error) {
        problem = error.what();
      }
      if (text_of(file) != old) return std::string("the old file is gone");
      if (std::distance(fs::directory_iterator(folder_), {}) != 1) return std::string("something is left beside it");
      writer.write(file, 4);  // and there is room again
      return problem;
    });
    if (told == cannot_be_had) GTEST_SKIP() << "no small disk can be had here";
    EXPECT_THAT(told, HasSubstr("Make room on the disk"));
  }
}

TEST_F(Disk, ThatIsReadOnlyLeavesTheOldFileAndIsSaid) {
  for (const Writer& writer : writers) {
    SCOPED_TRACE(writer.name);
    const std::string told = on_a_small_disk(folder_, [&] {
      const std::string file = path(writer.name);
      writer.write(file, 4);
      const std::string old = text_of(file);
      if (!make_read_only(folder_)) return std::string(cannot_be_had);
      std::string problem = "it was written";
      try {
        writer.write(file, 8);
      } catch (const Error& error) {
        problem = error.what();
      }
      return text_of(file) == old ? problem : "the old file is gone";
    });
    if (told == cannot_be_had) GTEST_SKIP() << "no disk can be made read-only here";
    EXPECT_THAT(told, HasSubstr("Choose a folder that you may write to"));
  }
}

/// As autosave and export do it, over and over, until the process is killed in the midst of it: NOISEGLASS_KILLS times.
TEST_F(Disk, HoldsTheOldOrTheNewFileWheneverTheProgramIsKilled) {
  const char* wanted = std::getenv("NOISEGLASS_KILLS");
  const int kills = wanted ? std::atoi(wanted) : 40;
  std::mt19937 random(1);
  int old_ones = 0, new_ones = 0, left = 0;
  for (int i = 0; i < kills; ++i) {
    const Writer& writer = writers[std::size_t(i) % std::size(writers)];
    const std::string file = path(writer.name);
    writer.write(file, 32);
    const std::string one = text_of(file);
    writer.write(file, 48);
    const std::string other = text_of(file);
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0)
      for (int size = 32;; size = 80 - size) writer.write(file, size);
    std::this_thread::sleep_for(std::chrono::microseconds(200 + random() % 8000));
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status));
    const std::string found = text_of(file);
    ASSERT_TRUE(found == one || found == other)
        << writer.name << " after " << i << " kills: " << found.size() << " bytes";
    (found == one ? old_ones : new_ones) += 1;
    for (const auto& entry : fs::directory_iterator(folder_))
      if (entry.path().extension() == ".part") fs::remove(entry.path()), ++left;
  }
  std::printf("%d kills: %d times one content, %d times the other, %d files left beside it\n", kills, old_ones,
              new_ones, left);
}

TEST_F(Disk, IsTidiedOfWhatAKillLeftMoreThanADayAgo) {
  folder_ /= "a";  // each folder is looked at once
  fs::create_directories(folder_);
  const auto leave = [&](const std::string& name, int hours) {
    fs::create_directories(path(name));
    std::ofstream(path(name + "/1.png")) << "half";
    fs::last_write_time(path(name), fs::file_time_type::clock::now() - std::chrono::hours(hours));
  };
  leave(".noiseglass-1.part", 25);
  leave(".noiseglass-2.part", 23);  // another run may be at it
  leave("my.part", 1000), leave(".noiseglass-notes", 1000);
  std::ofstream(path(".noiseglass-3.part")) << "half";
  fs::last_write_time(path(".noiseglass-3.part"), fs::file_time_type::clock::now() - std::chrono::hours(25));
  app::save_session(path("a.noiseglass"), "x");
  std::set<std::string> left;
  for (const auto& entry : fs::directory_iterator(folder_)) left.insert(entry.path().filename().string());
  EXPECT_THAT(left, testing::ElementsAre(".noiseglass-2.part", ".noiseglass-notes", "a.noiseglass", "my.part"));
  folder_ = folder_.parent_path();
}

TEST_F(Disk, MayLoseTheNetworkThatIsInUse) {
  const std::string file = path("network.safetensors");
  fs::copy_file(TEST_DATA "/nn/unet_pixel.safetensors", file);
  const auto network = Network::load(file);
  Image x_t(Shape{16, 8, 3});
  const Image v = network->predict_v(x_t, 0.5, -1, {});
  fs::resize_file(file, 1000);  // cut short while it is in use
  EXPECT_EQ(network->predict_v(x_t, 0.5, -1, {}).data, v.data);
  EXPECT_THROW((void)Network::load(file), Error);
  fs::remove(file);
  EXPECT_EQ(network->predict_v(x_t, 0.5, -1, {}).data, v.data);
  EXPECT_THROW((void)Network::load(file), Error);
}

}  // namespace
}  // namespace noiseglass::faults
