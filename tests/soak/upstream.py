#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An upstream that fails on demand. Prints its port, then serves until it is killed.

  upstream.py SEED [PORT]

A request names itself in X-Id, what it wants in X-Want (json, stream, large, ticks) and its fault in
X-Fault (name, or name*N: for the first N attempts only). Each answer names the request again, in its
head and all through its body. On SIGUSR1 it refuses connections for 300 ms.
"""
import asyncio
import collections
import hashlib
import json
import random
import signal
import socket
import struct
import sys

CHUNKS = 20
LINES = 20_000  # of a large body: about 600 kB


def large_line(ident, number):
    return b"%s %012d\n" % (ident, number)


class Upstream:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.attempts = collections.OrderedDict()
        self.server = None

    async def listen(self, port):
        self.server = await asyncio.start_server(self.serve, "127.0.0.1", port, backlog=4096)
        return self.server.sockets[0].getsockname()[1]

    async def refuse(self, port):
        self.server.close()
        await asyncio.sleep(0.3)
        await self.listen(port)

    def fault_of(self, ident, fault):
        name, _, times = fault.partition("*")
        if not times:
            return name
        self.attempts[ident] = self.attempts.get(ident, 0) + 1
        if len(self.attempts) > 10_000:
            self.attempts.popitem(last=False)
        return name if self.attempts[ident] <= int(times) else ""

    async def serve(self, reader, writer):
        try:
            while await self.exchange(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, EOFError):
            pass
        finally:
            writer.close()

    async def exchange(self, reader, writer):
        head = await reader.readuntil(b"\r\n\r\n")
        lines = head.split(b"\r\n")[1:-2]
        fields = {n.lower(): v.strip() for n, _, v in (line.partition(b":") for line in lines)}
        ident = fields.get(b"x-id", b"none")
        fault = self.fault_of(ident, fields.get(b"x-fault", b"").decode())
        if fault == "early-reset":
            return self.reset(writer)
        digest, left = hashlib.sha1(), int(fields.get(b"content-length", b"0"))
        while left > 0:
            piece = await reader.read(min(left, 65536))
            if not piece:
                return False
            digest.update(piece)
            left -= len(piece)
            if fault == "slow-read":
                await asyncio.sleep(0.005)
        return await self.answer(writer, fields, ident, fault, digest.hexdigest())

    def reset(self, writer):
        if writer.transport.is_closing():
            return False
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                                                   struct.pack("ii", 1, 0))
        writer.transport.abort()
        return False

    async def answer(self, writer, fields, ident, fault, digest):
        if fault == "reset":
            return self.reset(writer)
        if fault == "close":
            return False
        if fault == "hang":
            await asyncio.sleep(60)
            return False
        if fault == "garbage":
            writer.write(self.random.randbytes(self.random.randint(1, 5000)))
            await writer.drain()
            return False
        if fault == "slow-head":
            await asyncio.sleep(self.random.random())
        if fault.isdigit():
            return await self.error(writer, ident, int(fault))
        want = fields.get(b"x-want", b"json")
        if want == b"stream":
            return await self.stream(writer, ident, fault)
        if want == b"ticks":
            return await self.ticks(writer, ident)
        if want == b"large":
            return await self.large(writer, ident, fault)
        body = json.dumps({"id": ident.decode(), "sum": digest, "pad": ident.decode() * 20}).encode()
        return await self.whole(writer, ident, 200, body, fault)

    async def error(self, writer, ident, status):
        body = json.dumps({"error": {"message": f"for {ident.decode()}", "code": "x"}}).encode()
        extra = b"Retry-After: 1\r\n" if status == 429 else b""
        return await self.whole(writer, ident, status, body, "", extra)

    async def whole(self, writer, ident, status, body, fault, extra=b""):
        head = b"HTTP/1.1 %d X\r\nContent-Length: %d\r\nX-Id: %s\r\n%s\r\n" % (
            status, len(body), ident, extra)
        message = head + body
        if fault == "truncate":
            writer.write(message[:self.random.randint(1, len(message) - 1)])
            await writer.drain()
            return False
        if fault == "bytes":  # one at a time
            for i in range(0, len(message)):
                writer.write(message[i:i + 1])
                await writer.drain()
            return True
        if fault == "surplus":
            # In one piece with the answer: what comes after the next request cannot be told from its answer.
            message += b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Id: wrong\r\n\r\nwrong"
        writer.write(message)
        await writer.drain()
        return fault != "drop"

    async def stream(self, writer, ident, fault):
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                     b"Transfer-Encoding: chunked\r\nX-Id: %s\r\n\r\n" % ident)
        if fault == "error-event":
            event = b'event: error\ndata: {"error":{"code":"server_error"}}\n\n'
            writer.write(b"%x\r\n%s\r\n0\r\n\r\n" % (len(event), event))
            return True
        stop = self.random.randint(0, CHUNKS - 1)
        for i in range(CHUNKS):
            if i == stop and fault in ("truncate", "stream-reset", "bad-chunk", "stall"):
                if fault == "stream-reset":
                    return self.reset(writer)
                if fault == "bad-chunk":
                    writer.write(b"zz\r\nnot a chunk\r\n")
                if fault == "stall":
                    await asyncio.sleep(60)
                return False
            event = b"data: %s %d\n\n" % (ident, i)
            writer.write(b"%x\r\n%s\r\n" % (len(event), event))
            await writer.drain()
            await asyncio.sleep(self.random.random() * 0.02)
        writer.write(b"0\r\n\r\n")
        await writer.drain()
        return True

    async def ticks(self, writer, ident):
        """A stream without an end, an event a second."""
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                     b"Transfer-Encoding: chunked\r\nX-Id: %s\r\n\r\n" % ident)
        while True:
            writer.write(b"9\r\ndata: 1\n\n\r\n")
            await writer.drain()
            await asyncio.sleep(self.random.uniform(0.5, 1.5))  # or all of them would come at once

    async def large(self, writer, ident, fault):
        size = len(large_line(ident, 0))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nX-Id: %s\r\n\r\n" % (size * LINES, ident))
        stop = self.random.randint(0, LINES // 1000 - 1) * 1000
        for first in range(0, LINES, 1000):
            if first == stop and fault in ("truncate", "stream-reset"):
                return self.reset(writer) if fault == "stream-reset" else False
            writer.write(b"".join(large_line(ident, i) for i in range(first, first + 1000)))
            await writer.drain()
        return True


async def main():
    upstream = Upstream(int(sys.argv[1]))
    port = await upstream.listen(int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    asyncio.get_running_loop().add_signal_handler(
        signal.SIGUSR1, lambda: asyncio.ensure_future(upstream.refuse(port)))
    print(port, flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
