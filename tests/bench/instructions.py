#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts what a proxied POST costs Keywheel and nginx in user instructions, under callgrind.

  instructions.py BUILD [--seconds S] [--profile FILE]

BUILD holds bin/keywheel. The same load as in compare.py over 8 connections, after a warm-up. Counts do
not depend on what else the machine does. FILE gets Keywheel's profile, for callgrind_annotate and
KCachegrind. Linux; needs valgrind, nginx and wrk. Nothing leaves loopback.
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess

import compare

CONNECTIONS = 8


def callgrind(folder, name):
    return ["valgrind", "--tool=callgrind", "--instr-atstart=no", "--quiet",
            f"--callgrind-out-file={folder}/{name}.profile"]


def control(proxy, option, folder):
    subprocess.run(["callgrind_control", *option, str(proxy.pid)], cwd=folder, check=True,
                   capture_output=True)


def per_request(proxy, folder, seconds, script):
    """Instructions of a request, and the profile they are in."""
    compare.load(proxy, CONNECTIONS, seconds, script)  # opens the connections and fills the caches
    control(proxy, ["--instr=on"], folder)
    count = compare.load(proxy, CONNECTIONS, seconds, script)["requests/s"] * seconds
    control(proxy, ["--instr=off"], folder)
    control(proxy, ["--dump"], folder)
    profile = pathlib.Path(folder, f"{proxy.name}.profile.1")
    return int(re.search(r"(?m)^totals: (\d+)", profile.read_text(encoding="utf-8"))[1]) / count, profile


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--profile", metavar="FILE")
    args = parser.parse_args()
    folder = compare.work_folder()
    script = compare.post_script(folder)
    upstream, port = compare.free_port(), compare.free_port()
    compare.answering(folder, upstream)
    master = compare.nginx(folder, "nginx", compare.PROXY.format(name="a", to=upstream, port=port), proxy=True,
                           under=callgrind(folder, "nginx"), options=["-g", "master_process off;"])
    for each in (upstream, port):
        compare.wait_for(each)
    own, _ = compare.keywheel(os.path.abspath(args.build), folder, upstream, 100, callgrind(folder, "keywheel"))

    reference, _ = per_request(compare.Proxy("nginx", port, master.pid), folder, args.seconds, script)
    cost, profile = per_request(own, folder, args.seconds, script)
    print(f"instructions per request: nginx {reference:,.0f}, keywheel {cost:,.0f}, ratio {cost / reference:.2f}")
    if args.profile:
        shutil.copy(profile, args.profile)


if __name__ == "__main__":
    main()
