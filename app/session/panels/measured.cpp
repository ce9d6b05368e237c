#include "session/panel_record.h"

namespace noiseglass::app {

PanelRecord measured_panel() {
  PanelRecord record;
  record.id = "measured";
  record.label = "Measured";
  record.summary = "What the schedule, the sampler and the number of steps are worth, measured on hundreds of samples.";
  record.settings = {Setting::count("model", "Network", "The network whose samples were measured.", 0, 0, 15),
                     Setting::choice("figure", "Figure", "What the cells say.",
                                     {"distance", "class accuracy", "precision", "recall"})};
  record.uses_time = false;
  record.facts = {"tables"};
  return record;
}

}  // namespace noiseglass::app
