#include "session/panel_record.h"

namespace noiseglass::app {

PanelRecord heart_panel() {
  PanelRecord record;
  record.id = "heart";
  record.label = "Learned or by heart?";
  record.group = "Networks";
  record.summary =
      "Two networks that share no training face get the same noise. Trained on few faces, each returns one of its own; "
      "trained on many, both draw the same new face.";
  record.settings = {Setting::choice("count", "Faces in each set",
                                     "How many faces each of the two networks was trained on.",
                                     {"10", "100", "1,000", "10,000"}, 3)};
  record.uses_time = false;
  record.facts = {"faces", "done", "alike", "apart", "own_a", "own_b", "unseen", "verdict"};
  return record;
}

}  // namespace noiseglass::app
