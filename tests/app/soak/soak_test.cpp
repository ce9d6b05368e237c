// The whole window under a monkey. Each seed is a run of its own from a fresh window, which replays by its number:
//
//     NOISEGLASS_SOAK_SEED     the first seed (1)
//     NOISEGLASS_SOAK_RUNS     how many at least (3); the last three of them come twice, to see that memory does not
//     grow NOISEGLASS_SOAK_MINUTES  how long seeds follow one another (0) NOISEGLASS_SOAK_ACTIONS  in each run (120)
//
// scripts/soak sets them.
#include "tests/app/soak/monkey.h"

#include <execinfo.h>
#include <gtest/gtest.h>
#include <imgui.h>
#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include <unistd.h>

namespace noiseglass::app {
namespace {

int number_from(const char* variable, int otherwise) {
  const char* value = std::getenv(variable);
  return value ? std::atoi(value) : otherwise;
}

/// Bytes in use: what was given back to the C library counts no more, whatever it keeps.
std::size_t bytes_in_use() {
  malloc_trim(0);
  const struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

/// A person's folders, which a monkey may fill.
class OwnHome {
 public:
  OwnHome() : folder_(std::filesystem::temp_directory_path() / ("noiseglass-soak-" + std::to_string(getpid()))) {
    std::filesystem::create_directories(folder_);
    for (const char* variable : {"HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"})
      setenv(variable, folder_.c_str(), 1);
    for (const char* variable : {"DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"}) unsetenv(variable);
    std::filesystem::current_path(folder_);
  }
  ~OwnHome() {
    std::error_code none;
    std::filesystem::current_path("/", none);
    std::filesystem::remove_all(folder_, none);
  }
  OwnHome(const OwnHome&) = delete;
  OwnHome& operator=(const OwnHome&) = delete;

 private:
  std::filesystem::path folder_;
};

void tell(const std::vector<std::string>& done) {
  std::printf("What was done before:\n");
  for (std::size_t k = done.size() > 15 ? done.size() - 15 : 0; k < done.size(); ++k)
    std::printf("    %s\n", done[k].c_str());
  std::fflush(stdout);
}

/// What an assertion or a crash leaves to be known.
const std::vector<std::string>* told_at_death = nullptr;
std::uint32_t seed_at_death = 0;
void at_death(int signal) {
  std::printf("seed %u ended the program (signal %d).\n", seed_at_death, signal);
  void* calls[40];
  backtrace_symbols_fd(calls, backtrace(calls, 40), 1);
  if (told_at_death) tell(*told_at_death);
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

/// @returns how many actions were done
int run(std::uint32_t seed, int count) {
  Monkey monkey(seed);
  told_at_death = &monkey.done(), seed_at_death = seed;
  for (const int signal : {SIGABRT, SIGSEGV, SIGFPE}) std::signal(signal, at_death);
  for (int i = 0; i < count; ++i) {
    monkey.act();
    const auto wrong = monkey.wrong();
    if (wrong.empty()) continue;
    std::string story;
    const auto& done = monkey.done();
    for (std::size_t k = done.size() > 12 ? done.size() - 12 : 0; k < done.size(); ++k)
      story += "    " + done[k] + "\n";
    for (const std::string& sentence : wrong)
      ADD_FAILURE() << "seed " << seed << ", action " << i + 1 << ": " << sentence;
    tell(monkey.done());
    told_at_death = nullptr;
    return i + 1;
  }
  for (const std::string& sentence : monkey.undo_all()) ADD_FAILURE() << "seed " << seed << ": " << sentence;
  told_at_death = nullptr;
  return count;
}

TEST(Soak, WhateverAPersonDoesTheWindowStaysWhole) {
  const OwnHome home;
  const auto first = std::uint32_t(number_from("NOISEGLASS_SOAK_SEED", 1)),
             least = std::uint32_t(number_from("NOISEGLASS_SOAK_RUNS", 3));
  const int minutes = number_from("NOISEGLASS_SOAK_MINUTES", 0), count = number_from("NOISEGLASS_SOAK_ACTIONS", 120);
  const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(minutes);
  int actions = 0;
  std::uint32_t seed = first;
  const auto run_and_tell = [&] {
    actions += run(seed, count);
    std::printf("seed %u: %d actions so far, %.2f MB in use\n", seed, actions, double(bytes_in_use()) / 1e6);
    std::fflush(stdout);
    ++seed;
  };
  while (seed - first < least || std::chrono::steady_clock::now() < end) run_and_tell();
  // By then all that is kept for good (networks, hashes, texts) has been needed once: three runs again need no more.
  if (seed - first >= 25) {
    const std::size_t before = bytes_in_use();
    const std::uint32_t last = seed;
    for (seed = last - 3; seed < last;) run_and_tell();
    EXPECT_LT(double(bytes_in_use()), 1.02 * double(before)) << "memory grew";
  }
  RecordProperty("actions", actions);
}

}  // namespace
}  // namespace noiseglass::app
