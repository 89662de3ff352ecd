"""What a careless provider sends: one malformed event among many, and numbers that are none. What stands beside it is
read all the same, and what cannot be read is one task of a person."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.application.ports.channels import RawMessage
from chalicelib.channels.registry import ADAPTERS
from tests.channels.city_with_channels import CityWithChannels, a_partners_report, from_lapor
from tests.channels.payloads import CHATTING, messenger, sms, whatsapp, whatsapp_place, x

NOW = datetime(2026, 11, 27, tzinfo=UTC)
MANY = 200
WORDS = "Jalan berlubang di depan pasar"
NO_PART: list[Any] = [None, True, 0, 1.5, "words", [], [None], {}, {"id": None}, {"a": [1]}, [[]]]
HUGE = "@huge@"  # stands for a number that JSON can write and nobody can hold
NUMBERS = ["9" * 400, "-" + "9" * 400, "9" * 5_000, "1e999", "NaN", "Infinity", "-Infinity"]
Path = tuple[str | int, ...]
# Where the events of a provider's batch stand, and the events themselves.
LISTS: dict[str, Path] = {
    "WHATSAPP": ("entry", 0, "changes", 0, "value", "messages"),
    "FB": ("entry", 0, "messaging"),
    "MEDSOSGUB": ("entry", 0, "messaging"),
    "X": ("direct_message_events",),
}
# Lists that hold a batch, and lists that stand beside it.
BESIDE: list[tuple[str, Path]] = [
    ("WHATSAPP", ("entry",)),
    ("WHATSAPP", ("entry", 0, "changes")),
    ("WHATSAPP", (*LISTS["WHATSAPP"][:-1], "statuses")),
    ("FB", ("entry",)),
    ("FB", ("entry", 0, "changes")),
    ("MEDSOSGUB", ("entry",)),
    ("MEDSOSGUB", ("entry", 0, "changes")),
    ("X", ("tweet_create_events",)),
]
MAKERS = {channel.code: channel.says for channel in CHATTING if channel.code in LISTS}


def at(whole: Any, path: Path) -> Any:
    for step in path:
        whole = whole[step]
    return whole


def batch(code: str, size: int) -> Any:
    """Many events in one list, each with an id of its own."""
    made = [json.loads(MAKERS[code](f"m{number}", WORDS)) for number in range(size)]
    at(made[0], LISTS[code])[:] = [at(each, LISTS[code])[0] for each in made]
    return made[0]


def kinds(code: str, sent: Any) -> list[str]:
    raw = sent if isinstance(sent, bytes) else json.dumps(sent).encode()
    return sorted(each.kind for each in ADAPTERS[code].read(RawMessage(code, "application/json", raw, NOW)))


@pytest.mark.parametrize("part", NO_PART, ids=repr)
@pytest.mark.parametrize("code", LISTS)
def test_of_two_hundred_events_one_malformed_is_a_persons_and_the_others_are_read(code: str, part: Any) -> None:
    sent = batch(code, MANY)
    at(sent, LISTS[code])[MANY // 2] = part

    read = kinds(code, sent)

    assert read.count("direct") == MANY - 1
    assert set(read) <= {"direct", "unreadable"}
    assert "unreadable" in read or code in ("FB", "MEDSOSGUB")  # of Meta, what has no message is news of one


@pytest.mark.parametrize("part", [True, 0, 1.5, "words"], ids=repr)
@pytest.mark.parametrize(("code", "beside"), BESIDE)
def test_what_is_malformed_beside_a_batch_spoils_none_of_it(code: str, beside: Path, part: Any) -> None:
    sent = batch(code, 3)
    holder, name = at(sent, beside[:-1]), beside[-1]
    holder[name] = [*holder[name], part] if name in holder else part

    assert set(kinds(code, sent)) == {"direct", "unreadable"}
    assert kinds(code, sent).count("direct") == 3


def test_a_batch_of_two_hundred_becomes_cases_and_one_task() -> None:
    city = CityWithChannels()
    makers = [json.loads(whatsapp(f"m{n}", f"{WORDS} nomor {n}", f"62812{n:08}")) for n in range(MANY)]
    at(makers[0], LISTS["WHATSAPP"])[:] = [at(each, LISTS["WHATSAPP"])[0] for each in makers]
    at(makers[0], LISTS["WHATSAPP"])[7] = {"id": "m7", "from": HUGE, "type": "text", "text": {"body": WORDS}}

    city.hears("WHATSAPP", json.dumps(makers[0]).replace(f'"{HUGE}"', "1e999").encode())

    assert (len(city.cases()), len(city.message_tasks.open)) == (MANY - 1, 1)


WITH_NUMBERS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "place of a partner": ("JAKI", lambda: a_partners_report(location={"lat": HUGE, "lon": HUGE})),
    "accuracy of a partner": (
        "QLUE",
        lambda: a_partners_report(location={"lat": -6.1754, "lon": 106.8272, "accuracy_m": HUGE}),
    ),
    "answer to a partner's question": ("JAKI", lambda: a_partners_report(answers={"LANES": HUGE})),
    "unknown field": ("JAKI", lambda: a_partners_report(depth=HUGE)),
    "place of LAPOR!": ("LAPOR1708", lambda: from_lapor(location={"lat": HUGE, "lon": HUGE})),
    "number of LAPOR!": ("LAPOR1708", lambda: from_lapor(tracking_id=HUGE)),
    "part of an SMS": ("SMS", lambda: sms("s1", WORDS, part={"number": HUGE, "of": HUGE})),
    "sender of WhatsApp": ("WHATSAPP", lambda: whatsapp("w1", WORDS, HUGE)),
    "place of WhatsApp": ("WHATSAPP", lambda: whatsapp_place("w1", HUGE, HUGE)),  # type: ignore[arg-type]
    "sender of Messenger": ("FB", lambda: messenger("f1", WORDS, HUGE)),
    "sender of X": ("X", lambda: x("x1", WORDS, HUGE)),
}


@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: number[:9])
@pytest.mark.parametrize(("code", "made"), WITH_NUMBERS.values(), ids=WITH_NUMBERS.keys())
def test_a_number_that_nobody_can_hold_is_no_fault_of_ours(code: str, made: Callable[[], bytes], number: str) -> None:
    city = CityWithChannels()
    raw = made().replace(f'"{HUGE}"'.encode(), number.encode())
    assert number.encode() in raw

    city.hears(code, raw)

    assert len(city.cases()) + len(city.message_tasks.open) == 1
