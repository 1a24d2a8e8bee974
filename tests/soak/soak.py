#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs Keywheel under mixed load with faults at every stage, and checks throughout what must hold.

  soak.py BUILD [--seconds N] [--seed N] [--workers N] [--only mixed|slow]

BUILD holds bin/keywheel. Every request gets exactly one answer, its own, or a broken connection, and
the latter only when a fault was asked for; in each pause the counts of active exchanges and leases are
0, and memory and descriptors are where they were. Then normal requests are timed beside slow clients.
Ends with 1 at the first thing that must not happen, and names the seed to run it again with.
"""
import argparse
import asyncio
import atexit
import collections
import json
import os
import pathlib
import random
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

import clients
import slow

ROUND = 15  # seconds of load between pauses
KEYS = 200
SETTINGS = {
    "AUTH_KEY": clients.AUTH, "REQUEST_TIMEOUT": "4000", "RESPONSE_TIMEOUT": "5000", "MAX_RETRIES": "2",
    "MAX_SOCKETS": "1000", "MAX_FREE_SOCKETS": "20", "UPSTREAM_PROXY": "none", "LOG_LEVEL": os.environ.get("LOG_LEVEL", "warning"),
    "KEYS_FILE": "keys.txt", "KEY_STORE": "file",
}
MEMORY_SLACK_KB = 8 * 1024
DESCRIPTOR_SLACK = 25  # idle connections to the upstream come and go


class Program:
    """Keywheel, started in a folder of its own; its output goes to keywheel.log there."""

    def __init__(self, build, folder, upstream):
        pathlib.Path(folder, "keys.txt").write_text("".join(f"sk-test-soak-{i:04}\n" for i in range(KEYS)))
        self.log = pathlib.Path(folder, "keywheel.log")
        env = {"PATH": os.environ["PATH"], "HOME": folder, "OPENAI_BASE_URL": f"http://127.0.0.1:{upstream}", **SETTINGS}
        env.update({name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")})
        with open(self.log, "wb") as log:
            self.process = start([os.path.abspath(f"{build}/bin/keywheel"), "--headless", "--port", "0"],
                                 stdout=log, stderr=log, cwd=folder, env=env)
        self.port = self.wait_for_port()
        maps = pathlib.Path(f"/proc/{self.process.pid}/maps")
        self.sanitized = os.access(maps, os.R_OK) and "san.so" in maps.read_text()

    def wait_for_port(self):
        for _ in range(1000):
            if found := re.search(r"listens on http://[^ ]*:(\d+)", self.log.read_text()):
                return int(found[1])
            if self.process.poll() is not None:
                break
            time.sleep(0.02)
        sys.exit(f"keywheel did not start: {self.log.read_text()}")

    def memory_kb(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1])

    def descriptors(self):
        """-1 when they cannot be seen: a release build shows them to root only."""
        try:
            return len(os.listdir(f"/proc/{self.process.pid}/fd"))
        except PermissionError:
            return -1

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        if self.process.wait(30) != 0:
            raise clients.Violation(f"exit code {self.process.returncode}: {self.log.read_text()[-2000:]}")
        if found := re.search("^.* warning default .*$", self.log.read_text(), re.MULTILINE):
            raise clients.Violation(f"a warning of Qt: {found[0]}")


def start(command, **options):
    process = subprocess.Popen(command, **options)
    atexit.register(lambda: process.poll() is None and process.kill())
    return process


async def stats(port):
    connection = await clients.Connection.open(port)
    await connection.send(f"GET /stats HTTP/1.1\r\nHost: localhost\r\nx-api-key: {clients.AUTH}\r\n\r\n".encode())
    answer = await connection.answer()
    connection.close()
    return json.loads(answer.body)


class Soak:
    def __init__(self, program, upstream, seed, workers):
        self.program, self.upstream = program, upstream
        self.random = random.Random(seed)
        self.outcomes = collections.Counter()
        self.running = asyncio.Event()
        self.workers = [clients.Worker(program.port, i, seed, self.outcomes) for i in range(workers)]
        self.tasks = [asyncio.ensure_future(w.run(self.running)) for w in self.workers]
        self.memory, self.descriptors = [], []

    def raise_failures(self):
        for task in self.tasks:
            if task.done():
                task.result()
        if self.program.process.poll() is not None:
            raise clients.Violation(f"keywheel ended: {self.program.log.read_text()[-4000:]}")

    async def until(self, condition, seconds, what):
        end = time.monotonic() + seconds
        while not await condition():
            self.raise_failures()
            if time.monotonic() > end:
                raise clients.Violation(what())
            await asyncio.sleep(0.1)

    async def round(self, seconds):
        self.running.set()
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            await asyncio.sleep(self.random.uniform(0.5, 2))
            self.raise_failures()
            if self.random.random() < 0.2:
                self.upstream.send_signal(signal.SIGUSR1)
        self.running.clear()
        await self.check_quiet()

    async def check_quiet(self):
        async def idle():
            return not any(w.busy for w in self.workers)

        async def released():
            self.last = await stats(self.program.port)
            return self.last["requests"]["active"] == 0 and all(r["active"] == 0 for r in self.last["keys"]["rows"])

        async def closed():
            few = self.descriptors[0] if self.descriptors else 0
            return not few or self.program.descriptors() <= few + DESCRIPTOR_SLACK

        await self.until(idle, 5 * clients.PATIENCE, self.who_waits)
        await self.until(released, 15, lambda: f"leases or exchanges stay active: {self.last['requests']}")
        await self.until(closed, 15, lambda: f"descriptors grow: {self.descriptors} {self.program.descriptors()}")
        self.descriptors.append(self.program.descriptors())
        self.memory.append(self.program.memory_kb())
        print(f"  {clients.Worker.count} requests; {self.memory[-1] / 1024:.1f} MB, "
              f"{self.descriptors[-1]} descriptors", flush=True)

    def who_waits(self):
        stacks = [str(task.get_stack()) for task, worker in zip(self.tasks, self.workers) if worker.busy]
        return "clients are still waiting: " + "; ".join(stacks)

    def check_memory(self):
        warm = self.memory[min(2, len(self.memory) // 2):]  # the first rounds fill pools and caches
        half = len(warm) // 2
        if self.program.sanitized or not half:
            return
        # One sample says little: it depends on what the allocator has given back just then.
        before, after = statistics.median(warm[:half]), statistics.median(warm[-half:])
        if after > before + MEMORY_SLACK_KB:
            raise clients.Violation(f"memory grows from {before} to {after} kB: {self.memory}")

    async def run(self, seconds):
        begun = time.monotonic()
        try:
            while time.monotonic() < begun + seconds:
                await self.round(min(ROUND, seconds))
        finally:
            await self.end_workers()
        self.check_memory()
        self.print_outcomes()

    async def end_workers(self):
        left = self.tasks
        while left:  # more than once: asyncio.wait_for() loses a cancel now and then
            for task in left:
                task.cancel()
            _, left = await asyncio.wait(left, timeout=1)

    def print_outcomes(self):
        kinds = collections.defaultdict(dict)
        for (kind, outcome), count in self.outcomes.items():
            kinds[kind][outcome] = count
        for kind, found in sorted(kinds.items()):
            print(f"  {kind:24} " + ", ".join(f"{o}: {n}" for o, n in sorted(found.items())))
        for want in ("json", "stream", "large"):
            good = kinds[f"{want} "].get("200", 0)
            if good * 2 < sum(kinds[f"{want} "].values()):
                raise clients.Violation(f"most {want} requests without a fault failed: {kinds[want + ' ']}")


async def mixed(program, upstream, options):
    await Soak(program, upstream, options.seed, options.workers).run(options.seconds)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument("--workers", type=int, default=40)
    parser.add_argument("--only", choices=["mixed", "slow"])
    options = parser.parse_args()
    print(f"Seed {options.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="keywheel-soak-") as folder:
        script = pathlib.Path(__file__).with_name("upstream.py")
        upstream = start([sys.executable, str(script), str(options.seed)], stdout=subprocess.PIPE, text=True)
        program = Program(options.build, folder, int(upstream.stdout.readline()))
        try:
            if options.only != "slow":
                asyncio.run(mixed(program, upstream, options))
            if options.only != "mixed":
                slow.measure(program.port, folder)
            program.stop()
        except clients.Violation as violation:
            log = shutil.copy(program.log, f"{options.build}/soak.log")
            sys.exit(f"Seed {options.seed}: {violation}\nWhat Keywheel said is in {log}")
    print("All held.")


if __name__ == "__main__":
    main()
