"""Cases as they grow, decided by the domain: every step of a plausible history, with the rows of the case after
it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from random import Random
from typing import Any

from chalicelib.application.ports.cases import CaseFile
from tests.builders import (
    EVERYBODY,
    MONAS,
    NOW,
    NUMBER,
    Life,
    a_life,
    a_photo,
    a_proof,
    offered,
    plausible,
    with_more_time,
)

BEGUN = NOW
HOUR = 3600
BREACH = "breach"  # the step that rings everything that is due
BY_THE_CLOCK = ("ring", "lapse", "resume")  # what nobody does by hand: a breach plays them, each when it is due


def a_history(
    steps: Iterable[tuple[str, int]] = (), *, unit: str | None = None, outcome: str = "solved", **about: Any
) -> list[CaseFile]:
    """The case after `lodge` and after each (action, seconds since the one before), done by somebody who may.
    `about`: see `_begun`."""
    life = _begun(**about)
    if unit:
        life.complaint = replace(life.complaint, unit=unit)
    files = [_file(life)]
    for action, seconds in steps:
        life.passes(seconds=seconds)
        _step(life, action, outcome)
        files.append(_file(life))
    return files


def grown(chooser: Random, steps: int, **about: Any) -> list[CaseFile]:
    """The case after `lodge` and after each of these steps: what somebody may do then, or a breach."""
    life = _begun(**about)
    files = [_file(life)]
    for _ in range(steps):
        life.passes(seconds=chooser.randrange(1, 9 * HOUR))
        _step(life, chooser.choice(_possible(life)), "solved")
        files.append(_file(life))
    return files


def _begun(
    *,
    number: str = NUMBER,
    category: str = "JLN_LUBANG",
    place: tuple[float, float] | None = MONAS,
    visibility: str = "public",
    reachable: bool = False,
    at: datetime = BEGUN,
) -> Life:
    life = a_life(now=at, number=number, category=category, place=place, visibility=visibility)
    life.complaint = replace(life.complaint, reachable=reachable)
    return life


def _step(life: Life, action: str, outcome: str) -> None:
    if action == BREACH:
        life.rings()
        return
    actor = next(person for person in EVERYBODY if action in offered(life.complaint, person, life.now))
    if action == "propose_done":
        until = {"until": life.now.replace(year=life.now.year + 1)} if outcome == "planned" else {}
        if until:
            life.complaint = with_more_time(life.complaint, until["until"])
        reason = {"reason_code": "no_budget"} if outcome == "cannot" else {}
        life.does(actor, action, sent=a_proof(actor, outcome=outcome, **until, **reason))
    else:
        life.does(actor, action, sent=plausible(action, life.complaint, actor))


def _file(life: Life) -> CaseFile:
    proposed = any(event.action == "propose_done" for event in life.events)
    photos = [replace(a_photo(), number=life.complaint.number)] if proposed else []
    return CaseFile(life.complaint, list(life.events), photos, None, tasks=list(life.tasks.values()))


def _possible(life: Life) -> list[str]:
    """What somebody may do now, each action once, and the breach."""
    actions = {action for person in EVERYBODY for action in offered(life.complaint, person, life.now)}
    return sorted(actions.difference(BY_THE_CLOCK) | {BREACH})
