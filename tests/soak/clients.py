# SPDX-License-Identifier: GPL-3.0-or-later
"""The soak's clients: what they ask for, how they misbehave, and what they may see in return."""
import asyncio
import collections
import hashlib
import json
import random
import socket
import struct

import upstream

AUTH = "test-soak-auth-key"
PATIENCE = 20
OWN_CODES = {"upstream_unreachable", "upstream_protocol_error", "upstream_timeout", "no_keys_available",
             "request_timeout"}
FAULTS = {
    "json": ["early-reset", "reset", "close", "hang", "garbage", "slow-head", "500", "502", "503", "429", "404",
             "truncate", "bytes", "surplus", "drop", "slow-read"],
    "stream": ["truncate", "stream-reset", "bad-chunk", "stall", "error-event", "reset", "429", "500"],
    "large": ["truncate", "stream-reset", "reset", "503"],
}
MALFORMED = [
    b"GET / HTTP/1.1\r\n\r\n", b"\x16\x03\x01\x02\x00\x01", b"GET  / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + b"x" * 70_000, b"GET /" + b"x" * 20_000,
    b"GET / HTTP/1.1\r\nHost: localhost\r\nA: b\r\n folded\r\n\r\n", b"CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n",
]


class Violation(Exception):
    """Something that must never happen."""


class Broken(Exception):
    """The connection ended within an answer, or without one."""


Request = collections.namedtuple("Request", "ident want fault body")
Answer = collections.namedtuple("Answer", "status fields body keep")


class Connection:
    def __init__(self, reader, writer):
        self.reader, self.writer = reader, writer

    @classmethod
    async def open(cls, port):
        return cls(*await asyncio.open_connection("127.0.0.1", port, limit=1 << 20))

    def reset(self):
        self.writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                                                        struct.pack("ii", 1, 0))
        self.writer.transport.abort()

    async def send(self, data):
        try:
            self.writer.write(data)
            await asyncio.wait_for(self.writer.drain(), PATIENCE)
        except ConnectionError as error:
            raise Broken(str(error)) from error
        except asyncio.TimeoutError as error:
            raise Violation("a request is not read any further") from error

    async def answer(self):
        try:
            return await asyncio.wait_for(self.read_answer(), PATIENCE)
        except asyncio.TimeoutError as error:
            raise Violation(f"no answer within {PATIENCE} s") from error
        except asyncio.IncompleteReadError as error:
            raise Broken(f"cut after {len(error.partial)} bytes") from error
        except ConnectionError as error:
            raise Broken(str(error)) from error

    async def read_answer(self):
        head = await self.reader.readuntil(b"\r\n\r\n")
        first, *lines = head[:-4].split(b"\r\n")
        if not first.startswith(b"HTTP/1.1 "):
            raise Violation(f"no status line: {first[:60]!r}")
        fields = {n.lower().decode(): v.strip().decode() for n, _, v in (line.partition(b":") for line in lines)}
        if "chunked" in fields.get("transfer-encoding", ""):
            body = await self.read_chunks()
        else:
            body = await self.reader.readexactly(int(fields["content-length"]))
        return Answer(int(first[9:12]), fields, body, fields.get("connection") != "close")

    async def read_chunks(self):
        body = []
        while True:
            size = int(await self.reader.readuntil(b"\r\n"), 16)
            chunk = await self.reader.readexactly(size + 2)
            if not size:
                return b"".join(body)
            body.append(chunk[:-2])

    async def expect_nothing_more(self):
        """Ends the connection; an answer that nobody asked for would come now."""
        try:
            self.writer.write_eof()
            rest = await asyncio.wait_for(self.reader.read(1000), PATIENCE)
        except (ConnectionError, OSError):
            rest = b""
        except asyncio.TimeoutError as error:
            raise Violation("the connection stays open after its end") from error
        if rest:
            raise Violation(f"an answer that nobody asked for: {rest[:80]!r}")

    def close(self):
        self.writer.close()


def message(request):
    fault = f"X-Fault: {request.fault}\r\n" if request.fault else ""
    return (f"POST /v1/{request.want}?id={request.ident} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {AUTH}\r\n"
            f"X-Id: {request.ident}\r\nX-Want: {request.want}\r\n{fault}"
            f"Content-Length: {len(request.body)}\r\n\r\n").encode() + request.body


def expected_body(request):
    ident = request.ident.encode()
    if request.want == "stream":
        return b"".join(b"data: %s %d\n\n" % (ident, i) for i in range(upstream.CHUNKS))
    return b"".join(upstream.large_line(ident, i) for i in range(upstream.LINES))


def check(request, answer):
    """Whether this is an answer to that request, whole and its own."""
    where = f"{request.want} with {request.fault or 'no fault'} ({request.ident}): {answer.status}"
    if "x-id" not in answer.fields:
        error = json.loads(answer.body).get("error", {})
        if error.get("code") not in OWN_CODES or not answer.fields["x-request-id"].startswith("kw-"):
            raise Violation(f"{where}: not an answer of upstream or Keywheel: {answer.body[:80]!r}")
        return
    if answer.fields["x-id"] != request.ident:
        raise Violation(f"{where}: answer of {answer.fields['x-id']}")
    fault = request.fault.partition("*")[0]
    if answer.status != 200:
        if str(answer.status) != fault:
            raise Violation(f"{where}: a status that nobody sent")
    elif fault == "error-event" and b"event: error" in answer.body:
        pass
    elif request.want == "json":
        body = json.loads(answer.body)
        if body["id"] != request.ident or body["sum"] != hashlib.sha1(request.body).hexdigest():
            raise Violation(f"{where}: the body is another's")
    elif answer.body != expected_body(request):
        raise Violation(f"{where}: the body is not whole ({len(answer.body)} bytes)")


