#pragma once

#include "noiseglass/error.h"
#include "noiseglass/files.h"
#include "noiseglass/image.h"
#include "paths.h"

#include <gtest/gtest.h>

#include <malloc.h>
#include <filesystem>
#include <fstream>
#include <random>
#include <span>
#include <string>
#include <vector>

namespace noiseglass::testing {

inline std::filesystem::path data_file(const std::string& name) {
  return std::filesystem::path(TEST_DATA) / "pictures" / name;
}

inline std::vector<char> bytes_of(const std::string& name) { return read_whole(data_file(name)); }

inline std::vector<char> case_bytes(const std::string& name) { return bytes_of("../cases/" + name); }

/// A folder of its own for each test, removed afterwards.
class InFolder : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::temp_directory_path() /
              ("noiseglass-" + std::string(test->name()) + "-" + std::to_string(std::random_device{}()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  std::string with_bytes(const std::string& name, const std::vector<char>& bytes) const {
    std::ofstream(path(name), std::ios::binary).write(bytes.data(), std::streamsize(bytes.size()));
    return path(name);
  }

  std::size_t files_in_folder() const {
    return std::size_t(std::distance(std::filesystem::directory_iterator(folder_), {}));
  }

  std::filesystem::path folder_;
};

/// The text of the Error that `action` throws; fails the test when it throws none.
template <class Action>
std::string error_of(Action action) {
  try {
    action();
  } catch (const std::exception& error) {
    return error.what();
  }
  ADD_FAILURE() << "no error was thrown";
  return {};
}

/// What a decoder would find in memory that it has not written.
inline void fill_memory(int pattern) {
  mallopt(M_PERTURB, pattern);
  volatile unsigned char stack[1 << 16];
  for (auto& byte : stack) byte = std::uint8_t(pattern);
}

/// What a file opens as, or the sentence that refuses it.
inline std::string outcome_of(std::span<const char> file, int pattern) {
  fill_memory(pattern);
  std::string outcome;
  try {
    const ByteImage image = decode_picture(file, "it");
    outcome.assign(image.data.begin(), image.data.end());
  } catch (const Error& error) {
    outcome = error.what();
  }
  mallopt(M_PERTURB, 0);
  return outcome;
}

/// Whatever lies in memory, a file is always the same.
inline void expect_same_twice(std::span<const char> file, const std::string& name) {
  EXPECT_EQ(outcome_of(file, 0x5A), outcome_of(file, 0xA5)) << name;
}

}  // namespace noiseglass::testing
