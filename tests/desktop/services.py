# SPDX-License-Identifier: GPL-3.0-or-later
"""The parts of a desktop that a program talks to over D-Bus: the host of tray icons, and what shows
notifications. They answer from a thread of their own and remember what they were told.
"""

import threading

from gi.repository import Gio, GLib

from session import wait_for

WATCHER = "org.kde.StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"
NOTIFICATIONS = "org.freedesktop.Notifications"

# Qt reads the properties through introspection.
WATCHER_XML = f"""<node><interface name="{WATCHER}">
<method name="RegisterStatusNotifierItem"><arg type="s" direction="in"/></method>
<method name="RegisterStatusNotifierHost"><arg type="s" direction="in"/></method>
<property name="RegisteredStatusNotifierItems" type="as" access="read"/>
<property name="IsStatusNotifierHostRegistered" type="b" access="read"/>
<property name="ProtocolVersion" type="i" access="read"/>
<signal name="StatusNotifierItemRegistered"><arg type="s"/></signal>
<signal name="StatusNotifierItemUnregistered"><arg type="s"/></signal>
<signal name="StatusNotifierHostRegistered"/>
</interface></node>"""

NOTIFICATIONS_XML = f"""<node><interface name="{NOTIFICATIONS}">
<method name="GetCapabilities"><arg type="as" direction="out"/></method>
<method name="GetServerInformation"><arg type="s" direction="out"/><arg type="s" direction="out"/>
<arg type="s" direction="out"/><arg type="s" direction="out"/></method>
<method name="CloseNotification"><arg type="u" direction="in"/></method>
<method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/>
<arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
<arg type="as" direction="in"/><arg type="a{{sv}}" direction="in"/><arg type="i" direction="in"/>
<arg type="u" direction="out"/></method>
<signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
<signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
</interface></node>"""


def connect():
    """A connection of its own, so that stopping a service is leaving the bus."""
    flags = Gio.DBusConnectionFlags
    return Gio.DBusConnection.new_for_address_sync(
        Gio.dbus_address_get_for_bus_sync(Gio.BusType.SESSION),
        flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)


class Service:
    """Owns a name on the bus and answers calls in a thread."""

    name = path = xml = ""

    def start(self):
        ready = threading.Event()
        self.loop = None

        def serve():
            context = GLib.MainContext()
            context.push_thread_default()
            self.loop = GLib.MainLoop(context)
            self.bus = connect()
            interface = Gio.DBusNodeInfo.new_for_xml(self.xml).interfaces[0]
            self.bus.register_object(self.path, interface, self._call, self._get, None)
            self.bus.call_sync(
                "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                "RequestName", GLib.Variant("(su)", (self.name, 0)), None, 0, -1, None)
            ready.set()
            self.loop.run()
            self.bus.close_sync(None)

        self.thread = threading.Thread(target=serve, daemon=True)
        self.thread.start()
        ready.wait(10)
        return self

    def stop(self):
        self.loop.quit()
        self.thread.join(5)

    def emit(self, signal, kind, *values):
        self.bus.emit_signal(None, self.path, self.name, signal, GLib.Variant(kind, values))

    def _call(self, bus, sender, path, interface, method, parameters, invocation):
        invocation.return_value(self.call(sender, method, parameters.unpack()))

    def _get(self, bus, sender, path, interface, name):
        return self.get(name)

    def get(self, name):
        return None


class TrayHost(Service):
    """Where status icons are shown; items holds the bus name and path of each."""

    name, path, xml = WATCHER, "/StatusNotifierWatcher", WATCHER_XML

    def __init__(self):
        self.items = []

    def call(self, sender, method, parameters):
        if method == "RegisterStatusNotifierItem":
            given = parameters[0]
            owner, path = (sender, given) if given.startswith("/") else (given, "/StatusNotifierItem")
            if (owner, path) not in self.items:
                self.items.append((owner, path))
                self.emit("StatusNotifierItemRegistered", "(s)", owner + path)
                Gio.bus_watch_name_on_connection(
                    self.bus, owner, Gio.BusNameWatcherFlags.NONE, None, self._gone)
        return None

    def _gone(self, bus, owner):
        self.items = [item for item in self.items if item[0] != owner]

    def get(self, name):
        return {
            "RegisteredStatusNotifierItems": GLib.Variant("as", [o + p for o, p in self.items]),
            "IsStatusNotifierHostRegistered": GLib.Variant("b", True),
            "ProtocolVersion": GLib.Variant("i", 0),
        }[name]

    def icon(self):
        """The one icon, as soon as it is there."""
        return TrayIcon(*wait_for("a tray icon", lambda: self.items)[0])


class TrayIcon:
    """A status icon as its host sees it."""

    def __init__(self, owner, path):
        self.bus = connect()
        self.owner, self.path = owner, path

    def _call(self, path, interface, method, kind=None, *values):
        return self.bus.call_sync(
            self.owner, path, interface, method, GLib.Variant(kind, values) if kind else None,
            None, 0, 5000, None).unpack()

    def _get(self, name):
        return self._call(
            self.path, "org.freedesktop.DBus.Properties", "Get", "(ss)", ITEM, name)[0]

    @property
    def tooltip(self):
        icon, pixmaps, title, text = self._get("ToolTip")
        return f"{title}\n{text}".strip()

    def pixels(self):
        """The biggest picture: its width, height and ARGB bytes."""
        return max(self._get("IconPixmap"))

    def activate(self):
        self._call(self.path, ITEM, "Activate", "(ii)", 0, 0)

    def menu(self):
        """{label: (id, enabled)} of what is to be seen, mnemonics taken out."""
        path = self._get("Menu")
        self._call(path, MENU, "AboutToShow", "(i)", 0)
        layout = self._call(path, MENU, "GetLayout", "(iias)", 0, -1, [])[1]
        entries = {}
        for number, properties, _ in layout[2]:
            if properties.get("type") != "separator" and properties.get("visible", True):
                label = properties.get("label", "").replace("__", "\0").replace("_", "")
                entries[label.replace("\0", "_")] = (number, properties.get("enabled", True))
        return entries

    def click(self, label):
        number, enabled = self.menu()[label]
        assert enabled, f"{label} is disabled"
        self._call(self._get("Menu"), MENU, "Event", "(isvu)", number, "clicked",
                   GLib.Variant("s", ""), 0)


class NotificationServer(Service):
    """Shows nothing and keeps it all in `shown`."""

    name, path, xml = NOTIFICATIONS, "/org/freedesktop/Notifications", NOTIFICATIONS_XML

    def __init__(self):
        self.shown = []

    def call(self, sender, method, parameters):
        if method == "GetCapabilities":
            return GLib.Variant("(as)", (["body", "actions"],))
        if method == "GetServerInformation":
            return GLib.Variant("(ssss)", ("test", "test", "1", "1.2"))
        if method == "Notify":
            app, replaces, icon, title, body, actions, hints, timeout = parameters
            number = replaces or len(self.shown) + 1
            self.shown.append({"id": number, "title": title, "body": body, "actions": actions})
            return GLib.Variant("(u)", (number,))
        return None

    def find(self, words, seconds=10):
        return wait_for(f"a notification with {words!r}", lambda: next(
            (note for note in self.shown if words in note["title"] + note["body"]), None), seconds)

    def click(self, note):
        self.emit("ActionInvoked", "(us)", note["id"], "default")
