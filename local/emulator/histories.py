"""What the emulator remembers of what is over, kept short: nobody reads it, and most of it would stay for ever."""

import hashlib
import json
import time
from typing import Any

Place = tuple[str, str, str]  # account, region, table
KEPT = 100  # e-mails, events, points of each metric, numbers that had an SMS: the mailbox has what was sent
FORGET_SECONDS = 0.5  # between two searches for records that all have read; the reader comes by once a second at least
KEPT_EXECUTIONS = 1_000  # that ended: as many as one call lists


def shorten() -> None:
    """Now and then. Cheap when there is nothing to do."""
    from ministack.services import cloudwatch, eventbridge, ses, sns

    for store in (ses._sent_emails, eventbridge._events_log, cloudwatch._metrics):
        for entries in store.all_values():
            del entries[:-KEPT]
    for place, _ in sns._sms_messages.all_items()[:-KEPT]:
        sns._sms_messages._data.pop(place, None)
    _forget_executions()


def _forget_executions() -> None:
    """The oldest ones that ended, with their histories."""
    from ministack.services import stepfunctions

    executions = stepfunctions._executions
    ended = [(place, one) for place, one in executions.all_items() if one["status"] != "RUNNING"]
    if len(ended) <= 2 * KEPT_EXECUTIONS:
        return
    ended.sort(key=lambda entry: entry[1]["stopDate"])
    for place, _ in ended[:-KEPT_EXECUTIONS]:
        executions._data.pop(place, None)


class Request:
    """What a transaction asked, by its digest: it equals a request of the same words. The emulator keeps each for ten
    minutes, all rows included, to know it when it comes again."""

    def __init__(self, words: dict[str, Any]) -> None:
        self._digest = _digest(words)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, dict) and _digest(other) == self._digest

    __hash__ = None  # type: ignore[assignment]  # equal to dicts, which have none


def _digest(words: dict[str, Any]) -> bytes:
    return hashlib.sha256(json.dumps(words, sort_keys=True).encode()).digest()


def teach() -> None:
    """Once, before the emulator takes requests."""
    from ministack.services import dynamodb

    usual = dynamodb._txn_token_store
    dynamodb._txn_token_store = lambda token, entry: usual(token, {**entry, "signature": Request(entry["signature"])})
    _forget_what_was_read()


def _forget_what_was_read() -> None:
    """A record of a stream goes when all its consumers are done with it. In the thread that reads for them, which no
    other reader stands beside."""
    from ministack.services import lambda_svc

    usual, looked = lambda_svc._poll_dynamodb_streams, 0.0

    def poll() -> bool:
        nonlocal looked
        found = bool(usual())
        if time.monotonic() - looked > FORGET_SECONDS:
            forget_read()
            looked = time.monotonic()
        return found

    lambda_svc._poll_dynamodb_streams = poll


def forget_read() -> None:
    from ministack.services import dynamodb

    for place, records in dynamodb._stream_records.all_items():
        trimmed = dynamodb._stream_trimmed._data.get(place, 0)
        read = min(len(records), min(_positions(place), default=trimmed) - trimmed)
        if read > 0:
            # In this order: what a snapshot sees between the two is told once more, never lost.
            dynamodb._stream_trimmed._data[place] = trimmed + read
            del records[:read]


def unread(place: Place) -> list[Any]:
    """The records of a table's stream that a consumer has not finished with; none of a stream without consumers."""
    from ministack.services import dynamodb

    trimmed = dynamodb._stream_trimmed._data
    while True:
        before = trimmed.get(place, 0)
        read = min(_positions(place), default=None)
        records: list[Any] = dynamodb._stream_records._data.get(place, [])
        rest = [] if read is None else records[max(0, read - before) :]
        if before == trimmed.get(place, 0):  # else some were forgotten meanwhile
            return rest


def _positions(place: Place) -> list[int]:
    """How far each consumer of a table's stream has read, from the start of the stream."""
    from ministack.services import lambda_svc

    account, region, table = place
    known: dict[Any, int] = lambda_svc._dynamodb_stream_positions._data
    consumers = [esm for _, _, esm in lambda_svc._iter_all_esms()]
    return [
        known.get((account, region, esm["UUID"]), 0)
        for esm in consumers
        if f":table/{table}/stream/" in esm.get("EventSourceArn", "")
    ]
