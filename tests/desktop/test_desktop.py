# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person does with the tray and the window, on the real program. Run by run.py."""

import json
import os
import pathlib
import re
import subprocess
import sys
import unittest

from program import Program
from services import NotificationServer, TrayHost
from session import Session, output, stop, wait_for
from upstream import Upstream
import window

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "docs"))
from block import block

BINARY = os.environ["KEYWHEEL_BINARY"]
KEYS = [f"sk-test-desktop-{name}-0123456789" for name in ("alpha", "beta", "gamma")]


class DesktopTest(unittest.TestCase):
    tray_host = True
    settings = {"KEY_STORE": "keychain"}

    def setUp(self):
        self.upstream = Upstream()
        self.tray = TrayHost().start() if self.tray_host else None
        self.notes = NotificationServer().start()
        self.program = Program(Session.shared, BINARY, self.upstream, **self.settings)

    def tearDown(self):
        self.program.command("keys", "clear", "--yes")
        self.program.close()
        for service in (self.notes, self.tray):
            if service:
                service.stop()
        self.upstream.close()

    def start(self, *arguments):
        self.program.start(*arguments)
        self.program.wait_until_listening()
        self.application = window.application(self.program.pid())

    def main_window(self):
        return wait_for("the window", lambda: next(
            (found for found in window.windows(self.application) if found.name == "Keywheel"), None))

    def show_page(self, name):
        window.click(window.find(self.main_window(), "list item", name))

    def press(self, name, root=None):
        window.press(window.find(root or self.main_window(), "push button", name))

    def find_text(self, words, seconds=5):
        return wait_for(f"{words!r} in the window", lambda: next(
            (text for text in window.texts(self.main_window()) if words in text), None), seconds)

    def import_by_program(self, keys):
        """As `keys import` does it, into the running program."""
        subprocess.run([BINARY, "keys", "import", "-"], input="\n".join(keys), text=True, check=True,
                       capture_output=True)

    def import_by_paste(self, keys):
        self.tray.icon().click("Import keys…")
        dialog = self.import_dialog()
        window.write(window.find(dialog, "text", "Keys to import"), "\n".join(keys))
        self.press("Add to list", dialog)
        self.import_the_list(dialog, keys)

    def import_dialog(self):
        return wait_for("the import dialog", lambda: next(
            (found for found in window.windows(self.application) if found.name == "Import keys"), None))

    def import_the_list(self, dialog, keys):
        wait_for("the preview", lambda: any(
            f"{len(keys)} new key" in text for text in window.texts(dialog)))
        self.assertFalse([text for text in window.texts(dialog) if keys[0] in text],
                         "the dialog shows a whole key")
        self.press("Import", dialog)
        wait_for("the keys", lambda: len(self.listed()) == len(keys))
        self.press("Close", dialog)

    def blacklisted(self):
        return json.loads(self.program.command("blacklist", "--json"))["totalBlacklisted"]

    def listed(self):
        return json.loads(self.program.command("keys", "list", "--json"))["keys"]


class TrayTest(DesktopTest):
    def test_icon_and_menu(self):
        self.start("--minimized")
        icon = self.tray.icon()
        width, _, pixels = icon.pixels()
        self.assertGreaterEqual(width, 16)
        self.assertTrue(any(pixels), "the icon is empty")
        wait_for("the state", lambda: "No API keys yet" in icon.menu())
        self.assertEqual(list(icon.menu()), [
            "No API keys yet", "Stop", "Copy base URL", "Import keys…", "Import from clipboard…",
            "Reset blacklist", "Open Keywheel", "Settings", "Quit"])
        self.assertFalse(window.windows(self.application), "a window is open")

    def test_stop_and_start(self):
        self.start("--minimized")
        icon = self.tray.icon()
        icon.click("Stop")
        wait_for("the listener to close", lambda: not self.program.listens())
        wait_for("the entry", lambda: "Start" in icon.menu())
        icon.click("Start")
        self.program.wait_until_listening()

    def test_close_to_the_tray_and_back(self):
        self.start("--minimized")
        icon = self.tray.icon()
        icon.activate()
        self.main_window()
        window.close("Keywheel")
        wait_for("the window to close", lambda: not window.windows(self.application))
        self.notes.find("goes on in the tray")
        self.assertTrue(self.program.listens())
        icon.activate()
        self.main_window()

    def test_each_entry(self):
        self.start("--minimized")
        icon = self.tray.icon()
        icon.click("Settings")
        window.find(self.main_window(), "text", "Search settings")
        window.close("Keywheel")
        wait_for("the window to close", lambda: not window.windows(self.application))
        icon.click("Copy base URL")
        url = f"http://127.0.0.1:{self.program.port}/v1"
        wait_for("the clipboard", lambda: output("xclip", "-o", "-selection", "clipboard") == url)
        icon.click("Open Keywheel")
        self.main_window()
        subprocess.run(["xclip", "-selection", "clipboard"], input="\n".join(KEYS), text=True, check=True,
                       stdout=subprocess.DEVNULL)
        icon.click("Import from clipboard…")
        self.import_the_list(self.import_dialog(), KEYS)
        self.upstream.outcomes[KEYS[0]] = 401, "invalid_api_key", "Incorrect API key provided"
        for _ in KEYS:
            self.assertEqual(self.program.request()[0], 200)
        wait_for("the entry", lambda: icon.menu()["Reset blacklist"][1])
        icon.click("Reset blacklist")
        wait_for("no blacklist", lambda: not self.blacklisted())
        icon.click("Quit")
        self.assertEqual(self.program.process.wait(15), 0)
        self.assertFalse(self.program.listens())


