#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How quickly normal requests are answered while thousands of connections do little.

As a program, `slow.py PORT IDLE STREAMS`, it holds that many idle and streaming connections, says so
in a line, and reads the streams until it is killed: a process of its own, so that the measuring one
has nothing else to do.
"""
import asyncio
import re
import shutil
import socket
import subprocess
import sys
import time

import clients

SECONDS = 15
LIMIT_MS = 50
MODES = {
    "slow headers": ["-H", "-i", "2", "-x", "24"],
    "slow body": ["-B", "-i", "2", "-s", "8192", "-x", "10"],
    "slow read": ["-X", "-w", "1", "-y", "8", "-n", "1", "-z", "4", "-k", "5"],
}


async def hold(port, idle, streams):
    idlers = [await clients.Connection.open(port) for _ in range(idle)]

    async def stream(number):
        connection = await clients.Connection.open(port)
        await connection.send((f"GET /v1/ticks HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {clients.AUTH}\r\n"
                               f"X-Id: tick{number}\r\nX-Want: ticks\r\n\r\n").encode())
        await connection.reader.readuntil(b"data: ")
        return connection

    streamers = await asyncio.gather(*(stream(i) for i in range(streams)))
    print(len(idlers), len(streamers), flush=True)

    async def keep_up(connection):  # idle ones are closed after 75 s
        while await connection.reader.read(65536):
            pass

    await asyncio.gather(*(keep_up(c) for c in streamers))
    sys.exit("the streams ended")


def latencies(port, seconds):
    """Milliseconds of requests one after another, each second one on a new connection."""
    request = clients.message(clients.Request("slow", "json", "", b"{}"))
    found, kept = [], None
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        begun = time.perf_counter()
        fresh = kept is None
        connection = socket.create_connection(("127.0.0.1", port)) if fresh else kept
        connection.sendall(request)
        answer = b""
        while b"\r\n\r\n" not in answer or not answer.endswith(b"}"):
            piece = connection.recv(65536)
            if not piece:
                raise clients.Violation("a normal request got no answer beside slow ones")
            answer += piece
        found.append((time.perf_counter() - begun) * 1e3)
        if not answer.startswith(b"HTTP/1.1 200"):
            raise clients.Violation(f"a normal request got {answer[:40]!r} beside slow ones")
        if fresh:
            kept = connection
        else:
            kept.close()
            kept = None
        time.sleep(0.005)
    return sorted(found)


def report(name, found):
    p50, p99 = found[len(found) // 2], found[int(len(found) * 0.99)]
    print(f"  {name:34} p50 {p50:6.2f} ms   p99 {p99:6.2f} ms   max {found[-1]:7.2f} ms   ({len(found)})", flush=True)
    if p99 > LIMIT_MS:
        raise clients.Violation(f"{name}: p99 is {p99:.1f} ms, more than {LIMIT_MS} ms")


def measure(port, folder, idle=2000, streams=500):
    """Prints a line for each mode of slowhttptest."""
    print(f"Normal requests beside {idle} idle and {streams} streaming connections:")
    report("nothing else", latencies(port, 5))
    holder = subprocess.Popen([sys.executable, __file__, str(port), str(idle), str(streams)],
                              stdout=subprocess.PIPE, text=True)
    try:
        if holder.stdout.readline().split() != [str(idle), str(streams)]:
            raise clients.Violation("the idle and streaming connections were not taken")
        report("idle and streaming", latencies(port, 5))
        if not shutil.which("slowhttptest"):
            sys.exit("slowhttptest is missing: packaging/install-deps.sh soak")
        for name, options in MODES.items():
            beside_slowhttptest(port, folder, name, options)
        if holder.poll() is not None:
            raise clients.Violation("the streaming connections ended")
    finally:
        holder.kill()
        holder.wait()


def beside_slowhttptest(port, folder, name, options):
    command = ["slowhttptest", *options, "-c", "1000", "-r", "500", "-l", str(SECONDS + 3), "-p", "3", "-v", "1",
               "-j", "soak=1", "-u", f"http://127.0.0.1:{port}/v1/large"]
    with open(f"{folder}/slowhttptest.log", "w+", encoding="utf-8") as log:
        attack = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, cwd=folder)
        try:
            report(f"… and slowhttptest, {name}", latencies(port, SECONDS))
        finally:
            attack.terminate()
            attack.wait()
        log.seek(0)
        found = re.findall(r"service available: *\S*?(YES|NO)", log.read())
        if "NO" in found:
            raise clients.Violation(f"slowhttptest, {name}: found the service unavailable")


if __name__ == "__main__":
    asyncio.run(hold(*map(int, sys.argv[1:4])))
