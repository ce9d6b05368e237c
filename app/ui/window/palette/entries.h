#pragma once

#include "lessons/lesson.h"

#include <string>
#include <vector>

namespace noiseglass::app {

/// One line of the command palette: something to be done, set, or opened.
struct PaletteEntry {
  enum class Kind { action, setting, lesson };
  Kind kind = Kind::action;
  std::string name;   ///< an action's id, a name of the state, a lesson's file
  std::string value;  ///< what a setting becomes
  bool asks = false;  ///< a setting whose value is typed behind its name: "guidance 4"
  std::string label;
  std::string about;  ///< what it does, or takes
  std::string words;  ///< what else people call it
};

/// Everything that there is, from the tables that say so: actions, the state's names, schedules, samplers, tabs,
/// lessons.
std::vector<PaletteEntry> palette_entries(const std::vector<lessons::Lesson>& lessons);

/// How well `query` fits: each of its words begins one of the text's words, or is in it, or has its letters there in
/// this order. 0: it does not.
int fit(const std::string& query, const std::string& text);

/// Those that fit, best first, with the value that was typed. All, where nothing was typed.
std::vector<PaletteEntry> fitting(const std::vector<PaletteEntry>& entries, const std::string& query);

}  // namespace noiseglass::app
