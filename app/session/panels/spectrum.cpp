#include "session/panel_record.h"

namespace noiseglass::app {

PanelRecord spectrum_panel() {
  PanelRecord record;
  record.id = "spectrum";
  record.label = "Spectrum";
  record.group = "Ideas";
  record.summary =
      "Noise is equally strong at every frequency, pictures are not: fine detail drowns first and comes back last.";
  record.settings = {Setting::choice(
      "show", "Show",
      "The open picture and its noise; a network's estimates as it generates; or the picture at three sizes.",
      {"forward", "reverse", "sizes"})};
  record.uses_picture = true;
  record.generates = "show";
  record.facts = {"t",          "floor",       "drowned",      "half",
                  "left_share", "crossing_64", "crossing_256", "crossing_1024",
                  "low_share",  "high_share",  "way_done"};
  return record;
}

}  // namespace noiseglass::app
