#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sends the cases of test_conformance over raw sockets to Keywheel and to nginx as a proxy, both with
their defaults and limits alike, and prints where they differ: each case at once and byte by byte.

  compare.py BUILD

BUILD holds bin/keywheel and tests/print_conformance_cases. Needs nginx. Nothing leaves loopback.
Fails when Keywheel does otherwise than the case says.
"""
import atexit
import base64
import collections
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

Case = collections.namedtuple("Case", "name request status")
# What one proxy made of one case: the first answer's status (0: none), the requests that reached the
# upstream, and how the connection was left: kept, closed, or waiting for more.
Outcome = collections.namedtuple("Outcome", "status seen end")

SENTINEL = b"GET /sentinel HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
SEEN_SENTINEL = b"GET /sentinel "
PATIENCE = 1.0  # s without a byte: the proxy waits for more
MAX_BODY = 1000  # ConformanceMaxBody
NGINX = """daemon off; pid {dir}/nginx.pid; error_log {dir}/nginx.err;
events {{ worker_connections 100; }}
http {{ access_log off; client_max_body_size {body}; large_client_header_buffers 4 16k;
client_body_temp_path {dir}/1; proxy_temp_path {dir}/2; fastcgi_temp_path {dir}/3;
uwsgi_temp_path {dir}/4; scgi_temp_path {dir}/5;
server {{ listen 127.0.0.1:{port}; location / {{ proxy_pass http://127.0.0.1:{to};
proxy_http_version 1.1; proxy_set_header Connection ""; }} }} }}"""


class Upstream:
    """Takes well-framed requests, answers 200 to each and notes `method target body`."""

    def __init__(self):
        self.seen = []
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=100)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            threading.Thread(target=self.serve, args=self.listener.accept()[:1], daemon=True).start()

    def serve(self, connection):
        data = b""
        while True:
            while b"\r\n\r\n" not in data:
                more = connection.recv(65536)
                if not more:
                    return
                data += more
            head, data = data.split(b"\r\n\r\n", 1)
            length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
            length = int(length.group(1)) if length else 0
            while len(data) < length:
                data += connection.recv(65536)
            self.seen.append(head.split(b" HTTP/1.1\r\n")[0] + b" " + data[:length])
            data = data[length:]
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")


def start(command, **options):
    process = subprocess.Popen(command, start_new_session=True, **options)
    atexit.register(lambda: process.poll() is None and os.killpg(process.pid, signal.SIGKILL))
    return process


def start_nginx(folder, upstream):
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    with open(f"{folder}/nginx.conf", "w") as f:
        f.write(NGINX.format(dir=folder, port=port, to=upstream.port, body=MAX_BODY))
    start(["nginx", "-c", f"{folder}/nginx.conf", "-e", f"{folder}/nginx.err"])
    for _ in range(500):
        with socket.socket() as s:
            if s.connect_ex(("127.0.0.1", port)) == 0:
                return port
        time.sleep(0.01)
    sys.exit("nginx does not listen: " + open(f"{folder}/nginx.err").read())


def start_keywheel(build, folder, upstream):
    with open(os.open(f"{folder}/keys.txt", os.O_CREAT | os.O_WRONLY, 0o600), "w") as keys:
        keys.write("sk-test-conformance-a\n")
    env = dict(os.environ, OPENAI_BASE_URL=f"http://127.0.0.1:{upstream.port}", LOG_LEVEL="error",
               KEYS_FILE=f"{folder}/keys.txt", MAX_BODY_SIZE=str(MAX_BODY))
    process = start([f"{build}/bin/keywheel", "--headless", "--port", "0"], env=env, text=True,
                    stdout=subprocess.PIPE, cwd=folder)
    return int(process.stdout.readline().rsplit(":", 1)[1])


def ask(port, upstream, request, slowly):
    upstream.seen = []
    received, end = b"", "closed"
    with socket.create_connection(("127.0.0.1", port)) as s:
        s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        s.settimeout(PATIENCE)
        pieces = [request + SENTINEL] if not slowly else [
            bytes([byte]) for byte in request + SENTINEL]
        try:
            for piece in pieces:
                s.sendall(piece)
        except OSError:
            pass  # refused before all was sent
        try:
            while more := s.recv(65536):
                received += more
        except TimeoutError:
            end = "waits"
        except OSError:
            pass  # closed with bytes unread
    seen = list(upstream.seen)
    if SEEN_SENTINEL in seen:
        seen.remove(SEEN_SENTINEL)
        end = "kept"
    status = re.match(rb"HTTP/1\.[01] (\d{3})", received)
    return Outcome(int(status.group(1)) if status else 0, tuple(seen), end)


def text(outcome):
    if outcome.seen:
        return "forwards " + " + ".join(repr(s)[2:-1] for s in outcome.seen) + (
            "" if outcome.end == "kept" else f", {outcome.end}")
    return f"{outcome.status or 'no answer'}, {outcome.end}"


def judge(own, other):
    if bool(own.seen) != bool(other.seen):
        return "laxer" if own.seen else "stricter"
    if own.seen:
        return "same" if own == other else "other request"
    return "same" if own.status == other.status and own.end == other.end else "other refusal"


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    build = os.path.abspath(sys.argv[1])
    folder = tempfile.mkdtemp(prefix="keywheel-conformance-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    lines = subprocess.run([f"{build}/tests/print_conformance_cases"], check=True, text=True,
                           capture_output=True).stdout.splitlines()
    cases = [Case(c["name"], base64.b64decode(c["request"]), c["status"])
             for c in map(json.loads, lines)]
    upstreams = Upstream(), Upstream()
    ports = start_keywheel(build, folder, upstreams[0]), start_nginx(folder, upstreams[1])

    wrong, found = [], collections.defaultdict(list)
    for case in cases:
        ways = []
        for slowly in (False, True):
            own, other = (ask(p, u, case.request, slowly) for p, u in zip(ports, upstreams))
            ways.append((own, other))
            if own.status != case.status or bool(own.seen) != (case.status == 200):
                wrong.append(f"{case.name}: {text(own)}; the case says {case.status}")
        own, other = ways[0]
        row = f"  {case.name:32} {text(own):34} nginx: {text(other)}"
        for name, whole, slow in zip(("keywheel", "nginx"), *ways):
            if whole != slow:
                row += f"; {name} byte by byte: {text(slow)}"
        found[judge(own, other)].append(row)

    print(f"{len(cases)} cases, each at once and byte by byte; nginx: "
          + subprocess.run(["nginx", "-v"], capture_output=True, text=True).stderr.strip())
    for verdict, title in (("stricter", "Keywheel refuses, nginx forwards"),
                           ("laxer", "Keywheel forwards, nginx refuses"),
                           ("other request", "Both forward, not alike"),
                           ("other refusal", "Both refuse, not alike")):
        print(f"\n{title}: {len(found[verdict])}")
        print("\n".join(found[verdict]))
    print(f"\nThe same: {len(found['same'])}")
    print("\n".join(row for row in found["same"] if "byte by byte" in row))
    if wrong:
        sys.exit("Keywheel does otherwise than the case says:\n  " + "\n  ".join(wrong))


if __name__ == "__main__":
    main()
