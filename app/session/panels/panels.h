#pragma once

// The panels, in the order of their tabs and menus. A new one is a folder in ui/panels/, which defines
// make_NAME_panel(); its NAME.cpp here, which defines NAME_panel(), what can be set in it; and one line in this list.
#define NOISEGLASS_PANELS(PANEL) \
  PANEL(pixel)                   \
  PANEL(schedule)                \
  PANEL(one_step)                \
  PANEL(score)                   \
  PANEL(paths)                   \
  PANEL(spectrum)                \
  PANEL(discrete)                \
  PANEL(latents)                 \
  PANEL(noise)                   \
  PANEL(training)                \
  PANEL(locality)                \
  PANEL(guidance)                \
  PANEL(heart)                   \
  PANEL(measured)

namespace noiseglass::app {

// What a panel draws and the ranges of its settings have in common.
constexpr double line_reach = 3.2;  ///< "one_step": the x axis goes from −line_reach to line_reach
constexpr int step_stages = 4;      ///< "noise": the parts of a sampler's step, shown one after the other

}  // namespace noiseglass::app
