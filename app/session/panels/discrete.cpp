#include "noiseglass/schedule.h"
#include "session/panel_record.h"

namespace noiseglass::app {

PanelRecord discrete_panel() {
  PanelRecord record;
  record.id = "discrete";
  record.label = "Discrete";
  record.summary =
      "Letters and grey levels cannot be mixed with noise, but they can be replaced or masked; the way back is the "
      "same.";
  record.uses_picture = true;
  record.settings = {
      Setting::choice("data", "What is corrupted",
                      "A sentence that you type, or the open picture in a few grey levels.", {"sentence", "picture"}),
      Setting::choice("kind", "Touched tokens become",
                      "Uniform: any value, each as likely. Absorbing: a mask, which stays.", {"uniform", "absorbing"},
                      1),
      Setting::count("levels", "Grey levels", "How many values a pixel can have.", 8, 2, 16),
      Setting::choice("view", "Shown", "The corruption of what you chose, or what the way back has made.",
                      {"corrupted", "generated"}),
      Setting::count("steps", "Steps back", "How many steps lead from noise to the clean end.", 25, 1, 100),
      Setting::count("from", "Start of the way back", "The t it starts from; T or more is pure noise.",
                     Schedule::max_steps, 1, Schedule::max_steps),
      Setting::count("letter", "Selected letter", "The letter whose distributions are shown.", 4, 0, 43),
      Setting::count("pixel", "Selected pixel", "The pixel whose distributions are shown, row by row.", 64 * 26 + 30, 0,
                     64 * 64 - 1),
  };
  return record;
}

}  // namespace noiseglass::app