class KeysTest(DesktopTest):
    def test_pasted_keys_are_used_and_last(self):
        self.start("--minimized")
        self.import_by_paste(KEYS)
        for _ in KEYS:
            self.assertEqual(self.program.request()[0], 200)
        self.assertEqual(set(self.upstream.used), set(KEYS))
        self.program.close()
        self.start("--minimized")
        wait_for("the keys of the keychain", lambda: len(self.listed()) == len(KEYS))
        for path in pathlib.Path(os.environ["HOME"]).rglob("*"):
            if path.is_file() and "keyrings" not in path.parts:
                self.assertNotIn(KEYS[0].encode(), path.read_bytes(), path)

    def test_a_removed_key_stays_away_after_quit(self):
        self.start()
        self.import_by_program(KEYS)
        self.show_page("Keys")
        window.click(window.find(self.main_window(), "table cell", "sk-te"))
        window.type_keys("Delete")
        self.find_text("removed.")  # and could be undone
        subprocess.run([BINARY, "--quit"], check=True)
        self.assertEqual(self.program.process.wait(15), 0)
        self.start("--minimized")
        wait_for("the keys of the keychain", lambda: len(self.listed()))
        self.assertEqual(len(self.listed()), len(KEYS) - 1)

    def test_a_key_that_fails_is_shown_with_its_cause(self):
        self.upstream.outcomes[KEYS[0]] = 401, "invalid_api_key", "Incorrect API key provided"
        self.start()
        self.import_by_program(KEYS)
        self.show_page("Blacklist")
        self.find_text("All keys are in use")
        for _ in KEYS:
            self.assertEqual(self.program.request()[0], 200)
        self.find_text("Out of use", 1)
        window.click(window.find(self.main_window(), "table cell", "sk-te"))
        self.find_text("Incorrect API key provided", 1)
        self.show_page("Overview")
        window.find(self.main_window(), "push button", "Copy")
        self.notes.click(self.notes.find("out of use"))
        self.find_text("Incorrect API key provided")


class SettingsTest(DesktopTest):
    def test_both_ways(self):
        self.start()
        self.show_page("Settings")
        window.write(window.find(self.main_window(), "text", "Search settings"), "MAX_RETRIES")
        retries = window.find(self.main_window(), "spin button", "Retries")
        window.click(retries)
        window.type_keys("ctrl+a", "5", "Return")
        wait_for("the file", lambda: self.program.settings().get("MAX_RETRIES") == "5")
        self.program.env_file.write_text(
            self.program.env_file.read_text().replace("MAX_RETRIES=5", "MAX_RETRIES=2"))
        wait_for("the window", lambda: retries.queryValue().currentValue == 2)


