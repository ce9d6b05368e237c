#include "ui/window/system_look.h"

#include "ui/window/systems/system.h"

#include <stop_token>

namespace noiseglass::app {

void SystemLook::begin(const std::function<void()>& wake) {
  if (begun_) return;
  begun_ = true;
  listening_.begin(said_.steps(1, wake, [](std::stop_token stop, const auto& show) { listen_to_look(stop, show); }));
}

Appearance SystemLook::said() const {
  const auto said = said_.value();
  return said ? *said : Appearance();
}

}  // namespace noiseglass::app
