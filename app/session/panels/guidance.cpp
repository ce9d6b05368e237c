#include "session/panel_record.h"

namespace noiseglass::app {

PanelRecord guidance_panel() {
  PanelRecord record;
  record.id = "guidance";
  record.label = "Guidance";
  record.group = "Networks";
  record.summary = "The same noise becomes whichever class you ask for; the weight says how strongly the class counts.";
  record.settings = {
      Setting::count("model", "Network", "The network that generates; only those trained with classes are listed.", 0,
                     0, 15),
      Setting::count("class", "Class", "The class to generate.", 3, 0, 999),
      Setting::number("weight", "Guidance weight w", "How strongly the difference that the class makes is amplified.",
                      2, 0, max_guidance),
      Setting::choice("prediction", "Shown as", "The predicted noise, or the estimated picture that follows from it.",
                      {"noise ε̂", "picture x̂₀"}, 1)};
  record.facts = {"done", "wanted"};
  return record;
}

}  // namespace noiseglass::app
