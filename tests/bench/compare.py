#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures Keywheel beside nginx as a plain proxy, on this machine, in alternating rounds.

  compare.py BUILD [--rounds N] [--seconds S] [--json FILE] [--peer NAME=URL:PID …]

BUILD holds bin/keywheel and tests/streamload. Every figure is also given as a ratio to nginx's of the
same round; quote the ratios. Proxies run on the first core, all else on the others. A peer is another
proxy that is already running, in front of the upstream port that is printed at the start. Linux; needs
nginx and wrk. Nothing leaves loopback.
"""
import argparse
import atexit
import collections
import json
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

Proxy = collections.namedtuple("Proxy", "name port pid")

BODY = ('{"model":"m","messages":[{"role":"user","content":"%s"}]}' % ("x" * 1000))[:898] + '"}'
ANSWER = '{"id":"chatcmpl-1","object":"chat.completion","choices":[{"index":0,"message":{"role":' \
         '"assistant","content":"%s"},"finish_reason":"stop"}]}' % ("word " * 84)
NGINX = """worker_processes 1; daemon off; pid {dir}/{name}.pid; error_log {dir}/{name}.err;
worker_rlimit_nofile 20000; events {{ worker_connections 19900; }}
http {{ access_log off; keepalive_requests 1000000000;
client_body_temp_path {dir}/{name}1; proxy_temp_path {dir}/{name}2; fastcgi_temp_path {dir}/{name}3;
uwsgi_temp_path {dir}/{name}4; scgi_temp_path {dir}/{name}5;
{servers} }}"""
PROXY = """upstream {name} {{ server 127.0.0.1:{to}; keepalive 100; keepalive_requests 1000000000; }}
server {{ listen 127.0.0.1:{port}; location / {{ proxy_pass http://{name}; proxy_http_version 1.1;
proxy_buffering off; proxy_set_header Connection ""; proxy_set_header Authorization "Bearer sk-test-1"; }} }}"""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def pinned(command, proxy):
    """On the first core when it is a proxy, else on the others."""
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < 2:
        return command
    return ["taskset", "-c", ",".join(map(str, cores[:1] if proxy else cores[1:]))] + command


def start(command, **options):
    process = subprocess.Popen(command, start_new_session=True, **options)
    atexit.register(lambda: process.poll() is None and os.killpg(process.pid, signal.SIGKILL))
    return process


def wait_for(port):
    for _ in range(500):
        with socket.socket() as s:
            if s.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.01)
    sys.exit(f"nothing listens on port {port}")


def nginx(folder, name, servers, proxy=False, under=(), options=()):
    """under: a command that runs it."""
    config = f"{folder}/{name}.conf"
    with open(config, "w") as f:
        f.write(NGINX.format(dir=folder, name=name, servers=servers))
    return start(pinned([*under, "nginx", "-c", config, "-e", f"{folder}/{name}.err", *options], proxy))


def answering(folder, port):
    """The upstream that answers at once."""
    nginx(folder, "upstream", f"server {{ listen 127.0.0.1:{port}; location / {{ "
          f"default_type application/json; return 200 '{ANSWER}'; }} }}")


def worker(master):
    """The process that does nginx's work."""
    for _ in range(100):
        children = open(f"/proc/{master.pid}/task/{master.pid}/children").read().split()
        if children:
            return int(children[0])
        time.sleep(0.02)
    sys.exit("nginx has no worker")


def cpu_us(pid):
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * 1e6 / os.sysconf("SC_CLK_TCK")


def rss_kb(pid):
    return int(re.search(r"VmRSS:\s+(\d+)", open(f"/proc/{pid}/status").read()).group(1))


def load(proxy, connections, seconds, script):
    """Proxied POSTs by wrk, which answer at once."""
    before = cpu_us(proxy.pid)
    out = subprocess.run(pinned(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s",
                                 script, f"http://127.0.0.1:{proxy.port}/v1/chat/completions"], False),
                         capture_output=True, text=True, check=True).stdout
    used = cpu_us(proxy.pid) - before
    if "Non-2xx" in out or "Socket errors" in out:
        sys.exit(f"{proxy.name}: {out}")
    count = int(re.search(r"(\d+) requests in", out).group(1))

    def latency(share):
        value, unit = re.search(share + r"%\s+([\d.]+)(us|ms|s)\b", out).groups()
        return float(value) * {"us": 1, "ms": 1e3, "s": 1e6}[unit]
    return {"CPU µs/request": used / count, "requests/s": count / seconds, "p50 µs": latency("50"),
            "p99 µs": latency("99")}


def streams(proxy, streamload, count, chunks, interval):
    """Event streams, all at once."""
    before, memory = cpu_us(proxy.pid), rss_kb(proxy.pid)
    out = json.loads(subprocess.run(
        pinned([streamload, "client", str(proxy.port), str(count), str(chunks), str(interval)], False),
        capture_output=True, text=True).stdout)
    if out["complete"] != count:
        sys.exit(f"{proxy.name}: only {out['complete']} of {count} streams ended well")
    return {"CPU µs/chunk": (cpu_us(proxy.pid) - before) / out["chunks"],
            "median delay ms": out["median_ms"], "worst delay ms": out["max_ms"],
            "RSS kB/stream": max(0, rss_kb(proxy.pid) - memory) / count,
            "RSS MB after": rss_kb(proxy.pid) / 1024}


