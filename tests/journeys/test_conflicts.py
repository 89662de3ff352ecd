"""Officers of four units act on one case at once, over HTTP from sixteen threads, all on the version that they have
seen. One of them wins each version; what was answered with success stands in the history; who loses is told what
changed, by which unit, and where the case is now. `CONFLICTS` is the number of actions, 500 unless it is set: with
`CONFLICTS=10000` it takes some minutes."""

import os
import random
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier
from typing import Any

import pytest
import requests

from tests.city import COORDINATOR, LURAH, SUPERVISOR, Case, City, Document, done, standing, told
from tools.day.cases import Stopwatch
from tools.day.table import timings

ACTIONS = int(os.environ.get("CONFLICTS") or 500)
THREADS = 16
ROUNDS = 5  # versions of one case that are fought for
AT_ONCE = "8"  # calls of the API that run at one time
UNITS = {  # of the people who fight
    LURAH: "KEL_31.71.01.1001",
    COORDINATOR: "BIRO_PEM",
    SUPERVISOR: "DBM",
    "kadis-sda": "DSDA",
    "inspektur-1": "INSPEKTORAT",
}
OPDS = ("DBM", "DSDA", "DLH")
OWNER = "DBM"  # of the category: the only one that a kelurahan may name
NEEDS: dict[str, Callable[[str, str], Document]] = {  # of each action that they fight with, by user and present unit
    "coordinate": lambda user, unit: {"unit": OWNER if user == LURAH else another(unit)},
    "start": lambda _, __: {},
    "transfer": lambda _, unit: {"unit": another(unit), "reason_code": "not_ours"},
    "hide": lambda _, __: {"legal_ground": "other"},
    "restore": lambda _, __: {},
}


def another(unit: str) -> str:
    return random.choice([opd for opd in OPDS if opd != unit])


@dataclass(frozen=True)
class Order:
    """`text` is like no other's, so that the history shows whose action it holds."""

    user: str
    action: str
    body: Document

    @property
    def text(self) -> str:
        return str(self.body["text"])


@dataclass(frozen=True)
class Answered:
    order: Order
    answer: requests.Response

    @property
    def body(self) -> Any:
        return self.answer.json()


@pytest.fixture(scope="module")
def contested(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """Its API answers more calls at once than a local city mostly does, so that they meet in the table."""
    with standing(tmp_path_factory.mktemp("contested"), API_WORKERS=AT_ONCE, WEB="0") as (_, city):
        yield city


def orders(case: Case, version: int) -> list[Order]:
    """One for each thread: what whoever sees the case may do now, as often as there is room."""
    offered = [(user, action, needs) for user in UNITS for action, needs in _offers(case, user)]
    chosen = random.sample(offered * THREADS, THREADS)
    return [
        Order(user, action, {**needs, "version": version, "text": f"Tanda {random.getrandbits(60):x}"})
        for user, action, needs in chosen
    ]


def _offers(case: Case, user: str) -> Iterator[tuple[str, Document]]:
    """Only a coordinator places a case as often as they like: from others a transfer may be refused for itself."""
    seen = case.city.get(f"/staff/complaints/{case.number}", user=user)
    view = seen.json() if seen.ok else {"allowed_actions": []}
    for action in view["allowed_actions"]:
        if action in NEEDS and (action != "transfer" or user == COORDINATOR):
            yield action, NEEDS[action](user, view["unit"]["code"])


def fight(case: Case, version: int, pool: ThreadPoolExecutor) -> list[Answered]:
    together, path = Barrier(THREADS), f"/complaints/{case.number}/actions"

    def act(order: Order) -> Answered:
        together.wait()
        return Answered(order, case.city.post(f"{path}/{order.action}", order.body, user=order.user))

    return list(pool.map(act, orders(case, version)))


def winner_of(answers: list[Answered], version: int) -> Answered:
    """The only one. All others were told of it, but for whose unit it took the case out of sight."""
    won = [one for one in answers if one.answer.ok]
    assert len(won) == 1, Counter(one.answer.status_code for one in answers)
    (winner,), unit = won, won[0].body["unit"]["code"]
    assert winner.body["version"] == version + 1
    for loser in (one for one in answers if one is not winner):
        if loser.answer.status_code == 404:
            assert loser.order.user in (SUPERVISOR, "kadis-sda"), loser.order
            continue
        assert (loser.answer.status_code, loser.body["code"]) == (409, "version_conflict"), told(loser.answer)
        changes = [
            (one["version"], one["action"], one["unit"]["code"], one["by"]["unit"]["code"])
            for one in loser.body["changes"]
        ]
        assert (loser.body["version"], changes) == (
            version + 1,
            [(version + 1, winner.order.action, unit, UNITS[winner.order.user])],
        )
    return winner


def history(case: Case) -> list[tuple[int, str, str]]:
    """Version, action and words of each action, as the coordinator reads them."""
    lines = done(case.city.get(f"/staff/complaints/{case.number}", user=COORDINATOR))["timeline"]
    return [(line["version"], line["action"], line["text"]) for line in lines if line["action"] != "lodge"]


def test_of_officers_who_act_at_once_one_wins_and_the_others_are_told_what_changed(contested: City) -> None:
    for user in UNITS:
        contested.token(user)
    statuses: Counter[int] = Counter()
    stopwatch = Stopwatch()

    with ThreadPoolExecutor(THREADS) as pool:
        while statuses.total() < ACTIONS:
            case, winners = contested.lodge(), []
            for version in range(1, ROUNDS + 1):
                with stopwatch.timing(f"{THREADS} actions on one version"):
                    answers = fight(case, version, pool)
                statuses.update(one.answer.status_code for one in answers)
                winners.append(winner_of(answers, version))

            assert history(case) == [
                (version, won.order.action, won.order.text) for version, won in enumerate(winners, start=2)
            ]

    print(f"\n{statuses.total()} actions: {dict(statuses)}\n{timings(stopwatch.taken)}")
