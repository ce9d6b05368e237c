#pragma once

#include <CLI/CLI.hpp>

namespace noiseglass::cli {

/// The manual page (section 1, in man's macros), made of what --help is made of.
std::string man_page(const CLI::App& program, const std::string& version);

}  // namespace noiseglass::cli
