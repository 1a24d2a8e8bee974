#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the open window costs under load: load.py BINARY [SECONDS]

The same 2,000 requests a second go through Keywheel with its window open and without one, in turn. While
they do, the window is asked ten times a second: how long it takes to answer is how long a click would
wait. Then the window is closed to the tray and all is left at rest. Prints the figures; fails when an
answer takes over 100 ms, throughput is under 90 % of headless, the resident memory over 90 MB or, at
rest, 70 MB, or when threads wake more than twice in 10 s at rest: once for each side of what comes."""

import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

from session import Session, stop, wait_for

KEYS = "".join(f"sk-test-load-{i:04}\n" for i in range(5))
NGINX = """worker_processes 1; daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 2000; }}
http {{ access_log off; keepalive_requests 1000000000;
server {{ listen 127.0.0.1:{port}; location / {{ return 200 "{{}}"; }} }} }}"""


def rss_mb(pid):
    return int(re.search(r"VmRSS:\s+(\d+)", open(f"/proc/{pid}/status").read()).group(1)) / 1024


def wakes(pid):
    """How often its threads have slept and woken since they began."""
    return sum(int(re.search(r"\nvoluntary_ctxt_switches:\s+(\d+)", status.read_text()).group(1))
               for status in pathlib.Path(f"/proc/{pid}/task").glob("*/status"))


PACE = "function delay() return 4 end"  # milliseconds before each request of a connection


def load(port, seconds, folder):
    """Starts wrk at about 2,000 requests a second."""
    script = folder / "pace.lua"
    script.write_text(PACE)
    return subprocess.Popen(
        ["wrk", "-t1", "-c10", f"-d{seconds}s", "-s", script, f"http://127.0.0.1:{port}/v1/models"],
        stdout=subprocess.PIPE, text=True)


def rate(wrk):
    return float(re.search(r"Requests/sec:\s+([\d.]+)", wrk.communicate()[0]).group(1))


def measure(session, binary, upstream, seconds, window):
    import program as programs
    folder = pathlib.Path(tempfile.mkdtemp(dir=session.folder))
    (folder / "keys.txt").write_text(KEYS)
    os.chmod(folder / "keys.txt", 0o600)
    keywheel = programs.Program(
        session, binary, KEY_STORE="file", KEYS_FILE=folder / "keys.txt",
        OPENAI_BASE_URL=f"http://127.0.0.1:{upstream}", LOG_LEVEL="warning")
    keywheel.start(*([] if window else ["--headless", "--env-file", str(keywheel.env_file)]))
    keywheel.wait_until_listening()
    delays = []
    if window:
        import window as windows
        application = windows.application(keywheel.process.pid)
        frame = wait_for("a window", lambda: windows.windows(application))[0]
    wrk = load(keywheel.port, seconds, folder)
    while window and wrk.poll() is None:
        before = time.monotonic()
        frame.clear_cache()
        frame.getState()  # answered by the window's thread
        delays.append((time.monotonic() - before) * 1000)
        time.sleep(0.1)
    result = rate(wrk), rss_mb(keywheel.process.pid), delays
    rest = None
    if window:
        windows.close("Keywheel")
        wait_for("the window to close", lambda: not windows.windows(application))
        rest = at_rest(keywheel.process.pid)
    stop(keywheel.process)
    return *result, rest


def at_rest(pid):
    """Memory and wakes in 10 s, when no figure changes any more and the upstream has closed its
    idle connections, as nginx does after 75 s."""
    time.sleep(80)
    before = wakes(pid)
    time.sleep(10)
    return rss_mb(pid), wakes(pid) - before


def main():
    binary = os.path.abspath(sys.argv[1])
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    session = Session().start()
    import program as programs
    from services import NotificationServer, TrayHost
    services = TrayHost().start(), NotificationServer().start()
    port = programs.free_port()
    config = session.folder / "nginx.conf"
    config.write_text(NGINX.format(folder=session.folder, port=port))
    session.spawn("nginx", "-c", str(config), "-e", str(session.folder / "nginx.log"))
    alone = [measure(session, binary, port, max(seconds // 4, 5), False)[0] for _ in range(2)]
    shown, memory, delays, (rest, woken) = measure(session, binary, port, seconds, True)
    for service in services:
        service.stop()
    session.close()
    delays.sort()
    share = shown / statistics.mean(alone)
    p99, worst = delays[int(len(delays) * 0.99)], delays[-1]
    print(f"requests/s: headless {statistics.mean(alone):.0f}, window {shown:.0f} ({share:.0%})")
    print(f"answer of the window: median {statistics.median(delays):.1f} ms, p99 {p99:.1f} ms, "
          f"worst {worst:.1f} ms of {len(delays)}")
    print(f"resident: {memory:.0f} MB; hidden and at rest {rest:.0f} MB, {woken} wakes in 10 s")
    sys.exit(not (worst <= 100 and share >= 0.9 and memory <= 90 and rest <= 70 and woken <= 2))


if __name__ == "__main__":
    main()
