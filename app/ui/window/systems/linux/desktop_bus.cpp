#include "ui/window/systems/linux/desktop_bus.h"

#include <cstdlib>
#include <filesystem>

namespace noiseglass::app {

Owned<GDBusConnection> session_bus() {
  const char* folder = std::getenv("XDG_RUNTIME_DIR");
  std::error_code error;
  const bool there = folder && std::filesystem::exists(std::filesystem::path(folder) / "bus", error);
  if (!std::getenv("DBUS_SESSION_BUS_ADDRESS") && !there) return {};
  return Owned<GDBusConnection>(g_bus_get_sync(G_BUS_TYPE_SESSION, nullptr, nullptr));
}

}  // namespace noiseglass::app