class Worker:
    """Runs scenarios one after another while `running` is set; `busy` tells when it is in one."""
    count = 0

    def __init__(self, port, number, seed, outcomes):
        self.port, self.number, self.outcomes = port, number, outcomes
        self.random = random.Random(f"{seed}-{number}")
        self.busy = False

    async def run(self, running):
        scenarios = [(self.keep_alive, 8), (self.pipeline, 4), (self.leave, 5), (self.slow_sender, 1),
                     (self.slow_reader, 1), (self.malformed, 2), (self.own_endpoint, 1), (self.wrong_key, 0.1)]
        while True:
            await running.wait()
            self.busy = True
            scenario = self.random.choices(*zip(*scenarios))[0]
            try:
                await scenario()
            except (ConnectionError, Broken) as error:
                self.note(scenario.__name__, f"broken: {type(error).__name__}")
            finally:
                self.busy = False

    def note(self, what, outcome):
        self.outcomes[what, outcome] += 1

    def request(self, want=None, faulty=0.5):
        Worker.count += 1
        want = want or self.random.choices(["json", "stream", "large"], [12, 3, 1])[0]
        fault = self.random.choice(FAULTS[want]) if self.random.random() < faulty else ""
        if fault and self.random.random() < 0.5:
            fault += "*1"
        size = self.random.choice([0, 10, 1000, 1000, 70_000, 3_000_000]) if want == "json" else 2
        return Request(f"w{self.number}-{Worker.count}", want, fault, self.random.randbytes(size))

    async def ask(self, connection, request):
        await connection.send(message(request))
        await self.take(connection, request)

    async def take(self, connection, request):
        kind = f"{request.want} {request.fault}"
        try:
            answer = await connection.answer()
        except Broken as error:
            self.note(kind, "broken")
            if not request.fault:
                raise Violation(f"{kind}({request.ident}, {len(request.body)} bytes) has no fault, yet its answer broke: {error}") from error
            raise
        check(request, answer)
        self.note(kind, str(answer.status))
        if not answer.keep:
            raise Broken("closed")

    async def keep_alive(self):
        connection = await Connection.open(self.port)
        try:
            for _ in range(self.random.randint(1, 8)):
                await self.ask(connection, self.request())
            await connection.expect_nothing_more()
        finally:
            connection.close()

    async def pipeline(self):
        connection = await Connection.open(self.port)
        requests = [self.request(faulty=0.2) for _ in range(self.random.randint(2, 16))]
        sender = asyncio.ensure_future(connection.send(b"".join(message(r) for r in requests)))
        try:
            for request in requests:
                await self.take(connection, request)
            await connection.expect_nothing_more()
        finally:
            sender.cancel()
            await asyncio.gather(sender, return_exceptions=True)
            connection.close()

    async def leave(self):
        connection = await Connection.open(self.port)
        request = self.request()
        data = message(request)
        point = self.random.choice(["request", "sent", "answer"])
        if point == "request":
            data = data[:self.random.randrange(len(data))]
        await connection.send(data)
        if point == "answer":
            try:
                await asyncio.wait_for(connection.reader.read(self.random.randint(1, 100_000)), 1)
            except asyncio.TimeoutError:
                pass
        else:
            await asyncio.sleep(self.random.choice([0, 0, 0.01, 0.2]))
        connection.reset() if self.random.random() < 0.5 else connection.close()
        self.note("leave", point)

    async def slow_sender(self):
        connection = await Connection.open(self.port)
        request = self.request("json")._replace(body=b"slow")
        try:
            for byte in message(request):
                await connection.send(bytes([byte]))
                await asyncio.sleep(0.002)
            await self.take(connection, request)
        finally:
            connection.close()

    async def slow_reader(self):
        connection = await Connection.open(self.port)
        request = self.request("large", faulty=0.3)
        try:
            await connection.send(message(request))
            connection.writer.transport.pause_reading()
            await asyncio.sleep(self.random.random() * 2)
            connection.writer.transport.resume_reading()
            await self.take(connection, request)
        finally:
            connection.close()

    async def malformed(self):
        connection = await Connection.open(self.port)
        try:
            await connection.send(self.random.choice(MALFORMED))
            answer = await connection.answer()
            if not 400 <= answer.status < 600 or answer.keep or b'"error"' not in answer.body:
                raise Violation(f"a malformed request got {answer.status}")
            self.note("malformed", str(answer.status))
        finally:
            connection.close()

    async def own_endpoint(self):
        connection = await Connection.open(self.port)
        try:
            for path in ("health", "stats", "blacklist", "reset-keys"):
                await connection.send(f"GET /{path} HTTP/1.1\r\nHost: localhost\r\nx-api-key: {AUTH}\r\n\r\n".encode())
                answer = await connection.answer()
                if answer.status != 200 or not isinstance(json.loads(answer.body), dict):
                    raise Violation(f"/{path}: {answer.status}")
        finally:
            connection.close()

    async def wrong_key(self):
        connection = await Connection.open(self.port)
        try:
            await connection.send(b"GET /stats HTTP/1.1\r\nHost: localhost\r\nx-api-key: test-wrong\r\n\r\n")
            if (await connection.answer()).status != 401:
                raise Violation("a wrong AUTH_KEY was not refused")
        finally:
            connection.close()
