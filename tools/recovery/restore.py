"""`python -m tools restore --stack S --table RESTORED [--people | --number JKT-… [--overwrite]]`: brings rows back into
the stack's table (with --people: of people) from one that was restored beside it (to a point in time). What is missing
is written; what stands is left alone, but for one case with `--overwrite`. Public rows are not brought back: `python -m
tools rebuild` makes them.

Nobody is told anything of an event that comes back: what nobody was told before the loss, `python -m tools replay`
tells. At the end every case of the ledger of erasures is erased once more. Safe to repeat."""

import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from chalicelib.adapters.dynamodb import keys
from tools.recovery.erasures import erase_again, told
from tools.recovery.row_writing import BATCH, MissingRows, UnwrittenError
from tools.stack.stacks import StackError
from tools.stack.stage import Stage, case_number, named, parser

if TYPE_CHECKING:
    from tools.recovery.row_writing import Item

AT_ONCE = 16  # parts of the table, each read and written by a thread of its own

PEOPLE = (keys.STAFF_PREFIX, keys.UNIT_PREFIX, keys.PEOPLE, keys.CLIENT_PREFIX, keys.CLIENTS)
CASES = (keys.CASE_PREFIX, keys.FOLLOWERS_PREFIX, keys.MESSAGE_PREFIX, keys.PSEUDONYM_PREFIX)
KEPT = {"TableName": CASES, "PeopleTableName": PEOPLE}  # by partition


def main(arguments: list[str]) -> int:
    """Exit status 1 when there is no such stack or table."""
    made = named(parser("restore", __doc__))
    made.add_argument("--table", required=True, help="the table that was restored")
    made.add_argument("--people", action="store_true", help="into the table of people")
    made.add_argument("--number", type=case_number, help="of one complaint only")
    made.add_argument("--overwrite", action="store_true", help="also what stands; with --number only")
    options = made.parse_args(arguments)
    if options.people and options.number:
        made.error("--people has no --number")
    if options.overwrite and not options.number:
        made.error("--overwrite needs --number")
    try:
        stage = Stage(options.stack)
        restore = Restore(
            stage,
            options.table,
            into="PeopleTableName" if options.people else "TableName",
            overwrite=options.overwrite,
        )
        began = time.monotonic()
        print(paced(restore(options.number), time.monotonic() - began))
        if not options.people:
            print(told(erase_again(stage)()))
    except (StackError, ClientError, UnwrittenError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def paced(rows: int, seconds: float) -> str:
    """Says how many rows were written, and how fast."""
    return f"{rows} rows written in {seconds:.0f} s, {rows / max(seconds, 0.001):,.0f} a second"


class Restore:
    """From one table into the stack's; `into` names the output that says which."""

    def __init__(self, stage: Stage, source: str, *, into: str, overwrite: bool) -> None:
        self._dynamodb = stage.client("dynamodb")
        self._source = source
        self._kept = KEPT[into]
        self._rows = MissingRows(self._dynamodb, stage.outputs[into], overwrite=overwrite)

    def __call__(self, number: str | None) -> int:
        """How many rows were written."""
        pages = [self._case(number)] if number else [self._segment(each) for each in range(AT_ONCE)]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return sum(pool.map(self._bring, pages))

    def _bring(self, pages: Iterator[list["Item"]]) -> int:
        return sum(self._rows.write(batch) for page in pages for batch in _batches(self._wanted(page)))

    def _wanted(self, page: list["Item"]) -> list["Item"]:
        return [_marked(item) for item in page if item["pk"]["S"].startswith(self._kept)]

    def _segment(self, each: int) -> Iterator[list["Item"]]:
        request = {"TableName": self._source, "ConsistentRead": True, "Segment": each, "TotalSegments": AT_ONCE}
        for page in self._dynamodb.get_paginator("scan").paginate(**request):
            yield page["Items"]

    def _case(self, number: str) -> Iterator[list["Item"]]:
        request = {
            "TableName": self._source,
            "KeyConditionExpression": "pk = :pk",
            "ExpressionAttributeValues": {":pk": {"S": keys.case(number)}},
        }
        for page in self._dynamodb.get_paginator("query").paginate(**request):
            yield page["Items"]


def _marked(item: "Item") -> "Item":
    """An event that comes back was told when it happened: relay leaves it alone."""
    return {**item, keys.RESTORED: {"BOOL": True}} if item["sk"]["S"].startswith(keys.EVENT_PREFIX) else item


def _batches(items: list["Item"]) -> Iterator[list["Item"]]:
    return (items[at : at + BATCH] for at in range(0, len(items), BATCH))
