#pragma once

#include "session/session.h"

#include <string>
#include <vector>

namespace noiseglass::app {

/// One thing that a person can do: the same record serves button, shortcut, tooltip and help page.
struct Action {
  std::string id, label, help;
  std::string shortcut;                                   ///< as people read it: "Space", "Ctrl+O"; empty: it has none
  bool (*enabled)(const Session&) = nullptr;              ///< null: always
  void (*run)(const Session&, AppState& next) = nullptr;  ///< null: it is the window itself that does it
};

const std::vector<Action>& actions();
const Action& action(const std::string& id);
bool is_enabled(const Action& action, const Session& session);
/// Runs the action if it is enabled.
void perform(const std::string& id, const Session& session, AppState& next);
/// "Play the forward process (Space)"
std::string hint(const Action& action);

}  // namespace noiseglass::app
