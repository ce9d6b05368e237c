// The program: a command line that needs no display, or the window.
#include "cli/command_line.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"
#include "noiseglass/platform.h"

#include <vector>

#ifdef NOISEGLASS_WINDOW
#include "ui/window/shell.h"
#endif

namespace {

#ifdef NOISEGLASS_WINDOW
int open_window(const noiseglass::app::WindowOptions& options) { return noiseglass::app::run_window(options); }
#else
int open_window(const noiseglass::app::WindowOptions&) {
  noiseglass::write_whole("-", noiseglass::cli::help_text());
  throw noiseglass::UsageError("This build has no window; use one of the commands above.");
}
#endif

}  // namespace

int main(int argc, char** argv) {
  noiseglass::platform::prepare_standard_streams();
  const std::vector<std::string> words = noiseglass::platform::arguments(argc, argv);
  std::vector<const char*> pointers;
  for (const std::string& word : words) pointers.push_back(word.c_str());
  const auto result = noiseglass::cli::run_command_line(int(words.size()), pointers.data());
  if (const int* status = std::get_if<int>(&result)) return *status;
  try {
    return open_window(std::get<noiseglass::app::WindowOptions>(result));
  } catch (const std::exception& error) {
    const int status = noiseglass::cli::report(error);
    noiseglass::platform::show_problem(error.what());
    return status;
  }
}
