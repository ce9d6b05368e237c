#pragma once

#include "window_options.h"

#include <exception>
#include <variant>

namespace noiseglass::cli {

constexpr int succeeded = 0;
constexpr int failed = 1;     ///< the request was sound, but a file, a disk, a network … was not
constexpr int wrong_use = 2;  ///< UsageError, or arguments that cannot be parsed

/// Runs the subcommand that the arguments name and returns its exit status, with errors as one sentence on
/// standard error; or, where no subcommand is named, says how the window is to be opened.
std::variant<int, app::WindowOptions> run_command_line(int argc, const char* const* argv);

/// Says the error on standard error. @returns the exit status that belongs to it
int report(const std::exception& error);

/// What `noiseglass --help` prints.
std::string help_text();

}  // namespace noiseglass::cli
