#include "program.h"

#include <regex>
#include <sstream>
#include <string>
#include <vector>

namespace noiseglass {
namespace {

using ManPage = testing::CommandLine;

std::vector<std::string> found(const std::string& text, const char* pattern) {
  const std::regex regex(pattern, std::regex::multiline);
  std::vector<std::string> words;
  for (std::sregex_iterator at(text.begin(), text.end(), regex), end; at != end; ++at) words.push_back((*at)[1]);
  return words;
}

// What --help says of every command is in the manual too, in troff's spelling of a minus.
TEST_F(ManPage, HasEveryCommandAndEveryOption) {
  const std::string page = std::regex_replace(output_of({"--man-page"}), std::regex(R"(\\-)"), "-");
  const std::string help = output_of({"--help"});
  auto commands = found(help, "^  ([a-z][a-z0-9-]*)  +");
  std::erase(commands, "noiseglass");  // its own examples
  ASSERT_GT(commands.size(), 8u);
  for (const std::string& command : commands) {
    const auto from = page.find("\n.SS " + command + "\n");
    ASSERT_NE(from, page.npos) << command;
    const std::string section = page.substr(from, page.find("\n.S", from + 1) - from);
    const auto options = found(output_of({command, "--help"}), "^  (?:-[a-z],)?(--[a-z0-9-]+)");
    EXPECT_FALSE(options.empty()) << command;
    for (const std::string& option : options) EXPECT_THAT(section, ::testing::HasSubstr(option)) << command;
  }
}

TEST_F(ManPage, IsNoMacroByAccident) {
  std::istringstream lines(output_of({"--man-page"}));
  for (std::string line; std::getline(lines, line);)
    if (!line.empty() && (line[0] == '.' || line[0] == '\''))
      EXPECT_THAT(line, ::testing::ContainsRegex("^\\.(TH|SH|SS|TP|PP|B|br|nf|fi)( |$)"));
}

}  // namespace
}  // namespace noiseglass
