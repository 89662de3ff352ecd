"""Which set of public rows is read, and which is being built beside it: one row, read before every use of the others.
A set is never read again once another is served, so what a late writer leaves in it does no harm."""

from collections.abc import Iterator, Mapping
from typing import Any

from chalicelib.adapters.dynamodb import raw
from chalicelib.adapters.dynamodb.public.public_rows import ANY, POINTER, within
from chalicelib.adapters.dynamodb.raw import typed

FIRST = 1
BATCH = 25  # the most that one BatchWriteItem takes


class DynamoGenerations:
    """Implements Generations; `discard_others` scans: it belongs to an operator's command."""

    def served(self) -> int:
        return int(raw.get(*POINTER, consistent=False).get("served", FIRST))

    def written(self) -> list[int]:
        return sets_of(raw.get(*POINTER, consistent=True))

    def begin(self) -> int:
        written = self.written()
        building = max(written) + 1
        _point({"served": written[0], "building": building})
        return building

    def serve(self, generation: int) -> None:
        _point({"served": generation})

    def discard_others(self) -> int:
        others = list(_others(self.written()[0]))
        for start in range(0, len(others), BATCH):
            raw.batch_write([{"DeleteRequest": {"Key": key}} for key in others[start : start + BATCH]])
        return len(others)


def sets_of(pointer: Mapping[str, Any]) -> list[int]:
    """The sets that are written, by the pointer's row: the one that is served, and the one that is being built."""
    building = [int(pointer["building"])] if "building" in pointer else []
    return [int(pointer.get("served", FIRST)), *building]


def _point(values: dict[str, str | int]) -> None:
    raw.call("PutItem", {"Item": typed({"pk": POINTER[0], "sk": POINTER[1], **values})})


def _others(generation: int) -> Iterator[dict[str, Any]]:
    """Keys of every public row outside this generation."""
    request: dict[str, Any] = {
        "ProjectionExpression": "pk, sk",
        "FilterExpression": "begins_with(pk, :any) AND NOT begins_with(pk, :kept)",
        "ExpressionAttributeValues": typed({":any": ANY, ":kept": within(generation, "")}),
    }
    while True:
        page = raw.call("Scan", request)
        yield from page["Items"]
        if "LastEvaluatedKey" not in page:
            return
        request = {**request, "ExclusiveStartKey": page["LastEvaluatedKey"]}
