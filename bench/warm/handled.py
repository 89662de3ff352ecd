"""A report and its coordination, handed to the functions' handlers one after the other as Lambda would."""

import base64
import cProfile
import json
import time
import uuid
from collections.abc import Callable, Mapping
from contextlib import nullcontext, redirect_stdout
from io import StringIO
from typing import Any

from bench.emulated import TABLE, Clock, Names
from bench.life import CONTACT, DRAFT
from bench.people import LURAH

SUBSCRIBERS = ("project", "alert_unit", "notify_citizen")


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
