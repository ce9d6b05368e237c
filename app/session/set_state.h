#pragma once

#include "session/state.h"

#include "noiseglass/library.h"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace noiseglass::app {

/// One name by which a lesson, a test or `--set name=value` changes the state.
struct StateKey {
  std::string name;   ///< "t"; "lane.schedule" stands for lane1.… and lane2.… too
  std::string value;  ///< what it takes, for help: "a timestep, or a share such as 40%"
  std::string help;
};

/// Every name there is, but for the settings of panels, which are "panel.setting", and for what is typed into them,
/// "text.panel.name".
/// Those that others depend on come first: T before t, t before play.
std::vector<StateKey> state_keys();

struct Assignment {
  std::string name, value;
  int line = 0;  ///< where it was written; 0: nowhere
};

struct WrongAssignment {
  int line = 0;
  std::string text;  ///< a sentence
};

/// Carries the assignments out, in the order of the table, so that it does not matter how they were written down.
/// @param library where pictures and networks are looked up
/// @param folder where pictures that are not bundled are looked up
/// @returns what could not be done; the rest has been
std::vector<WrongAssignment> set_state(AppState& state, std::vector<Assignment> assignments, const Library& library,
                                       const std::filesystem::path& folder);

}  // namespace noiseglass::app
