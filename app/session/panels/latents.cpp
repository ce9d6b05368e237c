#include "session/panel_record.h"

namespace noiseglass::app {

PanelRecord latents_panel() {
  PanelRecord record;
  record.id = "latents";
  record.label = "Latents";
  record.group = "Ideas";
  record.summary = "The same noise, added to a few coefficients that stand for a picture: fewer numbers in every step.";
  record.settings = {
      Setting::choice("view", "Shown", "Digits in their principal components, or words as points in a plane.",
                      {"digits", "words"}),
      Setting::count("digit", "Digit",
                     "Which digit is shown; it was not among those that the components were computed from.", 5, 0, 9),
      Setting::count("k", "Numbers kept, k", "How many coefficients stand for the picture.", 40, 1, 200),
      Setting::count("word", "Word", "The word that noise is added to, by its place in the list.", 0, 0, 53),
  };
  record.facts = {"k", "explained", "alpha_bar", "nearest", "mistaken_for"};
  return record;
}

}  // namespace noiseglass::app
