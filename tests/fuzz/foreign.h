#pragma once

#include "noiseglass/error.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <string_view>

#include <sys/mman.h>
#include <unistd.h>

namespace noiseglass::fuzz {

inline std::string text_of(std::span<const char> bytes) { return {bytes.begin(), bytes.end()}; }

/// What must hold whatever came in; ends the program where it does not.
inline void demand(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "It does not hold that %s.\n", what);
  std::abort();
}

/// Runs `parse`, which may refuse with an Error. Everything else that is thrown ends the program.
template <class Parse>
void refuse_or(Parse parse) {
  try {
    parse();
  } catch (const Error& error) {
    demand(std::string_view(error.what()).size() > 8, "an error is a sentence");
  }
}

/// A file in memory, for those parsers that want a name. @returns its path, which holds until the next call
inline std::string foreign_file(std::span<const char> bytes) {
  static const int descriptor = memfd_create("foreign", MFD_CLOEXEC);
  demand(ftruncate(descriptor, 0) == 0 && pwrite(descriptor, bytes.data(), bytes.size(), 0) == ssize_t(bytes.size()),
         "a file can be had");
  return "/proc/self/fd/" + std::to_string(descriptor);
}

/// A folder of this process's own, in memory where that can be had; gone when the process ends.
class OwnFolder {
 public:
  OwnFolder() {
    std::error_code none;
    const auto base = std::filesystem::exists("/dev/shm", none) ? "/dev/shm" : std::filesystem::temp_directory_path();
    path_ = base / ("noiseglass-fuzz-" + std::to_string(getpid()) + "-" + std::to_string(++count()));
    std::filesystem::create_directories(path_);
  }
  ~OwnFolder() {
    std::error_code none;
    std::filesystem::remove_all(path_, none);
  }
  OwnFolder(const OwnFolder&) = delete;
  OwnFolder& operator=(const OwnFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path put(const std::string& name, std::span<const char> bytes) const {
    std::ofstream(path_ / name, std::ios::binary).write(bytes.data(), std::streamsize(bytes.size()));
    return path_ / name;
  }
  void clear() const {
    for (const auto& entry : std::filesystem::directory_iterator(path_)) std::filesystem::remove_all(entry.path());
  }

 private:
  static int& count() {
    static int number = 0;
    return number;
  }
  std::filesystem::path path_;
};

}  // namespace noiseglass::fuzz
