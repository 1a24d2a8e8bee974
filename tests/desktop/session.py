# SPDX-License-Identifier: GPL-3.0-or-later
"""A private desktop without a screen: D-Bus, Secret Service, X server, window manager.

start() sets the environment of this process, so what needs a session bus or a display is to be
imported after it. Everything lives in one scratch folder and is gone at the end.
"""

import atexit
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

PASSWORD = b"test"

BUS_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <servicedir>{services}</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""

# What a person's session would leak into the test.
FOREIGN = (
    "WAYLAND_DISPLAY XAUTHORITY SESSION_MANAGER GNOME_KEYRING_CONTROL SSH_AUTH_SOCK DESKTOP_SESSION "
    "XDG_CURRENT_DESKTOP XDG_SESSION_DESKTOP KDE_FULL_SESSION GNOME_DESKTOP_SESSION_ID "
    "QT_QPA_PLATFORM QT_QPA_PLATFORMTHEME QT_STYLE_OVERRIDE QT_SCALE_FACTOR LANGUAGE"
).split()


def wait_for(what, condition, seconds=10):
    """Looks again and again until condition() is true, and returns what it gave."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f"{what}: not within {seconds} s")


class Session:
    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="keywheel-desktop."))
        self.processes = []
        atexit.register(self.close)

    def start(self):
        for name in FOREIGN:
            os.environ.pop(name, None)
        self._make_home()
        self._start_bus()
        self._start_display()
        self.start_keyring()
        return self

    def close(self):
        for process in reversed(self.processes):
            stop(process)
        self.processes.clear()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _make_home(self):
        run = self.folder / "run"
        run.mkdir(mode=0o700)
        home = self.folder / "home"
        for name, place in (
            ("HOME", ""),
            ("XDG_CONFIG_HOME", ".config"),
            ("XDG_DATA_HOME", ".local/share"),
            ("XDG_STATE_HOME", ".local/state"),
            ("XDG_CACHE_HOME", ".cache"),
        ):
            path = home / place
            path.mkdir(parents=True, exist_ok=True)
            os.environ[name] = str(path)
        os.environ["XDG_RUNTIME_DIR"] = str(run)
        os.environ["QT_LINUX_ACCESSIBILITY_ALWAYS_ON"] = "1"
        os.environ["LANG"] = "C.UTF-8"

    def _start_bus(self):
        services = self.folder / "services"
        services.mkdir()
        (services / "org.a11y.Bus.service").symlink_to(
            "/usr/share/dbus-1/services/org.a11y.Bus.service"
        )
        socket = self.folder / "run" / "bus"
        config = self.folder / "bus.conf"
        config.write_text(BUS_CONFIG.format(socket=socket, services=services))
        self.spawn("dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile")
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={socket}"
        wait_for("the session bus", socket.exists)

    def _start_display(self):
        reading, writing = os.pipe()
        self.spawn(
            "Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1000x24", "-nolisten", "tcp",
            pass_fds=[writing],
        )
        os.close(writing)
        with os.fdopen(reading) as display:
            os.environ["DISPLAY"] = ":" + display.readline().strip()
        self.spawn("openbox", "--sm-disable")
        wait_for(
            "the window manager",
            lambda: "0x" in output("xprop", "-root", "_NET_SUPPORTING_WM_CHECK"),
        )

    def start_keyring(self):
        self.keyring = self.spawn(
            "gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets",
            stdin=subprocess.PIPE,
        )
        self.keyring.stdin.write(PASSWORD)  # a line end would be part of it
        self.keyring.stdin.close()
        wait_for("an unlocked keyring", lambda: "false" in output(
            "gdbus", "call", "--session", "-d", "org.freedesktop.secrets",
            "-o", "/org/freedesktop/secrets/aliases/default",
            "-m", "org.freedesktop.DBus.Properties.Get",
            "org.freedesktop.Secret.Collection", "Locked"))

    def spawn(self, *command, **options):
        """Starts a program whose output goes to NAME.log of the session's folder."""
        log = open(self.folder / f"{pathlib.Path(command[0]).name}.log", "ab")
        options.setdefault("stdin", subprocess.DEVNULL)
        process = subprocess.Popen(command, stdout=log, stderr=log, **options)
        log.close()
        self.processes.append(process)
        return process


def stop(process, how=signal.SIGTERM):
    """Ends it and returns its exit code."""
    if process.poll() is None:
        process.send_signal(how)
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
    return process.wait()


def output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout
