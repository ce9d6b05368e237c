#include "ui/window/systems/linux/desktop_bus.h"
#include "ui/window/systems/system.h"

#include <gio/gio.h>

#include <stop_token>

namespace noiseglass::app {
namespace {

constexpr const char* settings = "org.freedesktop.portal.Settings";
constexpr const char* appearance = "org.freedesktop.appearance";
constexpr const char* gnome = "org.gnome.desktop.interface";

Owned<GVariant> group(GVariant* all, const char* name) {
  return Owned<GVariant>(g_variant_lookup_value(all, name, G_VARIANT_TYPE_VARDICT));
}

/// Numbers as the portal's documentation has them.
Appearance read(GVariant* all) {
  Appearance out;
  if (const auto said = group(all, appearance)) {
    guint32 scheme = 0, contrast = 0, reduced = 0;
    g_variant_lookup(said.get(), "color-scheme", "u", &scheme);
    g_variant_lookup(said.get(), "contrast", "u", &contrast);
    g_variant_lookup(said.get(), "reduced-motion", "u", &reduced);
    if (scheme == 1) out.look = Look::dark;
    if (scheme == 2) out.look = Look::light;
    if (contrast == 1) out.look = Look::high_contrast;
    out.transitions = reduced != 1;
  }
  if (const auto said = group(all, gnome)) {
    gboolean animations = TRUE;
    g_variant_lookup(said.get(), "enable-animations", "b", &animations);
    out.transitions &= animations != FALSE;
  }
  return out;
}

std::optional<Appearance> ask(GDBusConnection* bus) {
  const char* groups[] = {appearance, gnome, nullptr};
  const Owned<GVariant> reply(g_dbus_connection_call_sync(bus, portal_name, portal_path, settings, "ReadAll",
                                                          g_variant_new("(^as)", groups), G_VARIANT_TYPE("(a{sa{sv}})"),
                                                          G_DBUS_CALL_FLAGS_NONE, 2000, nullptr, nullptr));
  if (!reply) return std::nullopt;
  const Owned<GVariant> all(g_variant_get_child_value(reply.get(), 0));
  return read(all.get());
}

void note_change(GDBusConnection*, const char*, const char*, const char*, const char*, GVariant*, gpointer changed) {
  *static_cast<bool*>(changed) = true;
}

}  // namespace

/// Through xdg-desktop-portal: sleeps until the desktop says something, and asks what it is.
void listen_to_look(const std::stop_token& stop, const std::function<void(const Appearance&)>& show) {
  const Owned<GMainContext> context(g_main_context_new());
  g_main_context_push_thread_default(context.get());
  if (const auto bus = session_bus()) {
    bool changed = true;
    const guint subscribed =
        g_dbus_connection_signal_subscribe(bus.get(), portal_name, settings, "SettingChanged", portal_path, nullptr,
                                           G_DBUS_SIGNAL_FLAGS_NONE, note_change, &changed, nullptr);
    const std::stop_callback wakes(stop, [&] { g_main_context_wakeup(context.get()); });
    while (!stop.stop_requested()) {
      if (changed) {
        changed = false;
        const auto said = ask(bus.get());
        if (!said) break;  // there is no portal, or it has no such settings
        show(*said);
      }
      g_main_context_iteration(context.get(), TRUE);
    }
    g_dbus_connection_signal_unsubscribe(bus.get(), subscribed);
  }
  g_main_context_pop_thread_default(context.get());
}

}  // namespace noiseglass::app
