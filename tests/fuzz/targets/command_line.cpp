#include "cli/command_line.h"
#include "fuzz/foreign.h"
#include "fuzz/targets.h"
#include "fuzz/targets/silence.h"

#include "noiseglass/files.h"

#include <algorithm>
#include <sstream>

namespace noiseglass::fuzz {
namespace {

/// Those that may well take minutes to do what they are asked for.
bool takes_long(const std::vector<std::string>& arguments) {
  return std::ranges::any_of(arguments, [](const std::string& one) {
    return one == "train-2d" || one == "export" || one == "lesson-report" || one == "nearest" || one == "sample" ||
           one == "reverse" || one == "denoise";
  });
}

}  // namespace

void run_command_line(std::span<const char> bytes) {
  static const OwnFolder folder;
  static const bool made = [] {
    std::filesystem::current_path(folder.path());
    ByteImage picture({2, 2, 1});
    picture.data = {0, 255, 128, 64};
    write_png("p.png", picture);
    return true;
  }();
  (void)made;
  if (std::ranges::find(bytes, '/') != bytes.end() || std::ranges::find(bytes, '\0') != bytes.end())
    return;  // other folders are nobody's business
  std::vector<std::string> arguments = {"noiseglass"};
  std::istringstream text(text_of(bytes));
  for (std::string line; std::getline(text, line) && arguments.size() < 40;)
    if (line != "..") arguments.push_back(line);
  if (takes_long(arguments)) arguments.push_back("--not-an-option");  // everything is read, nothing done
  std::vector<const char*> pointers;
  for (const std::string& one : arguments) pointers.push_back(one.c_str());
  const Silence silence;
  const auto result = cli::run_command_line(int(pointers.size()), pointers.data());
  if (const int* status = std::get_if<int>(&result)) {
    demand(*status >= 0 && *status <= 2, "a command ends with 0, 1 or 2");
    demand(*status == 0 || silence.errors().starts_with("noiseglass: "), "a command that fails says why");
  }
}

}  // namespace noiseglass::fuzz
