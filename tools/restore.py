"""`python -m tools restore --stack S --table RESTORED [--people | --number JKT-… [--overwrite]]`: brings rows back into
the stack's table (with --people: of people) from one that was restored beside it (to a point in time). What is missing
is written; what stands is left alone, but for one case with `--overwrite`. Public rows are not brought back: `python -m
tools rebuild` makes them.

Events come last: by then the ledger knows which messages went out, so that relay's new telling sends none again. At the
end every case of the ledger of erasures is erased once more. Safe to repeat."""

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from chalicelib.adapters.dynamodb import keys
from tools.erasures import erase_again, told
from tools.stacks import StackError
from tools.stage import Stage, case_number, named, parser

if TYPE_CHECKING:
    from collections.abc import Mapping

    Item = Mapping[str, Mapping[str, Any]]

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
        print(f"{restore(options.number)} rows written")
        if not options.people:
            print(told(erase_again(stage)()))
    except (StackError, ClientError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


class Restore:
    """From one table into the stack's; `into` names the output that says which."""

    def __init__(self, stage: Stage, source: str, *, into: str, overwrite: bool) -> None:
        self._dynamodb = stage.client("dynamodb")
        self._source = source
        self._kept = KEPT[into]
        self._target = stage.outputs[into]
        self._overwrite = overwrite

    def __call__(self, number: str | None) -> int:
        """How many rows were written: first all but events, then the events."""
        return sum(self._put(item) for late in (False, True) for item in self._items(number, events=late))

    def _items(self, number: str | None, *, events: bool) -> Iterator["Item"]:
        for item in self._case(number) if number else self._all():
            kept = item["pk"]["S"].startswith(self._kept)
            if kept and item["sk"]["S"].startswith(keys.EVENT_PREFIX) == events:
                yield item

    def _all(self) -> Iterator["Item"]:
        for page in self._dynamodb.get_paginator("scan").paginate(TableName=self._source, ConsistentRead=True):
            yield from page["Items"]

    def _case(self, number: str) -> Iterator["Item"]:
        request = {
            "TableName": self._source,
            "KeyConditionExpression": "pk = :pk",
            "ExpressionAttributeValues": {":pk": {"S": keys.case(number)}},
        }
        for page in self._dynamodb.get_paginator("query").paginate(**request):
            yield from page["Items"]

    def _put(self, item: "Item") -> bool:
        """Whether it was written."""
        absent = {} if self._overwrite else {"ConditionExpression": "attribute_not_exists(pk)"}
        try:
            self._dynamodb.put_item(TableName=self._target, Item=item, **absent)
        except self._dynamodb.exceptions.ConditionalCheckFailedException:
            return False
        return True
