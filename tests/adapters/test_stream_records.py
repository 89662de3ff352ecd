"""Records as the stream brings them: JSON, bytes in base64; the event of an inserted row, nothing else."""

import base64
import json
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.cases.translation import event_row
from chalicelib.adapters.dynamodb.stream import event_of_record, keys_only, place_of_record
from chalicelib.domain.case.events import Event
from tests.builders import LURAH, NUMBER, a_complaint, acted, given

COMMENT = acted(a_complaint(), "comment", LURAH, sent=given(text="Kami cek sore ini – “segera”")).event
EVENT = replace(COMMENT, salt=base64.b64encode(b"garam").decode())


def a_record(event: Event = EVENT, name: str = "INSERT") -> dict[str, Any]:
    """As Lambda hands it over."""
    image = {
        key: {kind: base64.b64encode(value).decode() if kind == "B" else value for kind, value in typed.items()}
        for key, typed in event_row(event).serialize().items()
    }
    row = {"pk": image["pk"], "sk": image["sk"]}
    change = {"Keys": row, "NewImage": image, "SequenceNumber": "1", "StreamViewType": "NEW_IMAGE"}
    read: dict[str, Any] = json.loads(json.dumps({"eventID": "1", "eventName": name, "dynamodb": change}))
    return read


def test_an_inserted_event_comes_out_as_it_was_written() -> None:
    read = event_of_record(a_record())

    assert read == replace(EVENT, words_hash=read.words_hash if read else None)
    assert read
    assert (read.digest, read.words) == (EVENT.digest, EVENT.words)


@pytest.mark.parametrize("name", ["MODIFY", "REMOVE"])
def test_a_changed_or_deleted_row_is_no_event(name: str) -> None:
    assert event_of_record(a_record(name=name)) is None


@pytest.mark.parametrize(
    "sk", [keys.COMPLAINT, keys.CONTACT, "NOTICE#000001#reporter", "PHOTO#A", keys.beat(1_772_413_200)]
)
def test_other_rows_are_no_events(sk: str) -> None:
    record = a_record()
    record["dynamodb"]["Keys"]["sk"]["S"] = sk

    assert event_of_record(record) is None


def test_an_event_that_came_back_from_a_backup_is_not_told_again() -> None:
    record = a_record()
    record["dynamodb"]["NewImage"][keys.RESTORED] = {"BOOL": True}

    assert event_of_record(record) is None


def broken(**changes: Any) -> dict[str, Any]:
    record = a_record()
    record["dynamodb"]["NewImage"] |= changes
    return record


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"eventName": "INSERT", "dynamodb": {"Keys": {"sk": {"S": "EVENT#000001"}}}},
        broken(facts={"S": "{"}),
        broken(facts={"S": json.dumps({"number": NUMBER})}),
        broken(prev={"B": "no base64!"}),
    ],
)
def test_a_record_that_cannot_be_read_says_so(record: dict[str, Any]) -> None:
    with pytest.raises((KeyError, ValueError, TypeError)):
        event_of_record(record)


def test_of_a_record_only_its_row_s_keys_are_kept() -> None:
    record = a_record()

    kept = keys_only(record)

    assert kept == {"eventName": "INSERT", "dynamodb": {"Keys": record["dynamodb"]["Keys"]}}
    assert "segera" not in json.dumps(kept)


@pytest.mark.parametrize("name", ["INSERT", "MODIFY"])
def test_the_keys_lead_back_to_the_event(name: str) -> None:
    assert place_of_record(keys_only(a_record(name=name))) == (EVENT.number, EVENT.sequence)


@pytest.mark.parametrize(
    ("pk", "sk"),
    [
        ("C#7K3M9QXR4", keys.COMPLAINT),
        ("C#7K3M9QXR4", "EVENT#"),
        ("C#7K3M9QXR4", "EVENT#x"),
        ("C#7K3M9QXR4", "NOTICE#000001"),
        ("STAFF#sari", "EVENT#000001"),
    ],
)
def test_keys_of_another_row_lead_nowhere(pk: str, sk: str) -> None:
    with pytest.raises(ValueError, match="no event's row"):
        place_of_record({"dynamodb": {"Keys": {"pk": {"S": pk}, "sk": {"S": sk}}}})


@pytest.mark.parametrize("record", [{}, {"dynamodb": {"Keys": {}}}, {"DDBStreamBatchInfo": {"shardId": "s"}}])
def test_what_names_no_row_says_so(record: dict[str, Any]) -> None:
    with pytest.raises(KeyError):
        place_of_record(keys_only(record))
