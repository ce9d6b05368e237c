// The table of panels, in the order of their tabs. A new one is its .cpp here, its declaration and its row below.

#include "ui/explore/panel.h"

namespace noiseglass::ui {

PanelRecord pixel_panel();
PanelRecord noise_panel();
PanelRecord one_step_panel();
PanelRecord score_panel();
PanelRecord training_panel();
PanelRecord discrete_panel();
PanelRecord latents_panel();
PanelRecord guidance_panel();

const std::vector<PanelRecord>& panel_records() {
  static const std::vector<PanelRecord> table = {
      pixel_panel(),     //
      noise_panel(),     //
      one_step_panel(),  //
      score_panel(),     //
      training_panel(),  //
      discrete_panel(),  //
      latents_panel(),   //
      guidance_panel(),  //
  };
  return table;
}

const PanelRecord* find_panel(const std::string& id) {
  for (const PanelRecord& record : panel_records())
    if (record.id == id) return &record;
  return nullptr;
}

}  // namespace noiseglass::ui
