"""The form of a verb: the type of its needs, what may be wrong with them, its effect, its tasks, and the facts that go
on record. Status, clocks, rights and messages are the row's (lifecycle.py)."""

from collections.abc import Callable
from typing import Any, Generic

from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.tasks import Task
from chalicelib.domain.errors import FieldError
from chalicelib.domain.situation import N_co, Situation
from chalicelib.domain.values import dataclass

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Beside:
    """Another case that changes with the one that was acted on, quietly: as it was loaded and as it becomes. Its line
    of the history has these facts and the name of `action`, by default of the one that was done."""

    before: Complaint
    after: Complaint
    facts: Facts
    action: str | None = None


def _no_faults(_situation: Situation[Any]) -> list[FieldError]:
    return []


def _never(_situation: Situation[Any]) -> bool:
    return False


def _no_effect(changed: Complaint, _situation: Situation[Any]) -> Complaint:
    return changed


def _no_facts(_changed: Complaint, _situation: Situation[Any]) -> Facts:
    return {}


def _no_words(_situation: Situation[Any]) -> dict[str, object]:
    return {}


def _no_others(_changed: Complaint, _situation: Situation[Any]) -> tuple[Beside, ...]:
    return ()


def _no_tasks(_changed: Complaint, _situation: Situation[Any]) -> tuple[Task, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Verb(Generic[N_co]):
    """`faults`: what is wrong with the needs in this situation, beyond a required field that is missing. `full`:
    whether the case takes no more of it, whatever its row permits (409 state_forbids). `effect` gets the case with its
    new status and clocks, and answers it with everything else changed. `facts`: codes, ids, times and hashes for the
    event, never words. `words`: erasable ones beside those of the needs. `tasks`: those that it opens, moves or
    settles. `others`: the other cases that change with it."""

    needs: type[N_co]
    faults: Callable[[Situation[N_co]], list[FieldError]] = _no_faults
    full: Callable[[Situation[N_co]], bool] = _never
    effect: Callable[[Complaint, Situation[N_co]], Complaint] = _no_effect
    facts: Callable[[Complaint, Situation[N_co]], Facts] = _no_facts
    words: Callable[[Situation[N_co]], dict[str, object]] = _no_words
    tasks: Callable[[Complaint, Situation[N_co]], tuple[Task, ...]] = _no_tasks
    others: Callable[[Complaint, Situation[N_co]], tuple[Beside, ...]] = _no_others
