"""docs/lifecycle.md from the table: every action as a row, every status as a state of a diagram."""

from collections.abc import Iterable

from chalicelib.domain import labels
from chalicelib.domain.complaint import ENDED, FINAL, STATUSES
from chalicelib.domain.lifecycle import GRANT_ROLES, OUTCOMES, REASONS, TABLE, Row

MARK = "<!-- Generated from chalicelib/domain/lifecycle.py by `python -m tools generate`. Do not edit. -->"
INTRODUCTION = """# The lifecycle

Who may do what, when, and what it does. *From* and *to* are statuses, `same` means that the status stays.
A need that ends in `?` is optional. A *quiet* action raises no version, so that nobody's view goes stale.
Every change of status tells the reporter; *tells* names who is told besides.
A rejected case that lapses stays rejected; a case recategorised after `waiting` is coordinated at its new lead;
`answer`, `resume` and `unmerge` lead back to the status before.
An action that is not *built* is offered to nobody and answers 409 `state_forbids`."""

STAYS = {("lapse", "rejected")}  # what the row's `to` does not say


def page() -> str:
    """The whole page."""
    parts = (MARK, INTRODUCTION, _statuses(), _grants(), _actions(), _codes(), _diagram())
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


def _actions() -> str:
    head = ("action", "from", "to", "who", "needs", "stops", "starts", "tells", "")
    return "## Actions\n\n" + _table(head, (_action(row) for row in TABLE))


def _action(row: Row) -> tuple[str, ...]:
    marks = (("quiet", row.quiet), ("not built yet", not row.built))
    return (
        f"`{row.action}`",
        "any" if row.sources == STATUSES else _listed(row.sources),
        row.to or "same",
        _listed(row.who),
        _listed(row.needs),
        _listed(row.stops),
        _listed(row.starts),
        _listed(row.tells),
        _listed((name for name, marked in marks if marked), none=""),
    )


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
        for source in row.sources or ("[*]",):
            if row.built and row.to and source != row.to and (row.action, source) not in STAYS:
                yield source, row.to, row.action
