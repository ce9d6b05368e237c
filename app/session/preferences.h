#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace noiseglass::app {

/// What a person prefers, whatever is on screen; kept in config_folder().
struct Preferences {
  bool bring_back = true;                ///< the last session, when the program is started without anything to open
  double scale = 1;                      ///< of the whole interface, on top of the screen's own
  std::string theme = "system";          ///< one of look_names(), or as the desktop says
  std::string language = "system";       ///< its code (language/language.h), or as the system says
  bool transitions = true;               ///< one picture passes into the next; else it jumps
  bool toured = false;                   ///< has seen the tour, or had no need of it
  std::vector<std::string> recent = {};  ///< files of one's own that were opened or saved, the newest first
  bool operator==(const Preferences&) const = default;
};

/// What cannot be read has its default.
Preferences read_preferences(const std::filesystem::path& file);
/// Keeps what else is in the file. Never throws: then they hold until the program ends.
void write_preferences(const std::filesystem::path& file, const Preferences& preferences);

/// Puts a file first among the recent ones, of which a few are kept.
void note_recent(std::vector<std::string>& recent, const std::filesystem::path& file);

}  // namespace noiseglass::app
