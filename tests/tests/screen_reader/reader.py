"""A screen reader's view of one program: its tree as AT-SPI tells it, through the library
that Orca uses. A line of JSON in, a line of JSON out.

    {"tree": PID}                          everything the program tells of
    {"press": [PID, PATH, NAME]}           does what an element does by default, if it is
                                           still there
"""

import json
import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

STATES = {
    "focusable": Atspi.StateType.FOCUSABLE,
    "focused": Atspi.StateType.FOCUSED,
    "showing": Atspi.StateType.SHOWING,
    "checked": Atspi.StateType.CHECKED,
}


def say_that_somebody_listens():
    """As Orca does when it starts; programs tell nothing before."""
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    for name in ("IsEnabled", "ScreenReaderEnabled"):
        bus.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.freedesktop.DBus.Properties", "Set",
                      GLib.Variant("(ssv)", ("org.a11y.Status", name, GLib.Variant("b", True))),
                      None, Gio.DBusCallFlags.NONE, 10_000)


def program(pid):
    desktop = Atspi.get_desktop(0)
    for at in range(desktop.get_child_count()):
        child = desktop.get_child_at_index(at)
        if child is not None and child.get_process_id() == pid:
            return child
    return None


def describe(node, path):
    states, actions = node.get_state_set(), node.get_action_iface()
    return {
        "path": path,
        "role": node.get_role_name(),
        "name": node.get_name(),
        "description": node.get_description(),
        "states": [name for name, state in STATES.items() if states.contains(state)],
        "actions": [Atspi.Action.get_action_name(actions, at)
                    for at in range(Atspi.Action.get_n_actions(actions))] if actions else [],
    }


def walk(node, path, found):
    found.append(describe(node, path))
    for at in range(node.get_child_count()):
        child = node.get_child_at_index(at)
        if child is not None:
            walk(child, [*path, at], found)


def answer(question):
    if "tree" in question:
        found, root = [], program(question["tree"])
        if root is not None:
            walk(root, [], found)
        return found
    pid, path, name = question["press"]
    node = program(pid)
    for at in path:
        node = node and node.get_child_at_index(at)
    if not node or node.get_name() != name:
        return "something else is there"
    return Atspi.Action.do_action(node.get_action_iface(), 0)


def main():
    say_that_somebody_listens()
    Atspi.init()
    Atspi.Accessible.set_cache_mask(Atspi.get_desktop(0), Atspi.Cache.NONE)
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        try:
            told = answer(json.loads(line))
        except GLib.Error as error:
            # What is walked through changes meanwhile.
            told = {"changed": error.message}
        print(json.dumps(told), flush=True)


main()
