// How the window looks: its theme, whoever has the say in it, and its typefaces.
#include "ui/window/contents.h"

#include <backends/imgui_impl_opengl3.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace noiseglass::app {

/// What was asked for on the command line, or else what is preferred; or as it is, until the desktop has said.
void Contents::choose_look(const WindowOptions& options) {
  asked_theme_ = options.theme;
  for (const std::string& setting : options.settings)
    if (setting.starts_with("theme")) asked_theme_ = "as set";
  if (options.keep) system_.begin(wake_);
  const auto look = look_named(asked_theme_.empty() ? preferences_.theme : asked_theme_);
  if (!look) return;
  AppState state = session_.state();
  state.look = *look;
  session_.apply(state);
}

/// Whenever the desktop says something new: no step of anybody's, and so none to be undone.
void Contents::follow_system() {
  const Appearance said = system_.said();
  theme_.transitions = preferences_.transitions && said.transitions;
  if (!follows_system()) system_look_.reset();
  if (!follows_system() || !said.look || said.look == system_look_) return;
  system_look_ = said.look;
  AppState state = session_.state();
  state.look = *said.look;
  session_.apply(state);
}

/// A look that a person has chosen is what is preferred from now on.
void Contents::note_look(Look before, Look now) {
  if (before == now) return;
  asked_theme_.clear();
  preferences_.theme = look_names()[std::size_t(now)];
}

/// Projected, no text is lower than 1/45 of the window: what the last row of a hall can read.
static float projected_scale(float scale) {
  constexpr float smallest_text = 13, of_height = 45;  // design pixels
  return std::max(scale, std::ceil(20 * ImGui::GetIO().DisplaySize.y / (of_height * smallest_text)) / 20);
}

void Contents::apply_appearance(float scale) {
  if (theme_.projecting) scale = projected_scale(scale);
  if (theme_.body == nullptr || theme_.scale != scale) {
    const std::string problem = load_type(theme_, scale);
    if (!problem.empty()) std::fprintf(stderr, "noiseglass: %s\n", problem.c_str());
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
  }
  apply_colours(theme_, session_.state().look);
  ImGui::GetIO().FontDefault = theme_.body;
}

}  // namespace noiseglass::app
