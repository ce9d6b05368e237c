#include "fuzz/foreign.h"
#include "fuzz/targets.h"
#include "session/set_state.h"

#include <sstream>

void noiseglass::fuzz::run_settings(std::span<const char> bytes) {
  static const Library library = load_library();
  std::vector<app::Assignment> lines;
  std::istringstream text(text_of(bytes));
  for (std::string line; std::getline(text, line) && lines.size() < 40;) {
    const auto equals = std::min(line.find('='), line.size());
    lines.push_back({line.substr(0, equals), line.substr(std::min(equals + 1, line.size())), int(lines.size()) + 1});
  }
  app::AppState state = app::starting_state(library);
  for (const app::WrongAssignment& wrong : app::set_state(state, lines, library, "/nowhere"))
    demand(wrong.text.size() > 8, "what is wrong is a sentence");
  app::AppState shown = state;
  app::bring_into_range(shown);
  demand(!app::why_refused(shown), "what has been set can be shown");
  app::AppState again = shown;
  app::bring_into_range(again);
  demand(again == shown, "what is in its range stays as it is");
  (void)app::whole_state(shown, library);
}
