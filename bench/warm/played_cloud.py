"""AWS, played by a process of its own, so that what it costs is not counted with what calls it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from typing import Any
from unittest import mock

from bench.emulated import REGION, Clock, city
from bench.people import hire

HOSTS = {"ses": "email"}  # a service's host where it is called otherwise than in signatures


class Played(BaseHTTPRequestHandler):
    """Answers as AWS would."""

    protocol_version = "HTTP/1.1"
    turn = Lock()  # moto works for one caller at a time
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        from bench.played import answer

        service = self.headers["authorization"].split("/")[3]
        body = self.rfile.read(int(self.headers["content-length"]))
        url = f"https://{HOSTS.get(service, service)}.{REGION}.amazonaws.com{self.path}"
        with self.turn:
            reply = answer(url, dict(self.headers), body)
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            if name not in ("content-length", "date", "server", "connection"):
                self.send_header(name, value)
        self.send_header("content-length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body)

    def log_message(self, *_said: Any) -> None:
        """Nothing."""


def play() -> None:
    """The other process: tells the environment of the functions in a line, and answers until it is ended."""
    with city(Clock()) as boot:
        hire(boot)
        server = ThreadingHTTPServer(("127.0.0.1", 0), Played)
        given = {**os.environ, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{server.server_address[1]}"}
        sys.stdout.write(json.dumps(given) + "\n")
        sys.stdout.flush()
        server.serve_forever()


@contextmanager
def cloud() -> Iterator[None]:
    """While it lasts, this process is a function's."""
    program = [sys.executable, "-c", "from bench.warm.played_cloud import play; play()"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as process:
        try:
            with mock.patch.dict(os.environ, json.loads(process.stdout.readline()), clear=True):
                yield
        finally:
            process.kill()
