"""A page of 50 from a queue of 20 and of 20,000 open cases: what it reads must not depend on how long the queue is."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import boto3

from bench.emulated import ACCOUNT, REGION, TABLE, Clock, city
from bench.life import DRAFT
from bench.people import LURAH, Api, hire
from bench.recorder import Recorder, units
from bench.sizes import Item

LENGTHS = (20, 60, 20_000)
PAGE, SHARDS = 50, 8
FLOOD, WATER = "DSDA.31.71", "petugas-sda"  # a unit whose queue is spread over shards, and who works there


def read_units() -> dict[str, float]:
    """Read units of one page by the queue's length, and per shard of a flood unit."""
    recorder = Recorder()
    with city(Clock()) as boot, Api() as api, recorder.watching():
        hire(boot)
        _hire_flood_officer(boot)
        api.post("/complaints", DRAFT)
        case = _only_case()
        _fill(_copies(case, range(20_000, 40_000), {"S": FLOOD}, SHARDS))
        lengths = zip((1, *LENGTHS), LENGTHS, strict=False)
        return {name: _page(api, recorder, LURAH, case, *span) for name, span in _named(lengths)} | {
            "page of 50 of 20,000, flood unit: read units per shard": _read(api, recorder, WATER) / SHARDS
        }


def _named(lengths: Iterable[tuple[int, int]]) -> Iterator[tuple[str, tuple[int, int]]]:
    return ((f"page of {PAGE} of {length:,}: read units", (former, length)) for former, length in lengths)


def _page(api: Api, recorder: Recorder, user: str, case: Item, former: int, length: int) -> float:
    """After the queue has grown from `former` to `length`."""
    _fill(_copies(case, range(former, length), case["unit"], 1))
    return _read(api, recorder, user, min(PAGE, length))


def _read(api: Api, recorder: Recorder, user: str, shown: int = PAGE) -> float:
    recorder.calls.clear()
    with recorder.step("page", "request"):
        page = api.get(f"/staff/queue?limit={PAGE}", user=user)
    if len(page["items"]) != shown:
        message = f"{len(page['items'])} rows shown, {shown} expected"
        raise RuntimeError(message)
    return units(call for call in recorder.calls if call.operation == "Query").read


def _hire_flood_officer(boot: Any) -> None:
    from chalicelib.application.ports.people import StaffMember

    boot.staff.put(StaffMember(WATER, "Petugas", "opd_officer", FLOOD))


def _only_case() -> Item:
    items = boto3.client("dynamodb", region_name=REGION).scan(TableName=TABLE)["Items"]
    return next(item for item in items if item["sk"]["S"] == "COMPLAINT")


def _copies(case: Item, numbers: range, unit: Mapping[str, Any], shards: int) -> Iterator[Item]:
    """The same case under other numbers, each due a second later, in the queue of a unit."""
    due = int(case["due"]["S"].partition("#")[0])
    for n in numbers:
        signs = f"{n:08d}X"
        queue = {"S": f"{unit['S']}#{n % shards}"}
        own = {"pk": {"S": f"C#{signs}"}, "due": {"S": f"{due + n:010d}#{signs}"}, "queue": queue, "unit": dict(unit)}
        yield {**case, **own}


def _fill(items: Iterable[Item]) -> None:
    """Straight into the emulator's store: through its door it would take minutes."""
    from moto.dynamodb.models import dynamodb_backends
    from moto.dynamodb.models.dynamo_type import DynamoType
    from moto.dynamodb.models.dynamo_type import Item as Stored

    table = dynamodb_backends[ACCOUNT][REGION].get_table(TABLE)
    for item in items:
        keys = DynamoType(item["pk"]), DynamoType(item["sk"])
        table.items[keys[0]][keys[1]] = Stored(keys[0], keys[1], dict(item))
