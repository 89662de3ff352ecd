"""One report of the day: what was planned, what the city answered, what was done about it."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from time import perf_counter
from typing import Any

from tools.day.plans import Plan

CITIZEN, OFFICER = "citizen", "officer"


@dataclass(frozen=True, slots=True)
class Done:
    """An action that the city accepted: by whom, and the status that its answer showed."""

    action: str
    by: str
    status: str


@dataclass
class Case:
    """`status`, `unit` and `located` as last shown, `first_unit` as the receipt said; `todo`: the steps still to come;
    `troubles`: what went wrong while acting, as sentences. `photos`: the reporter's, by id, with the state that each
    must come to; `proofs`: uploads of officers that no action has named yet. `opened`: soon, late, or "" while nobody
    has shown that the address is the reporter's. `survivor`: the case into which it was merged; `taken_in`: how many
    were merged into this one. `followed`: the follower's address, and how many actions it came after."""

    plan: Plan
    number: str
    secret: str | None
    first_unit: str
    reported_at: datetime
    todo: list[str]
    unit: str
    located: bool
    status: str = "waiting"
    done: list[Done] = field(default_factory=list)
    photos: dict[str, str] = field(default_factory=dict)
    proofs: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    opened: str = ""
    survivor: "Case | None" = None
    taken_in: int = 0
    followed: tuple[str, int] | None = None

    @property
    def category(self) -> str:
        """As it is called now."""
        return self.plan.sorted_as if self.has_done("recategorise") else self.plan.category

    @property
    def is_erased(self) -> bool:
        return self.has_done("erase")

    def has_done(self, action: str) -> bool:
        return any(one.action == action for one in self.done)

    @property
    def area(self) -> str | None:
        return self.plan.area if self.located else None

    def was(self, action: str, by: str, view: dict[str, Any]) -> None:
        """Takes the answer to an action."""
        self.status, self.unit = view["status"], view["unit"]["code"]
        self.located = view["area"] is not None
        self.done.append(Done(action, by, view["status"]))


class Stopwatch:
    """Seconds that calls took, by what they were."""

    def __init__(self) -> None:
        self.taken: dict[str, list[float]] = defaultdict(list)

    @contextmanager
    def timing(self, what: str) -> Iterator[None]:
        begun = perf_counter()
        yield
        self.taken[what].append(perf_counter() - begun)

    def add(self, what: str, seconds: float) -> None:
        self.taken[what].append(seconds)
