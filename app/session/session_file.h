#pragma once

#include "session/state.h"

#include "noiseglass/library.h"

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace noiseglass::app {

// A session as a file (.noiseglass): all that is needed to have the same pictures elsewhere, to the last bit. It is
// JSON: the state in the language of lessons, the hashes of pictures and networks, a picture of one's own, and how far
// a lesson was read.

/// The lesson that was open, and what was answered in it.
struct SavedLesson {
  std::string file;  ///< a bundled one by its name; empty: none was open
  int page = 0;
  std::map<std::pair<int, int>, int> answers;  ///< by page and block
  bool operator==(const SavedLesson&) const = default;
};

struct SavedSession {
  AppState state;
  SavedLesson lesson;
  std::vector<std::string> problems;  ///< sentences about what is not as it was; the rest is there
};

constexpr std::size_t embedded_bytes = 32u << 20;  ///< the largest picture of one's own that goes into a session
/// @param library whose networks' hashes are noted, of those that can be read
/// @param embed_limit own pictures up to so many bytes go into the file; larger ones are named by their path
/// @param lacks gets the sentence why the picture can be read no more, and is only named; else nothing
std::string session_text(const AppState& state, const SavedLesson& lesson, const Library& library,
                         std::size_t embed_limit = embedded_bytes, std::string* lacks = nullptr);
/// Written whole or not at all. @throws Error
void save_session(const std::filesystem::path& file, const std::string& text);

/// @param folder of the file, for pictures that are named relative to it
/// @param pictures where a picture that came inside is put
/// @throws Error when this is no session
SavedSession parse_session(const std::string& text, const Library& library, const std::filesystem::path& folder,
                           const std::filesystem::path& pictures);
SavedSession open_session(const std::filesystem::path& file, const Library& library);

/// Only how far a lesson was read, and what was answered; nothing else of the session is looked at.
/// @throws Error when this is no session
SavedLesson read_saved_lesson(const std::filesystem::path& file);

/// A state in one short text, to be sent to somebody: "noiseglass:t=400;lane2.schedule=sigmoid". Pictures of one's own
/// stay behind.
std::string link_of(const AppState& state, const Library& library);
bool is_link(const std::string& text);
/// @throws UsageError with what is wrong in it
AppState state_of_link(const std::string& link, const Library& library);

}  // namespace noiseglass::app
