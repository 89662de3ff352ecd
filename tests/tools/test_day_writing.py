"""What people write in the day: the providers' payloads are ones that the city reads, the desk sees to each message,
and what is lost or answered wrongly is found."""

import base64
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from types import SimpleNamespace
from typing import Any, cast

import pytest

from chalicelib.application.ports.channels import ChannelSecret, RawMessage
from chalicelib.channels.registry import ADAPTERS
from tests.tools.day_builders import REPORTED, RULES, a_case, mail
from tools.day.cases import Stopwatch
from tools.day.channels import IN_PUBLIC, WRITTEN
from tools.day.client import City
from tools.day.judging.expected import Told
from tools.day.judging.held import told_faults
from tools.day.judging.letters import to_reporter
from tools.day.mix import Mix
from tools.day.places import NearCentroids
from tools.day.plans import Plan
from tools.day.writing.matters import ANSWER, ANSWERED, SIGNED, Matter, asides, reports
from tools.day.writing.writers import Writers

SECRET = "whsec_" + base64.b64encode(b"of the city's own").decode()


@cache
def a_day() -> list[Plan]:
    chance = random.Random(1)
    plans = Mix(RULES, NearCentroids(RULES.areas, chance), chance).day(600)
    return [plan for plan in plans if plan.is_written]


def written() -> list[Matter]:
    plans, chance = a_day(), random.Random(2)
    return [*reports(plans, chance), *asides(plans, chance)]


MATTERS = {(matter.channel, matter.in_public): matter for matter in written()}


def read(matter: Matter) -> list[Any]:
    now, raw = datetime.now(UTC), matter.raw
    headers = SIGNED[matter.channel](raw, SECRET)
    adapter = ADAPTERS[matter.channel]
    named = {name.lower(): value for name, value in headers.items()}
    adapter.check(named, raw, ChannelSecret((SECRET,)), now)
    return adapter.read(RawMessage(matter.channel, headers["Content-Type"], raw, now))


def test_every_channel_is_written_to_in_private_and_where_it_has_a_page_in_public() -> None:
    assert set(MATTERS) == {(channel, False) for channel in WRITTEN} | {(channel, True) for channel in IN_PUBLIC}


@pytest.mark.parametrize("where", MATTERS, ids=str)
def test_what_a_provider_sends_is_taken_and_read_as_it_was_written(where: tuple[str, bool]) -> None:
    matter = MATTERS[where]

    (said,) = read(matter)

    assert matter.mark in said.text
    assert (said.kind, said.public) == ("mention" if matter.in_public else "direct", matter.in_public)
    assert said.address == (matter.message_id if matter.in_public else matter.person)


def test_a_letter_brings_its_photos() -> None:
    letters = [matter for matter in written() if matter.channel == "EMAIL" and matter.plan and matter.plan.photos]

    assert [[p.data for p in read(matter)[0].attachments] for matter in letters] == [
        list(matter.plan.photos) for matter in letters if matter.plan
    ]
    assert letters


def test_of_a_shielded_matter_nothing_is_written_in_free_words() -> None:
    assert not any(RULES.is_shielded(plan.category) for plan in a_day())


def test_what_the_city_took_for_something_else_is_sorted_first_and_lies_somewhere_before() -> None:
    plan = replace(a_day()[0], story="confirmed", placed=False, contact="x")

    sorted_, missorted = plan.taken_as(plan.category), plan.taken_as("LAIN")

    assert "recategorise" not in sorted_.steps
    assert (missorted.steps[:2], missorted.sorted_as) == (["locate", "recategorise"], plan.category)


def test_every_other_letter_comes_as_ses_leaves_it() -> None:
    letters = [matter for matter in written() if matter.channel == "EMAIL"]

    for letter in letters:
        _, desk = seen_to(letter, there=False)
        ((where, raw),) = desk.done
        assert where == (letter.message_id if letter.is_received_by_ses else "/api/channels/email")
        assert letter.mark.encode() in raw
    assert {letter.is_received_by_ses for letter in letters} == {True, False}


