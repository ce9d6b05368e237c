#include "noiseglass/schedule.h"
#include "session/panel_record.h"

namespace noiseglass::app {

PanelRecord discrete_panel() {
  PanelRecord record;
  record.id = "discrete";
  record.label = "Discrete";
  record.group = "Ideas";
  record.summary =
      "Letters cannot be blended with noise, but they can be replaced or masked, as can grey levels; the reverse "
      "process works the same way.";
  record.uses_picture = true;
  record.picture_setting = "data";
  record.settings = {
      Setting::choice("data", "What is corrupted",
                      "A sentence that you type, or the open picture in a few grey levels.", {"sentence", "picture"}),
      Setting::choice("kind", "Corrupted tokens become",
                      "Uniform: any value, all equally likely. Absorbing: the mask, for good.",
                      {"uniform", "absorbing"}, 1),
      Setting::count("levels", "Grey levels", "How many values a pixel can have.", 8, 2, 16),
      Setting::choice("view", "Shown", "The corrupted original, or what the reverse process has generated.",
                      {"corrupted", "generated"}),
      Setting::count("steps", "Reverse steps", "Number of steps from noise to t = 0.", 25, 1, 100),
      Setting::count("from", "Start of the reverse process", "The t at which it starts; T or more is pure noise.",
                     Schedule::max_steps, 1, Schedule::max_steps),
      Setting::count("letter", "Selected letter", "The letter whose distributions are shown.", 4, 0, 43),
      Setting::count("pixel", "Selected pixel", "The pixel whose distributions are shown, counted row by row.",
                     64 * 26 + 30, 0, 64 * 64 - 1),
  };
  record.generates = "view";
  record.facts = {"tokens", "own_length", "changed", "masked", "t", "best", "weight", "run_done"};
  return record;
}

}  // namespace noiseglass::app
