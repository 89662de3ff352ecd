"""An event row lives for ever. This code reads rows as an earlier release wrote them. Rows of this code hold no less,
so that the release before can still read them when an upgrade is taken back.

tests/data/released_events.json holds the rows of a case as they stood in a table. It never changes; a release that adds
to the form adds a file beside it."""

import base64
import json
from typing import Any

from chalicelib.adapters.dynamodb import keys, raw
from chalicelib.adapters.dynamodb.cases.complaints import DynamoComplaints
from tests.builders import DBM, LURAH, Life, a_life, an_actor
from tools.deployment.package import ROOT

FILE = ROOT / "tests" / "data" / "released_events.json"
Item = dict[str, dict[str, Any]]


def a_history() -> Life:
    """With words and without, a change of status, and facts of several kinds."""
    return a_life().does(LURAH, "coordinate", unit=DBM).does(an_actor(), "comment", text="Besok pagi")


def complaints() -> DynamoComplaints:
    return DynamoComplaints(queue_key=lambda _: None, task_key=lambda _: "")


def stored(client: Any, life: Life) -> list[Item]:
    """Its event rows, as the table has them."""
    first, *others = life.decisions
    complaints().lodge(first, None)
    for decision in others:
        complaints().commit(decision)
    items: list[Item] = client.scan(TableName=raw.table_name())["Items"]
    return sorted(filter(is_event, items), key=lambda item: str(item["sk"]["S"]))


def is_event(item: Item) -> bool:
    return bool(item["sk"]["S"].startswith(keys.EVENT_PREFIX))


def released() -> list[Item]:
    """Bytes stand there as base64, as the AWS CLI shows them."""
    return [{name: typed(value) for name, value in item.items()} for item in json.loads(FILE.read_text())]


def typed(value: dict[str, Any]) -> dict[str, Any]:
    return {"B": base64.b64decode(value["B"])} if "B" in value else value


def test_an_event_of_a_release_is_read_as_it_was_written(table: Any) -> None:
    life = a_history()
    for item in released():
        table.put_item(TableName=raw.table_name(), Item=item)

    found = list(complaints().events(life.complaint.number))

    known = [(e.sequence, e.action, e.status, e.at, e.actor, dict(e.words)) for e in life.events]
    assert [(e.sequence, e.action, e.status, e.at, e.actor, dict(e.words)) for e in found] == known
    assert [bytes.fromhex(e.digest) for e in found] == [item["digest"]["B"] for item in released()]


def test_the_release_before_finds_all_that_it_reads_in_an_event_of_today(table: Any) -> None:
    for before, now in zip(released(), stored(table, a_history()), strict=True):
        assert kinds(before) <= kinds(now)
        assert facts(before).keys() <= facts(now).keys()


def kinds(item: Item) -> set[tuple[str, str]]:
    return {(name, kind) for name, value in item.items() for kind in value}


def facts(item: Item) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(item["facts"]["S"])
    return read