def test_whoever_wrote_in_public_can_do_nothing_later() -> None:
    told = {step for plan in a_day() if plan.in_public for step in plan.steps}

    assert told.isdisjoint({"confirm", "object", "withdraw", "erase", "ask_aloud"})


class Desk:
    """A city whose inbox holds what was written in public, and which answers whatever is done."""

    def __init__(self, matters: list[Matter]) -> None:
        self._said = {f"t{n}": matter.text for n, matter in enumerate(matters)}
        self.channels = {channel.lower(): {"secret": SECRET} for channel in WRITTEN}
        self.done: list[tuple[str, Any]] = []

    def send(self, path: str, raw: bytes, headers: Any) -> None:
        self.done.append((path, raw))

    def queue(self, _user: str, _named: str) -> list[dict[str, Any]]:
        return [{"task_id": name} for name in self._said]

    def get(self, path: str, user: str) -> dict[str, Any]:
        name = path.rpartition("/")[2]
        return {"task_id": name, "version": 1, "said": self._said[name]}

    def post(self, path: str, body: Any, user: str) -> dict[str, Any]:
        self.done.append((path.rpartition("/")[2], body))
        return {}

    def mailbox(self, to: str) -> list[Any]:
        return []


def seen_to(*matters: Matter, there: bool = True) -> tuple[Writers, Desk]:
    desk = Desk(list(matters) if there else [])
    writers = Writers(cast("City", desk), Stopwatch(), lambda *received: desk.done.append(received))
    for matter in matters:
        writers.write(matter)
    writers.cases(lambda _: None, quiet=0)
    return writers, desk


QUESTION = next(matter for matter in written() if matter.ends == ANSWERED)
AD = Matter("X", "17", "18", "Jual pulsa. tanda19", "tanda19", ends="closed")


def posted(text: str = ANSWER, to: str = QUESTION.message_id) -> dict[str, Any]:
    return {"to": to, "event": "reply", "text": text}


def test_the_desk_answers_a_question_and_closes_what_is_none() -> None:
    writers, desk = seen_to(QUESTION, AD)

    assert [step for step, _ in desk.done if step in ("reply", "close")] == ["reply", "close"]
    assert (writers.missed, writers.answer_faults([posted()])) == ([], [])


@pytest.mark.parametrize(
    "mailbox",
    [[], [posted(), posted()], [posted("Lain")], [posted(to="elsewhere")], [posted(), posted(to=AD.message_id)]],
    ids=["lost", "twice", "other words", "elsewhere", "the advertisement too"],
)
def test_an_answer_that_is_lost_twice_or_elsewhere_is_found(mailbox: list[Any]) -> None:
    writers, _ = seen_to(QUESTION, AD)

    assert writers.answer_faults(mailbox)


@pytest.mark.parametrize("where", MATTERS, ids=str)
def test_what_came_to_nothing_is_missed(where: tuple[str, bool]) -> None:
    writers, _ = seen_to(MATTERS[where], there=False)

    assert writers.missed == [f"nothing came of what was written on {where[0]}: {MATTERS[where].mark}"]


WAY = {"x": (0, 1, 2), "facebook": (0, 1)}


@pytest.mark.parametrize("way", WAY)
def test_on_a_messenger_everything_is_told_while_its_provider_lets_us_write(way: str) -> None:
    times = [REPORTED, REPORTED + timedelta(hours=23), REPORTED + timedelta(hours=25)]
    due = Told(["waiting", "assigned", "closed"], [], [at.isoformat() for at in times])
    case = a_case(plan=replace(a_case().plan, channel={"x": "X", "facebook": "FB"}[way], contact=way))

    def faults(*places: int) -> list[str]:
        return told_faults(case, [mail(due.citizen[n], at=due.times[n]) for n in places], due)

    assert [places for places in ((), (0,), (0, 1), (0, 1, 2)) if not faults(*places)] == [WAY[way]]


def test_a_question_in_a_conversation_tells_nothing_of_the_case() -> None:
    plain = SimpleNamespace(**{"plan": a_case().plan, "followed": None})

    told = to_reporter(cast("Any", plain), [mail("waiting"), mail("talk_place_asked", kind="x")])

    assert [message["event"] for message in told] == ["waiting"]
