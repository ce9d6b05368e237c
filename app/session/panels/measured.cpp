#include "session/panel_record.h"

namespace noiseglass::app {

PanelRecord measured_panel() {
  PanelRecord record;
  record.id = "measured";
  record.label = "Measured";
  record.summary = "What schedule, sampler and number of steps contribute, measured on hundreds of samples.";
  record.settings = {Setting::count("model", "Network", "The network whose samples were measured.", 0, 0, 15),
                     Setting::choice("figure", "Measure", "Which measure the cells show.",
                                     {"distance", "class accuracy", "precision", "recall"})};
  record.uses_time = false;
  record.facts = {"tables"};
  return record;
}

}  // namespace noiseglass::app
