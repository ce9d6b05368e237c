#include "session/panel_record.h"

namespace noiseglass::app {

PanelRecord measured_panel() {
  PanelRecord record;
  record.id = "measured";
  record.label = "Measured";
  record.summary = "How schedule, sampler and number of steps affect the samples, measured on hundreds of them.";
  record.settings = {Setting::count("model", "Network", "The network whose samples were measured.", 0, 0, 15),
                     Setting::choice("figure", "Measure", "Which measure the cells show.",
                                     {"distance", "class accuracy", "precision", "recall"})};
  record.uses_time = false;
  record.facts = {"tables"};
  return record;
}

}  // namespace noiseglass::app
