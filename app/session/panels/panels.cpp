#include "session/panels/panels.h"

#include "session/panel_record.h"

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
