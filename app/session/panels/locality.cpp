#include "session/panel_record.h"

namespace noiseglass::app {

PanelRecord locality_panel() {
  PanelRecord record;
  record.id = "locality";
  record.label = "Locality";
  record.group = "Networks";
  record.summary = "How far does a pixel see? A denoiser that sees everything copies; one that sees a part invents.";
  record.settings = {
      Setting::choice("set", "Pictures", "The training pictures that each pixel weighs.",
                      {"icons", "doodles", "digits", "faces"}),
      Setting::choice("show", "Show",
                      "The exact estimate from the network's own xₜ, or a whole reverse process from the same noise.",
                      {"estimate", "generated"}),
      Setting::count("radius", "Radius r",
                     "How far a pixel sees: it weighs the training pictures by what lies in the window of 2r + 1 by "
                     "2r + 1 pixels around it.",
                     3, 0, 31),
      Setting::on_off("anywhere", "Anywhere in the picture",
                      "The window is compared with those of all places in the training pictures, not only with that of "
                      "its own place.",
                      false)};
  record.generates = "show";
  record.facts = {"t",      "radius",         "distance", "best",  "best_distance",
                  "copied", "learned_copied", "known",    "looks", "all_looks"};
  return record;
}

}  // namespace noiseglass::app
