"""`python -m bench.warm [-n 40] [--profile FUNCTION]`: milliseconds of a processor that each function needs in a warm
container, for a report with a contact and for a change of its status. AWS is played by another process, which is not
counted; calls go over HTTP to it. Timed, so printed only: compare two commits in turns, on the same machine."""

import argparse
import base64
import cProfile
import json
import os
import pstats
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, redirect_stdout
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from threading import Lock
from typing import Any
from unittest import mock

from bench.emulated import REGION, TABLE, Clock, Names, city
from bench.life import CONTACT, DRAFT
from bench.people import LURAH, hire

HOSTS = {"ses": "email"}  # a service's host where it is called otherwise than in signatures
WARM = 10  # reports before anything is counted

MOST_LINES = 60  # of a profile
SUBSCRIBERS = ("project", "alert_unit", "notify_citizen")


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


def _play() -> None:
    """The other process: tells the environment of the functions in a line, and answers until it is ended."""
    with city(Clock()) as boot:
        hire(boot)
        server = ThreadingHTTPServer(("127.0.0.1", 0), Played)
        given = {**os.environ, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{server.server_address[1]}"}
        sys.stdout.write(json.dumps(given) + "\n")
        sys.stdout.flush()
        server.serve_forever()


@contextmanager
def _cloud() -> Iterator[None]:
    """While it lasts, this process is a function's."""
    program = [sys.executable, "-c", "from bench import warm; warm._play()"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as process:
        try:
            with mock.patch.dict(os.environ, json.loads(process.stdout.readline()), clear=True):
                yield
        finally:
            process.kill()


class Context:
    """What Lambda tells of a call."""

    aws_request_id = "1d6f8f5a-8f2c-4a6d-9c1b-0a1b2c3d4e5f"
    function_name = memory_limit_in_mb = invoked_function_arn = log_group_name = log_stream_name = ""
    identity = client_context = None


class Worked:
    """Plays reports and their changes through the functions' handlers, and notes what each took."""

    def __init__(self, profile: str | None) -> None:
        from app import app
        from chalicelib.bootstrap import bootstrap

        boot = bootstrap()
        boot.tokens = Names()
        boot.machine_now = Clock().now
        boot.pause = lambda _seconds: None  # between two alerts to one unit
        self.taken: dict[tuple[str, str], list[float]] = {}
        self._app = app
        self._profiled = profile
        self.profile = cProfile.Profile(time.process_time)
        self.is_counting = False

    def report(self) -> tuple[str, int]:
        contact = CONTACT | {"email": f"warga.{uuid.uuid4().hex[:10]}@example.com"}
        receipt = self._asked("report", "/complaints", {}, DRAFT | {"contact": contact}, {})
        self._follow("report", receipt["number"], 1, ("arm", *SUBSCRIBERS))
        return receipt["number"], receipt["version"]

    def coordinate(self, number: str, version: int) -> None:
        where = {"number": number, "action": "coordinate"}
        body = {"version": version, "unit": "DBM"}
        path = "/complaints/{number}/actions/{action}"
        self._asked("coordinate", path, where, body, {"authorization": f"Bearer {LURAH}"})
        self._follow("coordinate", number, 2, SUBSCRIBERS)

    def _asked(
        self, step: str, path: str, where: dict[str, str], body: Mapping[str, Any], headers: dict[str, str]
    ) -> Any:
        sent = {"content-type": "application/json", "idempotency-key": uuid.uuid4().hex, **headers}
        request = {
            "requestContext": {"resourcePath": path, "httpMethod": "POST", "requestId": "r", "identity": {}},
            "headers": sent,
            "multiValueHeaders": {name: [value] for name, value in sent.items()},
            "multiValueQueryStringParameters": None,
            "pathParameters": where,
            "stageVariables": None,
            "body": json.dumps(body),
            "isBase64Encoded": False,
        }
        answer = self._timed(step, "API", lambda: self._app(request, Context()))
        if answer["statusCode"] >= 400:
            raise RuntimeError(answer["body"])
        return json.loads(answer["body"])

    def _follow(self, step: str, number: str, sequence: int, functions: tuple[str, ...]) -> None:
        from chalicelib.entrypoints import stream, subscribers

        record = _record(number, sequence)
        self._timed(step, "relay", lambda: stream.relay({"Records": [record]}, Context()))
        told = json.dumps({"v": 1, "number": number, "sequence": sequence})
        batch = {"Records": [{"messageId": "m", "body": told, "receiptHandle": "r"}]}
        for name in functions:
            function = getattr(subscribers, name)
            answer = self._timed(step, name, lambda function=function: function(batch, Context()))
            if answer["batchItemFailures"]:
                raise RuntimeError(name)

    def _timed(self, step: str, name: str, call: Callable[[], Any]) -> Any:
        profile = self.profile if self.is_counting and self._profiled in ("all", name) else nullcontext()
        begun = time.process_time()
        with redirect_stdout(StringIO()), profile:
            answer = call()
        if self.is_counting:
            self.taken.setdefault((step, name), []).append(time.process_time() - begun)
        return answer


def _record(number: str, sequence: int) -> dict[str, Any]:
    """As the stream brings the event's row."""
    from chalicelib.adapters.dynamodb import keys, raw

    place = {"pk": {"S": keys.case(number)}, "sk": {"S": keys.event(sequence)}}
    item = raw.connection().dispatch("GetItem", {"TableName": TABLE, "Key": place})["Item"]
    image = {
        name: {"B": base64.b64encode(value["B"]).decode()} if "B" in value else value for name, value in item.items()
    }
    return {"eventName": "INSERT", "dynamodb": {"Keys": place, "NewImage": image}}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.warm", description=__doc__)
    parser.add_argument("-n", "--count", type=int, default=40, help="reports that are counted")
    parser.add_argument("--profile", metavar="FUNCTION", help="where its time goes: a function's name, or all")
    given = parser.parse_args(arguments)
    with _cloud():
        worked = Worked(given.profile)
        for played in range(given.count + WARM):
            worked.is_counting = played >= WARM
            worked.coordinate(*worked.report())
    sys.stdout.write(table(worked.taken))
    if given.profile:
        pstats.Stats(worked.profile, stream=sys.stdout).sort_stats("tottime").print_stats(MOST_LINES)
    return 0


def table(taken: Mapping[tuple[str, str], Sequence[float]]) -> str:
    """Milliseconds: of each function in each step the median and the tenth of the quickest, and their sums."""
    rows = {place: (statistics.median(found), sorted(found)[len(found) // 10]) for place, found in taken.items()}
    for step in dict.fromkeys(step for step, _ in taken):
        of_step = [row for (name, _), row in rows.items() if name == step]
        rows[step, "together"] = sum(median for median, _ in of_step), sum(least for _, least in of_step)
    lines = [
        f"{step:12}{name:16}{1000 * median:8.2f}{1000 * least:8.2f}" for (step, name), (median, least) in rows.items()
    ]
    return "\n".join([f"{'ms of a processor':28}{'median':>8}{'least':>8}", *lines, ""])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
