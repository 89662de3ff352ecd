"""Messages of the photo queue: each record alone; only what failed comes again."""

import json
import sys
from dataclasses import dataclass, field
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from chalicelib.application.photos.arrivals import ObjectCreated
from chalicelib.domain.errors import UnavailableError
from chalicelib.entrypoints.photos import process_photo

KEY = "incoming/JKT-0000-0001-2/0123456789ABCDEFGHJK"


@dataclass
class Recording:
    """A use case that fails for the keys it is told."""

    failing: set[str] = field(default_factory=set)
    seen: list[ObjectCreated] = field(default_factory=list)

    def process(self, arrived: ObjectCreated) -> str:
        self.seen.append(arrived)
        if arrived.key in self.failing:
            raise UnavailableError("s3")
        return "stray" if arrived.key == "stray" else "ready"


@pytest.fixture
def processing(monkeypatch: pytest.MonkeyPatch) -> Recording:
    recording = Recording()
    root = ModuleType("chalicelib.bootstrap")
    root.bootstrap = lambda: SimpleNamespace(photo_processing=recording)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "chalicelib.bootstrap", root)
    return recording


def told(*keys: str) -> str:
    return json.dumps({"Records": [{"s3": {"object": {"key": key, "eTag": "e", "size": 9}}} for key in keys]})


def answer(*bodies: str) -> list[str]:
    records = [{"messageId": f"m{i}", "receiptHandle": "r", "body": body} for i, body in enumerate(bodies)]
    given: dict[str, Any] = process_photo({"Records": records}, None)
    return [failure["itemIdentifier"] for failure in given["batchItemFailures"]]


def test_every_object_of_every_message_is_processed(processing: Recording) -> None:
    assert answer(told("a", "b"), told("c")) == []
    assert processing.seen == [ObjectCreated(key, "e", 9) for key in "abc"]


def test_a_key_is_read_as_s3_encodes_it(processing: Recording) -> None:
    answer(told("incoming/JKT-0000-0001-2/foto+saya%2B1"))
    assert processing.seen[0].key == "incoming/JKT-0000-0001-2/foto saya+1"


def test_one_bad_record_blocks_nothing(processing: Recording) -> None:
    processing.failing = {"a"}
    assert answer(told("a", "b"), told("c")) == ["m0"]
    assert [arrived.key for arrived in processing.seen] == ["a", "b", "c"]


@pytest.mark.parametrize(
    "body", ["", "null", "[]", "{", '{"Records": [{}]}', '{"Records": [{"s3": null}]}', '{"Records": 1}']
)
def test_a_message_that_nobody_can_read_goes_to_the_dead_letters(processing: Recording, body: str) -> None:
    assert answer(body, told("a")) == ["m0"]
    assert len(processing.seen) == 1


def test_the_test_message_of_s3_is_ignored(processing: Recording) -> None:
    assert answer(json.dumps({"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": "b"})) == []
    assert processing.seen == []


def test_a_stray_object_is_done_and_warned_of(processing: Recording, caplog: pytest.LogCaptureFixture) -> None:
    assert answer(told("stray")) == []
    assert [(line.levelname, line.message) for line in caplog.records] == [("WARNING", "photo_processed")]
