#include "session/panels/panels.h"

#include "ui/panels/panel.h"

#include "noiseglass/error.h"

namespace noiseglass::app {

#define DECLARE(name) std::unique_ptr<Panel> make_##name##_panel();
NOISEGLASS_PANELS(DECLARE)
#undef DECLARE

std::unique_ptr<Panel> make_panel(const std::string& id) {
#define MAKE(name) \
  if (id == #name) return make_##name##_panel();
  NOISEGLASS_PANELS(MAKE)
#undef MAKE
  throw UsageError("There is no panel called \"" + id + "\".");
}

}  // namespace noiseglass::app
