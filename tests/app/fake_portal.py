"""A desktop's portal: its file chooser always chooses the file named by the first argument, and says what it was asked. Where
settings follow, as in color-scheme=2, it has those, and the ones that come as lines on standard input later."""

import os
import sys

import dbus
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

NAME, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
CHOOSER = "org.freedesktop.portal.FileChooser"


SETTINGS = "org.freedesktop.portal.Settings"
APPEARANCE, GNOME = "org.freedesktop.appearance", "org.gnome.desktop.interface"
settings = {}
heard = ""


def set_from(text):
    """As in color-scheme=1. @returns what has changed"""
    name, value = text.strip().split("=")
    animations = name == "enable-animations"
    change = (GNOME if animations else APPEARANCE, name, dbus.Boolean(int(value)) if animations else dbus.UInt32(value))
    settings.setdefault(change[0], {})[name] = change[2]
    return change


def hear(source, condition):
    """All lines that have come: one kept in a buffer of ours would wake nobody."""
    global heard
    more = os.read(source, 4096)
    *lines, heard = (heard + more.decode()).split("\n")
    for line in lines:
        portal.SettingChanged(*set_from(line))
    return bool(more)


class Portal(dbus.service.Object):
    def choose(self, method, title, options, sender):
        print(method, title, str(options.get("current_name", "")), flush=True)
        place = f"{PATH}/request/{sender[1:].replace('.', '_')}/{options['handle_token']}"
        request = Request(self.connection, place)
        GLib.timeout_add(100, lambda: request.Response(0, {"uris": dbus.Array([GLib.filename_to_uri(sys.argv[1], None)], "s")}))
        return dbus.ObjectPath(place)

    @dbus.service.method(CHOOSER, "ssa{sv}", "o", sender_keyword="sender")
    def OpenFile(self, parent, title, options, sender=None):
        return self.choose("open", title, options, sender)

    @dbus.service.method(CHOOSER, "ssa{sv}", "o", sender_keyword="sender")
    def SaveFile(self, parent, title, options, sender=None):
        return self.choose("save", title, options, sender)

    @dbus.service.method(SETTINGS, "as", "a{sa{sv}}")
    def ReadAll(self, groups):
        if not settings:
            raise dbus.exceptions.DBusException("No such interface", name="org.freedesktop.DBus.Error.UnknownMethod")
        return {name: dbus.Dictionary(values, "sv") for name, values in settings.items() if name in groups}

    @dbus.service.signal(SETTINGS, "ssv")
    def SettingChanged(self, group, name, value):
        pass

    @dbus.service.method("org.freedesktop.DBus.Properties", "ss", "v")
    def Get(self, interface, name):
        return dbus.UInt32(3)


class Request(dbus.service.Object):
    @dbus.service.signal("org.freedesktop.portal.Request", "ua{sv}")
    def Response(self, response, results):
        pass


dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
bus = dbus.SessionBus()
portal = Portal(bus, PATH)
name = dbus.service.BusName(NAME, bus)
for text in sys.argv[2:]:
    set_from(text)
if settings:
    GLib.io_add_watch(sys.stdin.fileno(), GLib.IO_IN, hear)
print("ready", flush=True)
GLib.MainLoop().run()
