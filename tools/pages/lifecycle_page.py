"""docs/lifecycle.md from the table: every action as a row, every status as a state of a diagram."""

from collections.abc import Iterable

from chalicelib.domain import clocks, labels, ladder
from chalicelib.domain.case.complaint import ENDED, FINAL, STATUSES
from chalicelib.domain.conditions import CONDITIONS
from chalicelib.domain.grants import GRANT_ROLES
from chalicelib.domain.lifecycle import BEFORE, TABLE, Row, moves
from chalicelib.domain.reasons import OUTCOMES, REASONS

MARK = "<!-- Generated from chalicelib/domain/lifecycle.py by `python -m tools generate`. Do not edit. -->"
INTRODUCTION = """# The lifecycle

Who may do what, when, and what it does. *From* and *to* are statuses, `same` means that the status stays.
Of the clocks that an action pauses or resumes, the one that was started last is meant.
A need that ends in `?` is optional. A *quiet* action raises no version, so that nobody's view goes stale.
Every change of status tells the reporter; *tells* names who is told besides.
An action that is not *built* is offered to nobody and answers 409 `state_forbids`."""


def page() -> str:
    """The whole page."""
    parts = (MARK, INTRODUCTION, _statuses(), _grants(), _conditions(), _actions(), _ladder(), _codes(), _diagram())
    return "\n\n".join(parts) + "\n"


def _table(head: Iterable[str], lines: Iterable[Iterable[str]]) -> str:
    names = list(head)
    rows = [names, ["---"] * len(names), *(list(line) for line in lines)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in rows)


def _listed(codes: Iterable[str], none: str = "–") -> str:
    return ", ".join(codes) or none


def _statuses() -> str:
    lines = (_status(code) for code in STATUSES)
    return "## Statuses\n\n" + _table(("code", "official word", "in plain words", "in English", ""), lines)


def _status(code: str) -> tuple[str, ...]:
    label = labels.STATUS[code]
    kind = "final" if code in FINAL else "ended" if code in ENDED else "open"
    return f"`{code}`", label.official, label.public.id, label.public.en, kind


def _grants() -> str:
    lines = ((f"`{grant}`", _listed(roles)) for grant, roles in GRANT_ROLES.items())
    return "## Grants, and the roles that can hold them\n\n" + _table(("grant", "roles"), lines)


def _conditions() -> str:
    lines = ((f"`{name}`", condition.sentence) for name, condition in CONDITIONS.items())
    return "## Conditions\n\n" + _table(("condition", "holds when"), lines)


def _actions() -> str:
    head = ("action", "from", "to", "who", "when", "needs", "clocks", "tells", "")
    return "## Actions\n\n" + _table(head, (_action(row) for row in TABLE))


def _action(row: Row) -> tuple[str, ...]:
    marks = (("quiet", row.quiet), ("not built yet", not row.built))
    return (
        f"`{row.action}`",
        "any" if row.sources == STATUSES else _listed(row.sources),
        _target(row),
        _listed(row.who),
        _listed(row.when),
        _listed(row.needs),
        _clocks(row),
        _listed(row.tells),
        _listed((name for name, marked in marks if marked), none=""),
    )


def _target(row: Row) -> str:
    if row.to is None or isinstance(row.to, str):
        return {None: "same", BEFORE: "the status before"}.get(row.to, row.to)
    return _listed(f"{to} from {source}" for source, to in row.to.items())


def _clocks(row: Row) -> str:
    verbs = (("stops", row.stops), ("starts", row.starts), ("pauses", row.pauses), ("resumes", row.resumes))
    said = [f"{verb} {_listed(kinds)}" for verb, kinds in verbs if kinds]
    return "; ".join([*said, *(["moves the timer"] if row.arms else [])]) or "–"


def _ladder() -> str:
    short = {step.rung for step in ladder.SHORT}
    lines = (
        (f"`{step.rung}`", _when(step), step.hears, step.message, _clocks_of(step, short)) for step in ladder.LADDER
    )
    return "## The ladder of a clock\n\n" + _table(("rung", "rings", "the topic of", "as", "on"), lines)


def _when(step: ladder.LadderStep) -> str:
    if step.share is not None:
        return f"at {step.share:.0%} of its running time"
    hours = int(step.after.total_seconds()) // 3600
    return f"{hours} hours after the due time" if hours else "when the due time has passed"


def _clocks_of(step: ladder.LadderStep, short: set[str]) -> str:
    others = [kind for kind in clocks.KINDS if kind not in (*clocks.LADDER, *clocks.ENDING)]
    return _listed((*clocks.LADDER, *(others if step.rung in short else ())))


def _codes() -> str:
    lines = [(f"`{action}`", _listed(reasons)) for action, reasons in REASONS.items()]
    lines.append(("outcome of `propose_done`", _listed(OUTCOMES)))
    return "## Reason codes and outcomes\n\n" + _table(("of", "codes"), lines)


def _diagram() -> str:
    """Built rows that change the status; one arrow for all actions between the same two."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for source, to, action in _moves():
        arrows.setdefault((source, to), []).append(action)
    lines = [f"    {source} --> {to}: {', '.join(names)}" for (source, to), names in arrows.items()]
    ends = [f"    {code} --> [*]" for code in STATUSES if code in FINAL]
    return "## From status to status\n\n```mermaid\nstateDiagram-v2\n" + "\n".join([*lines, *ends]) + "\n```"


def _moves() -> Iterable[tuple[str, str, str]]:
    for row in TABLE:
        pairs = moves(row) if row.sources else [("[*]", str(row.to))]
        yield from ((source, to, row.action) for source, to in pairs if row.built and source != to)
