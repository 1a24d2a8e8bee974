# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the blocks run: a folder, a home and a Keywheel of a page's own, and an API for it."""

import os
import pathlib
import re
import select
import signal
import socket
import subprocess
import threading

SECONDS = 60  # for one block; the sanitizers' builds are slow

# The pages know the second by the first digits of its hash, 87da88.
KEYS = ["sk-test-docs-own-0123456789", "sk-test-docs-laptop-0023557936", "sk-test-docs-team-9876543210"]


def shown(text):
    for key in KEYS:
        text = text.replace(key, "[a key]")
    return text


class Server:
    """keywheel on a port that was free, once it listens."""

    def __init__(self, folder, environment, *options):
        self.folder, self.log = folder, folder / "keywheel.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                ["keywheel", *options, "--port", "0"], cwd=folder, env=environment, text=True,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log)
        self.port = self.read_port()

    def read_port(self):
        watchdog = threading.Timer(SECONDS, self.process.kill)
        watchdog.start()
        try:
            for line in self.process.stdout:
                found = re.search(r"listens on http://127\.0\.0\.1:(\d+)", line)
                if found:
                    return int(found[1])
        finally:
            watchdog.cancel()
        self.close()
        raise RuntimeError("keywheel did not start: " + shown(self.log.read_text()))

    def close(self):
        self.process.terminate()
        try:
            self.process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.communicate()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Gate:
    """Before the demo's Keywheel, which takes any key of a client: it refuses the one by which a check
    sees whether a list of models is open to anybody."""

    REFUSAL = b'{"error": {"message": "Incorrect API key provided", "code": "invalid_api_key"}}'

    def __init__(self, api_port):
        self.api_port = api_port
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            client, _ = self.listener.accept()
            api = socket.create_connection(("127.0.0.1", self.api_port))
            threading.Thread(target=self.pump, args=(client, api, client), daemon=True).start()
            threading.Thread(target=self.pump, args=(api, client, None), daemon=True).start()

    def pump(self, source, target, refused):
        try:
            while data := source.recv(65536):
                if refused and b"sk-keywheel-check-" in data:
                    refused.sendall(b"HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\n"
                                    b"Content-Length: %d\r\n\r\n%s" % (len(self.REFUSAL), self.REFUSAL))
                else:
                    target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass


class Home:
    """One page's. Its Keywheel has a key of its own and, as its API, the Keywheel `api`."""

    def __init__(self, folder, base_environment, api):
        self.folder = folder
        folder.mkdir(mode=0o700)
        self.environment = {
            **base_environment, "HOME": str(folder), "TMPDIR": str(folder), "XDG_RUNTIME_DIR": str(folder)}
        self.write("keys.txt", KEYS[0])
        self.write("FILE", "\n".join(KEYS))
        settings = f"OPENAI_BASE_URL=http://127.0.0.1:{Gate(api.port).port}\nUPSTREAM_PROXY=none\n"
        self.write(".env", settings)
        self.server = Server(folder, self.environment, "--headless")
        self.write(".env", f"{settings}PORT={self.server.port}\n")
        self.ports = {"3000": self.server.port}
        self.groups = []

    def write(self, name, text):
        path = self.folder / name
        path.touch(mode=0o600)
        path.write_text(text)

    def run(self, text):
        """The exit code and what was printed. What it leaves behind goes on until close()."""
        text = re.sub(r"\b3(?:000|9\d\d)\b", lambda found: str(self.port_for(found[0])), text)
        output = self.folder / "output"
        ends, held = os.pipe()
        with output.open("w") as file:
            process = subprocess.Popen(
                ["bash", "-euo", "pipefail", "-c", text], cwd=self.folder, env=self.environment,
                stdin=subprocess.DEVNULL, stdout=file, stderr=file, start_new_session=True, pass_fds=[held])
        os.close(held)
        self.groups.append((process.pid, ends))
        try:
            code = process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            code = f"none after {SECONDS} s"
        return code, output.read_text(errors="replace")

    def port_for(self, number):
        return self.ports.setdefault(number, free_port())

    def close(self):
        for group, ends in self.groups:
            for sign in (signal.SIGTERM, signal.SIGKILL):
                try:
                    os.killpg(group, sign)
                except ProcessLookupError:
                    pass
                # At its end all have ended that had the other end of this pipe.
                if select.select([ends], [], [], SECONDS)[0]:
                    break
            os.close(ends)
        self.server.close()


def base_environment(folder, binary):
    """With `binary` as keywheel, and little else of this environment."""
    commands = folder / "bin"
    commands.mkdir()
    (commands / "keywheel").symlink_to(pathlib.Path(binary).resolve())
    kept = {name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}
    path = f"{commands}:{os.environ['PATH']}:/usr/sbin:/sbin"
    return {**kept, "PATH": path, "LANG": "C.UTF-8", "NO_COLOR": "1"}
