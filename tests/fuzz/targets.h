#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace noiseglass::fuzz {

/// A parser of foreign bytes: it may refuse them with an Error, and nothing else may come of them. Each is one `.cpp`
/// in targets/, one row of the table in targets.cpp, and a folder of seeds in corpus/.
struct Target {
  std::string_view name;
  void (*run)(std::span<const char> bytes);
  std::vector<std::string_view> more_seeds = {};  ///< folders in tests/data
};

const std::vector<Target>& targets();

void run_command_line(std::span<const char> bytes);  ///< one argument a line
void run_equations(std::span<const char> bytes);
void run_exif(std::span<const char> bytes);
void run_input(std::span<const char> bytes);  ///< standard input, the clipboard, links
void run_judge(std::span<const char> bytes);
void run_kept(
    std::span<const char> bytes);  ///< what the program kept of an earlier time: preferences, places in lessons
void run_lesson(std::span<const char> bytes);
void run_measurements(std::span<const char> bytes);
void run_mixture(std::span<const char> bytes);
void run_model(std::span<const char> bytes);
void run_npy(std::span<const char> bytes);
void run_picture(std::span<const char> bytes);
void run_picture_set(std::span<const char> bytes);
void run_png(std::span<const char> bytes);  ///< its checksums put right, so that what is behind them is reached
void run_sentences(std::span<const char> bytes);
void run_session(std::span<const char> bytes);
void run_settings(std::span<const char> bytes);  ///< lines of --set
void run_webp(std::span<const char> bytes);
void run_words(std::span<const char> bytes);

}  // namespace noiseglass::fuzz