def work_folder():
    """Holds two keys; goes at the end."""
    folder = tempfile.mkdtemp(prefix="keywheel-bench-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with open(os.open(f"{folder}/keys.txt", os.O_CREAT | os.O_WRONLY, 0o600), "w") as keys:
        keys.write("sk-test-bench-aaaaaaaa\nsk-test-bench-bbbbbbbb\n")
    return folder


def post_script(folder):
    """What wrk sends."""
    script = f"{folder}/post.lua"
    with open(script, "w") as f:
        f.write(f"wrk.method='POST' wrk.headers['Content-Type']='application/json' "
                f"wrk.headers['Authorization']='Bearer sk-test-client' wrk.body='{BODY}'")
    return script


def keywheel(build, folder, upstream, sockets, under=()):
    env = dict(os.environ, OPENAI_BASE_URL=f"http://127.0.0.1:{upstream}", MAX_SOCKETS=str(sockets),
               MAX_FREE_SOCKETS="100", LOG_LEVEL="warning", KEYS_FILE=f"{folder}/keys.txt")
    begun = time.monotonic()
    process = start(pinned([*under, f"{build}/bin/keywheel", "--headless", "--port", "0"], True), env=env,
                    text=True, stdout=subprocess.PIPE, cwd=folder)
    port = int(process.stdout.readline().rsplit(":", 1)[1])
    return Proxy("keywheel", port, process.pid), (time.monotonic() - begun) * 1e3


def summary(figures):
    return {"min": min(figures), "median": statistics.median(figures), "max": max(figures)}


def table(title, rounds, names):
    """rounds: one dict a round, name → figures. Prints medians, and ratios to nginx pair by pair."""
    print(f"\n{title}\n  {'':22}" + "".join(f"{n:>12}" for n in names) + "   ratio to nginx (min median max)")
    result = {}
    for figure in rounds[0][names[0]]:
        row = {n: summary([r[n][figure] for r in rounds]) for n in names}
        line = f"  {figure:22}" + "".join(f"{row[n]['median']:12.1f}" for n in names)
        for n in names[1:]:
            ratios = [r[n][figure] / r["nginx"][figure] for r in rounds if r["nginx"][figure]]
            if ratios:
                row[n]["ratio"] = summary(ratios)
                line += f"   {n} " + " ".join(f"{v:.2f}" for v in row[n]["ratio"].values())
        print(line)
        result[figure] = row
    return result


def alternate(rounds, proxies, measure):
    done = []
    for i in range(rounds):
        order = proxies if i % 2 == 0 else proxies[::-1]
        done.append({p.name: measure(p) for p in order})
    return done


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--json")
    parser.add_argument("--peer", action="append", default=[], metavar="NAME=URL:PID")
    args = parser.parse_args()
    build = os.path.abspath(args.build)
    folder = work_folder()
    script = post_script(folder)

    answers, load_port, stream_port = free_port(), free_port(), free_port()
    answering(folder, answers)
    streamload = f"{build}/tests/streamload"
    paced = int(start(pinned([streamload, "upstream"], False), stdout=subprocess.PIPE,
                      text=True).stdout.readline())
    print(f"upstreams: answers on port {answers}, streams on port {paced}")
    master = nginx(folder, "proxy", PROXY.format(name="a", to=answers, port=load_port)
                   + PROXY.format(name="b", to=paced, port=stream_port), proxy=True)
    for port in (answers, load_port, stream_port):
        wait_for(port)
    own, startup = keywheel(build, folder, answers, 100)
    own_streams, _ = keywheel(build, folder, paced, 19000)
    time.sleep(2)  # a second after its start it gives back what only the start needed
    idle = rss_kb(own.pid)
    peers = [Proxy(p.split("=")[0], *map(int, p.rstrip("/").split(":")[-2:])) for p in args.peer]
    proxies = [Proxy("nginx", load_port, worker(master)), own, *peers]
    stream_proxies = [Proxy("nginx", stream_port, worker(master)), own_streams]
    names = [p.name for p in proxies]

    result = {"start-up ms": startup, "idle RSS kB": idle}
    direct = Proxy("direct", answers, os.getpid())
    for connections in (1, 8, 64):
        def measure(proxy):
            figures = load(proxy, connections, args.seconds, script)
            if connections == 1:
                straight = load(direct, 1, args.seconds, script)
                figures["added p50 µs"] = figures["p50 µs"] - straight["p50 µs"]
            return figures
        title = f"POST, 900 bytes, {connections} connections"
        result[title] = table(title, alternate(args.rounds, proxies, measure), names)
    for count, chunks, interval, rounds in ((300, 50, 20, args.rounds), (9000, 5, 2000, 1)):
        title = f"{count} streams of {chunks} events, {interval} ms apart"
        result[title] = table(title, alternate(rounds, stream_proxies, lambda p: streams(
            p, streamload, count, chunks, interval)), ["nginx", "keywheel"])
    print(f"\nkeywheel: listens after {startup:.0f} ms, idle RSS {idle} kB")
    if args.json:
        with open(args.json, "w") as f:
            json.dump(result, f, indent=2, ensure_ascii=False)


if __name__ == "__main__":
    main()
