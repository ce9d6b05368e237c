#include "ui/window/systems/system.h"

namespace noiseglass::app {

void when_display_is_lost(void (*)()) {}  // windows outlive their displays

}  // namespace noiseglass::app
