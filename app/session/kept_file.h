#pragma once

#include <filesystem>
#include <span>
#include <string>

namespace noiseglass::app {

// What came without a file of its own (a picture inside a session, standard input) gets one in the cache folder, named
// by what it holds: so it can be opened again, by undo or by a saved session.

/// The file that holds `bytes`. @throws Error when it cannot be written
std::filesystem::path kept_file(std::span<const char> bytes, const std::string& name,
                                const std::filesystem::path& folder);

/// Whether `file` is one of those.
bool is_kept(const std::filesystem::path& file, const std::filesystem::path& folder);

/// What the window is to open for what came through standard input: a link as it is, else a kept file whose name says
/// whether it is a session, a lesson or a picture. @throws Error for nothing at all
std::string opened_from_input(std::span<const char> bytes, const std::filesystem::path& folder);

/// The same for what is on the clipboard: a link, the file that a path names, else a kept one.
/// @throws Error for text that is none of these
std::string opened_from_clipboard(std::span<const char> bytes, const std::filesystem::path& folder);

}  // namespace noiseglass::app
