"""Cases as they grow, decided by the domain: every step of a plausible history, with the rows of the case after
it."""

from collections.abc import Iterable
from dataclasses import replace

from chalicelib.application.ports.cases import CaseFile
from tests.builders import EVERYBODY, MONAS, NOW, NUMBER, Life, a_life, a_photo, a_proof, offered, plausible

BEGUN = NOW
HOUR = 3600
BREACH = "breach"  # the step that rings everything that is due
_UNLIKELY = ("ring", "lapse", "locate", "assign", "refuse", "rate")  # steps that these histories leave to other tests


def a_history(
    steps: Iterable[tuple[str, int]] = (),
    *,
    number: str = NUMBER,
    category: str = "JLN_LUBANG",
    place: tuple[float, float] | None = MONAS,
    visibility: str = "public",
    unit: str | None = None,
    outcome: str = "solved",
    at=BEGUN,
) -> list[CaseFile]:
    """The case after `lodge` and after each (action, seconds since the one before), done by somebody who may."""
    life = a_life(now=at, number=number, category=category, place=place, visibility=visibility)
    if unit:
        life.complaint = replace(life.complaint, unit=unit)
    files = [_file(life, [])]
    for action, seconds in steps:
        life.passes(seconds=seconds)
        _step(life, action, outcome)
        proposed = any(event.action == "propose_done" for event in life.events)
        files.append(_file(life, [replace(a_photo(), number=number)] if proposed else []))
    return files


def _step(life: Life, action: str, outcome: str) -> None:
    if action == BREACH:
        life.rings()
        return
    actor = next(person for person in EVERYBODY if action in offered(life.complaint, person, life.now))
    if action == "propose_done":
        until = {"until": life.now.replace(year=life.now.year + 1)} if outcome == "planned" else {}
        reason = {"reason_code": "no_budget"} if outcome == "cannot" else {}
        life.does(actor, action, sent=a_proof(actor, outcome=outcome, **until, **reason))
    else:
        life.does(actor, action, sent=plausible(action, life.complaint, actor))


def _file(life: Life, photos: list) -> CaseFile:
    return CaseFile(life.complaint, list(life.events), photos, None, tasks=list(life.tasks.values()))


def possible_after(file: CaseFile) -> list[str]:
    """What somebody may do next, each action once, and the breach; for generated histories."""
    complaint, now = file.complaint, file.events[-1].at
    actions = {action for person in EVERYBODY for action in offered(complaint, person, now)} - set(_UNLIKELY)
    return sorted(actions | {BREACH})