class InstanceTest(DesktopTest):
    def test_second_start_raises_the_first(self):
        self.start("--minimized")
        self.assertFalse(window.windows(self.application))
        second = subprocess.run([BINARY], timeout=20, check=False)
        self.assertEqual(second.returncode, 0)
        self.main_window()

    def test_calls_of_the_guide(self):
        calls = block("docs/user-guide.md",
                      "keywheel                # opens the window, or that of the Keywheel that runs")
        start, *others = (["bash", "-c", f"exec {call}"] for call in calls.split("\n"))
        os.environ["PATH"] = f"{pathlib.Path(BINARY).parent}:{os.environ['PATH']}"
        minimized, toggle, stop_, quit_ = (
            lambda call=call: subprocess.run(call, timeout=20, check=True) for call in others)
        self.program.process = Session.shared.spawn(*start)
        self.program.wait_until_listening()
        self.application = window.application(self.program.pid())
        self.main_window()
        minimized()
        toggle()
        wait_for("the window to close", lambda: not window.windows(self.application))
        stop_()
        wait_for("the listener to close", lambda: not self.program.listens())
        quit_()
        self.assertEqual(self.program.process.wait(15), 0)

    def test_show_means_the_window(self):
        (self.program.config / "window.ini").write_text("[General]\nstartMinimised=true\n")
        self.start()
        self.tray.icon()
        self.assertFalse(window.windows(self.application))
        self.program.close()
        self.start("--show")
        self.main_window()


class NoTrayTest(DesktopTest):
    tray_host = False

    def test_never_invisible(self):
        self.start()
        self.main_window()
        self.assertEqual(subprocess.run([BINARY, "--toggle"], timeout=20, check=False).returncode, 0)
        self.assertTrue(self.program.listens())

    def test_close_asks(self):
        self.start()
        self.main_window()
        window.close("Keywheel")
        question = wait_for("the question", lambda: next(
            (found for found in window.windows(self.application) if found.name == "Close Keywheel"), None))
        self.press("Quit", question)
        self.assertEqual(self.program.process.wait(15), 0)


class OldTrayTest(DesktopTest):
    """The tray of plain X11 desktops, where the icon is a window that can be looked at."""

    tray_host = False

    def setUp(self):
        super().setUp()
        self.trayer = Session.shared.spawn("trayer", "--edge", "top", "--height", "32")
        wait_for("the tray", lambda: '"trayer")' in output("xwininfo", "-root", "-tree"))

    def tearDown(self):
        super().tearDown()
        stop(self.trayer)

    def icon(self):
        tree = output("xwininfo", "-root", "-tree").partition('"panel"')[2]
        return re.search(r'(0x[0-9a-f]+) "Keywheel": \("keywheel"', tree)

    def test_icon_is_to_be_seen(self):
        self.start("--minimized")
        icon = wait_for("the icon's window", self.icon).group(1)
        wait_for("a picture of several colours", lambda: int(
            output("import", "-window", icon, "-format", "%k", "info:") or 0) > 8)
        subprocess.run(["xdotool", "mousemove", "--window", icon, "12", "12", "click", "1"], check=True)
        self.main_window()

    def test_never_invisible_when_the_tray_dies(self):
        self.start("--minimized")
        wait_for("the icon's window", self.icon)
        stop(self.trayer)

        def is_minimised():
            found = output("xdotool", "search", "--name", "^Keywheel$").split()
            return any("Iconic" in output("xprop", "-id", each, "WM_STATE") for each in found)

        wait_for("the window in the task bar", is_minimised, 40)


class NoKeychainTest(DesktopTest):
    """A first start on a bus where nobody keeps secrets."""

    settings = {}

    def setUp(self):
        super().setUp()
        stop(Session.shared.keyring)

    def tearDown(self):
        super().tearDown()
        Session.shared.start_keyring()

    def test_offers_a_file_and_the_demo(self):
        self.start()
        self.find_text("Welcome to Keywheel")
        window.find(self.main_window(), "push button", "Try the demo")
        self.press("Keep keys in a file")
        path = self.program.config / "keys.txt"
        self.find_text(f"as plain text in {path}")
        self.import_by_paste(KEYS)
        self.assertEqual(self.program.request()[0], 200)
        self.assertTrue(path.exists())


class AccessibilityTest(DesktopTest):
    def test_every_control_has_a_name(self):
        self.start()
        self.import_by_program(KEYS)
        for page in ("Overview", "Keys", "Blacklist", "Requests", "Connect", "Settings"):
            with self.subTest(page):
                self.show_page(page)
                self.assertEqual(window.nameless(self.main_window()), [])


if __name__ == "__main__":
    unittest.main()
