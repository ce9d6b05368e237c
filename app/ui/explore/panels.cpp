// The table of panels. A new one is its .cpp here, its declaration and its row below.

#include "ui/explore/panel.h"

namespace noiseglass::ui {

const std::vector<PanelRecord>& panel_records() {
  static const std::vector<PanelRecord> table = {};
  return table;
}

const PanelRecord* find_panel(const std::string& id) {
  for (const PanelRecord& record : panel_records())
    if (record.id == id) return &record;
  return nullptr;
}

}  // namespace noiseglass::ui
