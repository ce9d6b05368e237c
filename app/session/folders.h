#pragma once

#include <filesystem>

namespace noiseglass::app {

// Where this system keeps what a program remembers (noiseglass/platform.h); the first two are empty where there is no
// home.
std::filesystem::path state_folder();   ///< the last session, places in lessons: on Linux ~/.local/state/noiseglass
std::filesystem::path config_folder();  ///< preferences: ~/.config/noiseglass
std::filesystem::path cache_folder();   ///< ~/.cache/noiseglass
std::filesystem::path kept_folder();    ///< in it: what came without a file of its own, see kept_file.h

/// The typefaces that came with the program, among its assets; empty where the system's are meant.
std::filesystem::path typeface_folder();

}  // namespace noiseglass::app
