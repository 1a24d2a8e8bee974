# SPDX-License-Identifier: GPL-3.0-or-later
"""The installed-like program in a profile of its own."""

import json
import os
import pathlib
import shutil
import socket
import urllib.error
import urllib.request

from session import output, stop, wait_for

FLATPAK = "io.github.keywheel.keywheel"


def flatpak_starter(folder):
    """A program of `folder` that starts the Flatpak; to be made before the session has a home of its own."""
    installed = os.environ.get("FLATPAK_USER_DIR", pathlib.Path.home() / ".local/share/flatpak")
    starter = folder / "keywheel"
    starter.write_text(f'#!/bin/sh\nFLATPAK_USER_DIR={installed} exec flatpak run --user {FLATPAK} "$@"\n')
    starter.chmod(0o700)
    return str(starter)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Program:
    """keywheel with its window. `settings` go into the .env file of its configuration folder."""

    def __init__(self, session, binary, upstream=None, **settings):
        self.session, self.binary = session, binary
        self.flatpak = os.environ.get("KEYWHEEL_FLATPAK")
        if self.flatpak:
            own = pathlib.Path(os.environ["HOME"], ".var/app", self.flatpak)
            folders = [own]
            self.config = own / "config/keywheel"
        else:
            folders = [pathlib.Path(os.environ[name], "keywheel") for name in (
                "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME")]
            self.config = folders[0]
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)
        self.config.mkdir(parents=True)
        self.env_file = self.config / ".env"
        self.port = free_port()
        settings = {"PORT": self.port, "UPSTREAM_PROXY": "none", **settings}
        if upstream:
            settings["OPENAI_BASE_URL"] = upstream.url
        self.env_file.write_text("".join(f"{name}={value}\n" for name, value in settings.items()))
        self.process = None

    def start(self, *arguments):
        self.process = self.session.spawn(self.binary, *arguments)
        return self

    def close(self):
        if self.flatpak:
            self.command("--quit")  # a signal would end only the sandbox's guard
        if self.process:
            stop(self.process)

    def pid(self):
        """None where the program is not the process that was started."""
        return None if self.flatpak else self.process.pid

    def command(self, *arguments):
        """What a command such as `keys list` prints."""
        return output(self.binary, *arguments)

    def listens(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def wait_until_listening(self):
        wait_for("the listener", self.listens)

    def request(self, path="/v1/chat/completions", body=None):
        """The status and the JSON of the answer."""
        data = json.dumps(body or {"model": "test-model", "messages": []}).encode()
        call = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", data, {"content-type": "application/json"})
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(call, timeout=10) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    def settings(self):
        lines = self.env_file.read_text().splitlines()
        return dict(line.split("=", 1) for line in lines if "=" in line)
