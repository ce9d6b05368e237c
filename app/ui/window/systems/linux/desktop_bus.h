#pragma once

#include <gio/gio.h>

#include <memory>

namespace noiseglass::app {

constexpr const char* portal_name = "org.freedesktop.portal.Desktop";
constexpr const char* portal_path = "/org/freedesktop/portal/desktop";

/// What GLib makes and somebody has to give back.
struct FreeGLib {
  void operator()(GDBusConnection* it) const { g_object_unref(it); }
  void operator()(GSubprocess* it) const { g_object_unref(it); }
  void operator()(GVariant* it) const { g_variant_unref(it); }
  void operator()(GMainContext* it) const { g_main_context_unref(it); }
  void operator()(char* it) const { g_free(it); }
};
template <class T>
using Owned = std::unique_ptr<T, FreeGLib>;

/// The session bus; null where there is none. It is not to be started for this.
Owned<GDBusConnection> session_bus();

}  // namespace noiseglass::app
