#pragma once

#include "ui/panels/panel.h"

#include <map>
#include <memory>
#include <string>

namespace noiseglass::app {

/// The panel whose tab is open. Panels stay once they were looked at, with what they have computed.
class OpenPanel {
 public:
  void draw(Ui& ui, const Rect& rect);
  const Panel* find(const std::string& id) const;  ///< null if it was not looked at yet

 private:
  void draw_broken(Ui& ui, const Rect& rect, const std::string& id, const std::string& problem);

  std::map<std::string, std::unique_ptr<Panel>> opened_;  // by id
};

}  // namespace noiseglass::app
