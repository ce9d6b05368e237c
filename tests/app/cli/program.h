#pragma once

#include "core/io/test_files.h"

#include <gmock/gmock.h>

#include <sys/wait.h>
#include <cstdlib>
#include <sstream>

namespace noiseglass::testing {

struct Result {
  int status = -1;
  std::string out, err;
};

/// The program that was built with the tests, or one of another build (and a script that starts it) in
/// NOISEGLASS_PROGRAM.
inline std::string tested_program() {
  const char* other = std::getenv("NOISEGLASS_PROGRAM");
  return other && *other ? other : NOISEGLASS_PROGRAM;
}

/// Runs the real program, each test in a folder of its own.
class CommandLine : public InFolder {
 protected:
  Result run(const std::vector<std::string>& arguments, const std::string& standard_output = {},
             const std::string& standard_input = "/dev/null") const {
    std::string command = quoted(tested_program());
    for (const std::string& argument : arguments) command += " " + quoted(argument);
    const std::string out = standard_output.empty() ? path("stdout") : standard_output;
    command += " <" + quoted(standard_input) + " >" + quoted(out) + " 2>" + quoted(path("stderr"));
    const int status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, standard_output.empty() ? text_of("stdout") : "",
            text_of("stderr")};
  }

  /// The run must succeed without a word on standard error.
  std::string output_of(const std::vector<std::string>& arguments) const {
    const Result result = run(arguments);
    EXPECT_EQ(result.status, 0);
    EXPECT_EQ(result.err, "");
    return result.out;
  }

  std::string text_of(const std::string& name) const {
    const std::vector<char> bytes = read_whole(path(name));
    return {bytes.begin(), bytes.end()};
  }

  /// A picture of 7 × 6 pixels with all kinds of values.
  std::string picture(int channels = 3) const {
    ByteImage image({6, 7, channels});
    for (std::size_t i = 0; i < image.data.size(); ++i) image.data[i] = std::uint8_t(i * 53 + 20);
    write_png(path("picture.png"), image);
    return path("picture.png");
  }

 private:
  static std::string quoted(const std::string& text) { return "'" + text + "'"; }
};

/// A table's lines, split at commas; the first is the header.
inline std::vector<std::vector<std::string>> parse_csv(const std::string& text) {
  std::vector<std::vector<std::string>> rows;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    rows.emplace_back();
    std::istringstream cells(line);
    for (std::string cell; std::getline(cells, cell, ',');) rows.back().push_back(cell);
  }
  return rows;
}

/// One sentence: one line that starts with the program's name and has `part` in it.
MATCHER_P(IsOneSentenceWith, part, "is one line from noiseglass with \"" + std::string(part) + "\" in it") {
  const std::string text = arg;
  return text.starts_with("noiseglass: ") && text.find('\n') == text.size() - 1 && text.find(part) != std::string::npos;
}

}  // namespace noiseglass::testing
