"""The counted figures of a straight life, by name, and the limits that the design set for them."""

from collections.abc import Iterable, Sequence

from bench import together
from bench.life import CONTACT, WAITED_FOR, Life, Lived, lived, untouched
from bench.pages import read_units
from bench.recorder import Call, by_operation, units
from bench.sizes import Item, item_size
from bench.table import table

PATHS = ("container", "request", "photo", "relay", "notify", "alert", "arm", "project", "ring")
ACTIONS = ("coordinate", "assign", "start", "propose_done", "validate", "confirm")
BARE, REACHED, CROOKED = "life", "life with a contact", "crooked life"
ASKED = ("ask", "answer", "extend", "transfer")
DECIDED = ("approve_extension", "refuse_extension")
# What must not be passed, whatever the ledger says. An action that names a photo may take two units more.
LIMITS = {
    f"{BARE}: create: DynamoDB calls": 1,
    f"{BARE}: create: write units": 6,
    f"{REACHED}: create: DynamoDB calls": 1,
    f"{REACHED}: create: write units": 8,
    **{f"{BARE}: {action}: write units": 10 if action == "propose_done" else 8 for action in ACTIONS},
    **{f"{CROOKED}: {action}: write units": 8 for action in ASKED},
    **{f"{CROOKED}: {action}: write units": 12 for action in DECIDED},
    f"{BARE}: announce photo: write units": 6,  # it counts the photo in the same transaction
    f"{BARE}: write units that people wait for": 56,
    f"{BARE}: state transitions": 2,
    "left alone: state transitions": 4,
    **{f"together: {action}: write units": 12 for action in ("invite", "finish_part")},
    "together: merge: write units": 16,
    "flood mode: merge into the fullest lead: write units": 16,
    "page of 50 of 20: read units": 3,
    "page of 50 of 60: read units": 3,
    "page of 50 of 20,000: read units": 3,
    "page of 50 of 20,000, flood unit: read units per shard": 3,
}


def counted() -> dict[str, float]:
    """Everything that is counted, in a steady order."""
    bare, reached, alone = lived(None), lived(CONTACT), lived(None, untouched)
    crooked = lived(CONTACT, Life.crooked)
    found = {
        **_of_life(BARE, bare),
        **_of_life(REACHED, reached),
        **_of_steps(CROOKED, crooked.recorder.of(paths=WAITED_FOR), (*ASKED, *DECIDED)),
        "left alone: state transitions": len(alone.entered),
        "left alone: rungs' write units": units(alone.recorder.of(paths=["ring"])).write,
        **read_units(),
        **together.counted(),
    }
    return {name: value if value % 1 else int(value) for name, value in found.items()}


def _of_life(name: str, life: Lived) -> dict[str, float]:
    recorder = life.recorder
    waited = recorder.of(paths=WAITED_FOR)
    return {
        **_of_steps(name, waited, _steps(waited)),
        f"{name}: write units that people wait for": units(waited).write,
        f"{name}: read units that people wait for": units(waited).read,
        **{f"{name}, all of {path}: {k}": v for path in PATHS for k, v in _of_path(recorder.of(paths=[path])).items()},
        f"{name}: state transitions": len(life.entered),
        **{f"{name}: messages: {kind}": count for kind, count in life.messages.items()},
        f"{name}: rows": len(life.items),
        f"{name}: bytes in the table": sum(map(item_size, life.items)),
        f"{name}: bytes in the indexes": sum(map(_index_bytes, life.items)),
    }


def _of_steps(name: str, waited: Sequence[Call], steps: Iterable[str]) -> dict[str, float]:
    mine = {step: [call for call in waited if call.step == step] for step in steps}
    return {f"{name}: {k}": v for step, calls in mine.items() for k, v in _of_step(step, calls).items()}


def _steps(calls: Iterable[Call]) -> list[str]:
    return list(dict.fromkeys(call.step for call in calls))


def _of_step(step: str, calls: Iterable[Call]) -> dict[str, float]:
    """One step, as far as somebody waits for it."""
    mine = [call for call in calls if call.path in WAITED_FOR]
    spent = units(mine)
    return {
        f"{step}: DynamoDB calls": sum(call.service == "dynamodb" for call in mine),
        f"{step}: other calls": sum(call.service != "dynamodb" for call in mine),
        f"{step}: write units": spent.write,
        f"{step}: read units": spent.read,
    }


def _of_path(calls: list[Call]) -> dict[str, float]:
    spent = units(calls)
    return {**by_operation(calls), "write units": spent.write, "read units": spent.read}


def _index_bytes(item: Item) -> int:
    return sum(item_size(entry) for index in table().indexes if (entry := index.entry(item)))


def over(figures: dict[str, float]) -> list[str]:
    """One sentence per limit that is passed."""
    return [
        f"{name}: {figures[name]:g} is over the limit of {limit}"
        for name, limit in LIMITS.items()
        if figures[name] > limit
    ]
