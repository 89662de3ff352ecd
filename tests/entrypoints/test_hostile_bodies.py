"""Thousands of bodies that nobody should send, to every route that reads one: no answer is a failure of ours, and none
is large. `HOSTILE_BODIES=100000` asks for more of them, `HOSTILE_SEED` for others."""

import copy
import json
import os
import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.domain.lifecycle import ROWS
from tests.builders import ADMINISTRATOR, CITY, COORDINATOR, DESK, GAMBIR, LURAH, POTHOLE
from tests.channels.city_with_channels import CityWithChannels
from tests.entrypoints.conftest import Http, behind_the_routes
from tests.entrypoints.test_citizen_api import DRAFT
from tests.entrypoints.test_messages import FILLED, mentioned
from tools.api.openapi import document

BODIES = int(os.environ.get("HOSTILE_BODIES", "5000"))
SEED = int(os.environ.get("HOSTILE_SEED", "1"))
LARGEST = 64 * 1024  # bytes of an answer
FRESH_CASE = 250  # bodies that meet the same case
TEXTS = [
    *("", " ", "\x00", "\ufffd", "\ud800", "\u202e", "\u200b" * 50, "🙂" * 20, "ﷺ" * 300, "a" * 5_000, "\n" * 90),
    *("JKT-7K3M-9QXR-B", "0812 3456 7890", "31.71.01.1001", "email", "sms", "id", "DBM", "true", "1e400", "null"),
    *(
        "../../etc/passwd",
        "<script>",
        "{{7*7}}",
        "' OR 1=1 --",
        "%00",
        "https://evil.example/#~",
        "2026-13-45T25:61:00Z",
    ),
]
NUMBERS: list[Any] = [0, -1, 1, 10**400, -(10**30), 1e308, 5e-324, 0.1, 2**63, 3.0, True, False, None]
KEYS = [
    *DRAFT,
    "version",
    "text",
    "unit",
    "officer",
    "outcome",
    "until",
    "internal",
    "token",
    "channel",
    "due_at",
    "x" * 900,
]

Body = bytes


def a_value(chance: random.Random, depth: int = 0) -> Any:
    kind = chance.random()
    if kind < 0.4 or depth > 5:
        return chance.choice(TEXTS) if chance.random() < 0.6 else chance.choice(NUMBERS)
    size = chance.choice([0, 1, 2, 3, 8, 40 if depth < 2 else 2])
    if kind < 0.7:
        return [a_value(chance, depth + 1) for _ in range(size)]
    return {a_key(chance): a_value(chance, depth + 1) for _ in range(size)}


def a_key(chance: random.Random) -> str:
    return str(chance.choice(KEYS if chance.random() < 0.7 else TEXTS))


def changed(chance: random.Random, value: Any) -> Any:
    """A body that was in order, with one or more of its parts replaced, doubled or lost."""
    made = copy.deepcopy(value)
    for _ in range(chance.choice([1, 1, 1, 2, 4])):
        at: Any = made
        while isinstance(at, dict) and at and chance.random() < 0.6:
            inner = at[chance.choice(list(at))]
            if not isinstance(inner, dict | list) or not inner:
                break
            at = inner[0] if isinstance(inner, list) else inner
        if isinstance(at, dict):
            at[chance.choice(list(at)) if at and chance.random() < 0.7 else a_key(chance)] = a_value(chance)
    return made


def written(value: Any, *, escaped: bool = True) -> Body:
    return json.dumps(value, ensure_ascii=escaped).encode("utf-8", "surrogatepass")


def torn(chance: random.Random, raw: Body) -> Body:
    """Bytes lost, doubled or other ones."""
    at, end = sorted(chance.randrange(len(raw) + 1) for _ in range(2))
    return raw[:at] + chance.choice([b"", b"\xff\xfe", b"\x00", raw[at:end] * 2, b'"', b"}", b"NaN"]) + raw[end:]


