#pragma once

#include "session/state.h"

#include "noiseglass/library.h"

#include <filesystem>
#include <string>
#include <vector>

namespace noiseglass::app {

// The state as text, in the language of lessons and of --set: "t = 40%", "lane1.schedule = cosine".

/// One name by which a lesson, a test or `--set name=value` changes the state.
struct StateKey {
  std::string name;   ///< "t"; "lane.schedule" stands for lane1.… and lane2.… too
  std::string value;  ///< what it takes, for help: "a timestep, or a share such as 40%"
  std::string help;
};

/// Every name there is, but for parameters of schedules and samplers ("lane.schedule.beta_end"), for the settings of
/// panels, which are "panel.setting", and for what is typed into them, "text.panel.name".
std::vector<StateKey> state_keys();

struct Assignment {
  std::string name, value;
  int line = 0;  ///< where it was written; 0: nowhere
  bool operator==(const Assignment&) const = default;
};

struct WrongAssignment {
  int line = 0;
  std::string text;  ///< a sentence
};

/// Carries the assignments out. In which order they were written does not matter: what a name depends on comes first (T
/// before t, a schedule before its parameters). A state that could not be shown is not set at all.
/// @param library where pictures and networks are looked up
/// @param folder where pictures that are not bundled are looked up
/// @returns what could not be done; the rest has been
std::vector<WrongAssignment> set_state(AppState& state, std::vector<Assignment> assignments, const Library& library,
                                       const std::filesystem::path& folder);

/// What makes `state` out of `base`, and no more than that: set_state() turns it back.
std::vector<Assignment> get_state(const AppState& state, const AppState& base, const Library& library);

/// The same, whatever it starts from: all that there is to say.
std::vector<Assignment> whole_state(const AppState& state, const Library& library);

/// One line for a lesson: "name = value".
std::string to_line(const Assignment& assignment);
/// `noiseglass --set name=value …`, quoted for a shell.
std::string to_command(const std::vector<Assignment>& assignments);

}  // namespace noiseglass::app
