"""A desktop's file chooser that always chooses the file named by the first argument, and says what it was asked."""

import sys

import dbus
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

NAME, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
CHOOSER = "org.freedesktop.portal.FileChooser"


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
print("ready", flush=True)
GLib.MainLoop().run()