MAKERS: list[Callable[[random.Random, Any], Body]] = [
    lambda chance, usual: written(changed(chance, usual), escaped=chance.random() < 0.8),
    lambda chance, usual: written(a_value(chance)),
    lambda chance, usual: written({a_key(chance): a_value(chance) for _ in range(chance.randint(1, 30))}),
    lambda chance, usual: torn(chance, written(usual)),
    lambda chance, usual: b"[" * chance.choice([20, 3_000]) + b"1",
    lambda chance, usual: written({str(n): n for n in range(chance.choice([60, 999, 1_500]))}),
    lambda chance, usual: written({"k" * 20_000: ["\x00"] * 900}),
    lambda chance, usual: chance.randbytes(chance.choice([1, 50, 400])),
]
WEIGHTS = [40, 15, 15, 15, 3, 4, 1, 7]
ACTION = {"version": 1, "text": "Sudah", "unit": "DBM", "photos": ["x"], "location": {"kelurahan": "31.71.01.1001"}}
RULE = {
    "rule": "malam",
    "when": {"categories": [POTHOLE], "areas": [GAMBIR], "weekdays": [6, 7], "hours": {"from": "22:00", "to": "06:00"}},
    "then": {"receiver": "DSDA", "owners": ["DSDA"]},
    "note": "Hujan",
}
USUAL = {
    "/complaints": DRAFT,
    "/staff/complaints": DRAFT | {"channel": "EMAIL", "contact_confirmed": True},
    "/complaints/{number}/photos": {"content_type": "image/jpeg", "size": 1000},
    "/complaints/{number}/contact/confirmations": {"token": "abcdefgh"},
    "/suppressions": {"token": "abcdefgh"},
    "/staff/messages/{task_id}/case": FILLED | {"version": 1, "photos": False},
    "/staff/messages/{task_id}/reply": {"version": 1, "text": "Terima kasih"},
    "/staff/messages/{task_id}/close": {"version": 1, "reason_code": "spam", "text": "Bukan laporan"},
    "/staff/people": {"user": "wati", "name": "Wati", "role": "opd_officer", "unit": "DBM", "channels": ["EMAIL"]},
    "/staff/units/{unit}/subscribers": {"addresses": ["siti@example.com", "+6281234567890"]},
    "/staff/floods": {"category": POTHOLE, "area": GAMBIR, "hours": 3},
    "/staff/floods/{flood}/off": {},
    "/staff/rules": {"rules": [RULE], "reason": "Musim hujan", "base": 0},
    "/staff/rules/verdicts": {"version": 1, "approved": False, "answer": "Belum"},
    "/staff/rules/rehearsal": {"rules": [RULE]},
    "/reporters/link": {"email": "siti@example.com", "language": "id"},
    "/reporters/addresses": {"token": "abcdefgh"},
    "/reporters/erasures": {},
    **{f"/complaints/{{number}}/actions/{action}": ACTION for action in (*ROWS, "no_such")},
}
PATHS, ACTIONS = ([path for path in USUAL if ("/actions/" in path) is acts] for acts in (False, True))
CALLERS: list[Callable[[str], dict[str, Any]]] = [
    lambda secret: {"secret": secret},
    lambda secret: {"as_": LURAH},
    lambda secret: {"as_": COORDINATOR},
    lambda secret: {"as_": DESK},
    lambda secret: {"as_": ADMINISTRATOR},
]


METHODS = dict.fromkeys(("/staff/rules", "/staff/units/{unit}/subscribers"), "PUT")


def test_every_route_that_reads_json_is_asked() -> None:
    paths = document()["paths"].items()
    read = {path for path, methods in paths for each in methods.values() if _is_json(each.get("requestBody", {}))}

    assert {path for path in read if "/actions/" not in path} <= set(USUAL)


def _is_json(body: dict[str, Any]) -> bool:
    return "application/json" in body.get("content", {})


@pytest.fixture
def city(monkeypatch: pytest.MonkeyPatch) -> CityWithChannels:
    return behind_the_routes(CityWithChannels(), monkeypatch)


@pytest.fixture
def names(http: Http, city: CityWithChannels) -> dict[str, str]:
    """What the addresses name, beside a case."""
    switch = http.post("/staff/floods", USUAL["/staff/floods"], as_=COORDINATOR).json_body
    http.put("/staff/rules", USUAL["/staff/rules"], as_=COORDINATOR)
    return {"task_id": mentioned(city), "unit": next(iter(CITY.units)), "flood": switch["id"]}


@pytest.mark.parametrize("part", range(5))
def test_no_body_makes_a_failure_of_ours_or_a_large_answer(http: Http, names: dict[str, str], part: int) -> None:
    chance = random.Random(SEED * 1000 + part)
    statuses: Counter[int] = Counter()
    largest, worst = 0, b""
    for count in range(BODIES // 5):
        if count % FRESH_CASE == 0:
            case = http.post("/complaints", DRAFT).json_body
        path = chance.choice(PATHS if chance.random() < 0.5 else ACTIONS)
        raw = chance.choices(MAKERS, WEIGHTS)[0](chance, USUAL[path])
        caller = chance.choice(CALLERS)(case["secret"])
        address = path.format(number=case["number"], **names)
        answer = http.send(METHODS.get(path, "POST"), address, raw, **caller)
        statuses[answer.status_code] += 1
        assert answer.status_code < 500, (path, raw[:2_000])
        if len(answer.body) > largest:
            largest, worst = len(answer.body), raw

    print(f"{sum(statuses.values())} bodies: {dict(sorted(statuses.items()))}; largest answer {largest} bytes")
    assert largest <= LARGEST, worst[:2_000]
    assert {400, 404, 413, 422} <= set(statuses)


@pytest.mark.parametrize("action", ["lodge", "no_such", "LODGE", "__class__"])
@pytest.mark.parametrize("caller", CALLERS[:-1])  # an administrator is refused everything about cases
def test_what_is_no_action_on_a_case_is_not_there(http: Any, action: str, caller: Any) -> None:
    case = http.post("/complaints", DRAFT).json_body

    answer = http.post(f"/complaints/{case['number']}/actions/{action}", ACTION, **caller(case["secret"]))

    assert answer.status_code == 404
