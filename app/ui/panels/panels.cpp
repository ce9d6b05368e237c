// The panels, in the order of their tabs. A new one is its .cpp, which defines NAME_panel(), and one line here.

#include "ui/panels/panel.h"

#define NOISEGLASS_PANELS(PANEL) \
  PANEL(pixel)                   \
  PANEL(noise)                   \
  PANEL(one_step)                \
  PANEL(score)                   \
  PANEL(training)                \
  PANEL(discrete)                \
  PANEL(latents)                 \
  PANEL(guidance)                \
  PANEL(measured)

namespace noiseglass::app {

#define DECLARE(name) PanelRecord name##_panel();
NOISEGLASS_PANELS(DECLARE)
#undef DECLARE

const std::vector<PanelRecord>& panel_records() {
#define ROW(name) name##_panel(),
  static const std::vector<PanelRecord> table = {NOISEGLASS_PANELS(ROW)};
#undef ROW
  return table;
}

const PanelRecord* find_panel(const std::string& id) {
  for (const PanelRecord& record : panel_records())
    if (record.id == id) return &record;
  return nullptr;
}

}  // namespace noiseglass::app
