# SPDX-License-Identifier: GPL-3.0-or-later
"""The program's windows as a screen reader sees and works them."""

import subprocess

import pyatspi

from session import wait_for

# What a person can work with.
INTERACTIVE = {
    "push button", "toggle button", "check box", "radio button", "combo box", "text", "spin button",
    "list", "list item", "table", "tree", "menu item", "page tab", "slider", "link",
}


def application(pid, seconds=10):
    """That of this process, or with None any Keywheel's: one that has just ended may still be listed."""

    def look():
        for found in pyatspi.Registry.getDesktop(0):
            if found is not None and (
                    found.get_process_id() == pid if pid else found.name.lower() == "keywheel"):
                return found
        return None

    return wait_for("the program in the accessibility tree", look, seconds)


def is_showing(node):
    return node.getState().contains(pyatspi.STATE_SHOWING)


def walk(node):
    yield node
    for child in node:
        if child is not None:
            yield from walk(child)


def find(root, role, name, seconds=5):
    """The visible element of that role whose name begins so."""

    def look():
        root.clear_cache()  # it may have been seen while it was being made
        for node in walk(root):
            try:
                if node.getRoleName() == role and node.name.startswith(name) and is_showing(node):
                    return node
            except Exception:  # it went away meanwhile
                continue
        return None

    return wait_for(f"{role} {name!r}", look, seconds)


def windows(root):
    return [node for node in root if node is not None and is_showing(node)]


def press(node):
    actions = node.queryAction()
    names = [actions.getName(i) for i in range(actions.nActions)]
    for wanted in ("Press", "Toggle", "click"):
        if wanted in names:
            actions.doAction(names.index(wanted))
            return
    actions.doAction(0)


def click(node):
    """With the mouse, for what offers no action."""
    place = node.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
    subprocess.run(
        ["xdotool", "mousemove", str(place.x + place.width // 2), str(place.y + place.height // 2),
         "click", "1"], check=True)


def type_keys(*keys):
    """Into what has the keyboard."""
    subprocess.run(["xdotool", "key", *keys], check=True)


def close(title):
    """As the window's own close button does it. Not by a key: that may close the next window, too."""
    subprocess.run(["wmctrl", "-F", "-c", title], check=True)


def write(node, text):
    editable = node.queryEditableText()
    editable.setTextContents(text)


def texts(root):
    """All that is to be read."""
    found = []
    for node in walk(root):
        if not is_showing(node):
            continue
        found.append(node.name)
        try:
            found.append(node.queryText().getText(0, -1))
        except NotImplementedError:
            pass
    return [text for text in found if text]


def nameless(root):
    """Interactive elements without a name."""
    return [
        f"{node.getRoleName()} in {node.parent.getRoleName()} {node.parent.name!r}"
        for node in walk(root)
        if node.getRoleName() in INTERACTIVE and is_showing(node) and not node.name.strip()
    ]
