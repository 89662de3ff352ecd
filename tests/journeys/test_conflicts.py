"""Sixteen officers act on the same cases at once, over HTTP: each version is decided by one of them, nothing that was
answered with success is lost, and who loses is told what changed and by which unit. `CONFLICTS` is the number of
actions; 500 unless it is set."""

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import islice, product
from typing import Any

from tests.city import COORDINATOR, LURAH, Case, City, done

THREADS = 16
ACTIONS = int(os.environ.get("CONFLICTS", "500"))
PER_ROUND = 16  # actions that all saw the same version
UNITS = ("DBM", "DSDA")


def rivals(case: Case, version: int) -> list[tuple[str, str, dict[str, Any]]]:
    """Whoever may act on the case as it stands, each with something of their own to do: user, action, body."""
    view = case.staff(COORDINATOR)
    other = next(unit for unit in UNITS if unit != view["unit"]["code"])
    seen = {"version": version}
    hand_on = {**seen, "unit": other, "reason_code": "not_ours", "text": "Bukan kewenangan kami"}
    if view["status"] == "waiting" and version == 1:
        firsts = product((LURAH, COORDINATOR), UNITS)
        return [(user, "coordinate", {**seen, "unit": unit}) for user, unit in firsts]
    return [
        (COORDINATOR, "transfer", hand_on),
        (
            COORDINATOR,
            "hide" if view["hidden"] is None else "restore",
            {**seen, "legal_ground": "other", "text": "Cek"},
        ),
    ]


def a_round(city: City, case: Case, version: int, pool: ThreadPoolExecutor) -> list[Any]:
    """All at once, of one version; the answers."""
    who = rivals(case, version)
    orders = list(islice((order for _ in range(PER_ROUND) for order in who), PER_ROUND))
    if any(action == "restore" for _, action, _ in orders):
        orders = [
            (u, a, {k: v for k, v in b.items() if k != "legal_ground"} if a == "restore" else b) for u, a, b in orders
        ]
    path = f"/complaints/{case.number}/actions"
    return list(pool.map(lambda order: city.post(f"{path}/{order[1]}", order[2], user=order[0]), orders))


def check(answers: list[Any], version: int) -> None:
    """One of them won; everybody else was told of that version and by whom."""
    won = [answer.json() for answer in answers if answer.ok]
    lost = [answer.json() for answer in answers if not answer.ok]
    assert len(won) == 1, Counter(answer.status_code for answer in answers)
    assert {problem["status"] for problem in lost} == {409}
    assert {problem["code"] for problem in lost} == {"version_conflict"}
    assert {problem["version"] for problem in lost} == {version + 1}
    told = {tuple((change["version"], change["unit"]["code"]) for change in p["changes"]) for p in lost}
    assert told == {((version + 1, won[0]["unit"]["code"]),)}


def test_of_officers_who_act_at_once_one_wins_and_the_others_are_told_what_changed(city: City) -> None:
    sent = 0
    with ThreadPoolExecutor(THREADS) as pool:
        while sent < ACTIONS:
            case, wins = city.lodge(), 0
            for version in range(1, 6):
                answers = a_round(city, case, version, pool)
                check(answers, version)
                sent, wins = sent + len(answers), wins + 1
                if sent >= ACTIONS:
                    break
            view = done(city.get(f"/staff/complaints/{case.number}", user=COORDINATOR))
            lines = [line["version"] for line in view["timeline"] if line["action"] not in ("ring", "comment")]
            assert lines == list(range(1, wins + 2))  # contiguous, none twice
            assert view["version"] == wins + 1
    assert sent >= ACTIONS
