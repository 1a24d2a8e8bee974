# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulated upstream on a free loopback port whose answer depends on the key."""

import collections
import http.server
import json
import threading


class Upstream:
    """`outcomes` maps a key to (status, error code, message); others get a chat answer. `used` counts
    the requests of each key."""

    def __init__(self):
        self.outcomes = {}
        self.used = collections.Counter()
        upstream = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self):
                length = int(self.headers.get("content-length") or 0)
                self.rfile.read(length)
                key = (self.headers.get("authorization") or "").removeprefix("Bearer ")
                upstream.used[key] += 1
                status, body = upstream.answer(key, self.path)
                data = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = answer

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, key, path):
        if key in self.outcomes:
            status, code, message = self.outcomes[key]
            return status, {"error": {"message": message, "code": code, "type": "error"}}
        if key.startswith("sk-keywheel-check-"):  # nobody has it: the list is not open to anybody
            return 401, {"error": {"message": "Incorrect API key", "code": "invalid_api_key"}}
        if path.startswith("/v1/models"):
            return 200, {"object": "list", "data": [{"id": "test-model", "object": "model"}]}
        return 200, {"choices": [{"message": {"role": "assistant", "content": "Hello"}}]}

    def close(self):
        self.server.shutdown()
        self.server.server_close()
