"""Plays the clocks' state machine (infra/clocks.asl.json) with virtual time: how many transitions an execution takes,
which is what Step Functions bills. A transition is counted each time a state is entered."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from chalicelib.application.ports.clocks import Timers
from tools.infra.template import INFRA

Ring = Callable[[dict[str, Any]], dict[str, Any]]
MOST = 1000  # states: a machine that goes round without end is a fault


def definition() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((INFRA / "clocks.asl.json").read_text())
    return found


def walk(
    machine: dict[str, Any], given: dict[str, Any], *, ring: Ring, enter: Callable[[str], None]
) -> Iterator[datetime]:
    """One execution, asleep until each instant that it yields. `enter` hears the name of each state that it enters."""
    name: str | None = machine["StartAt"]
    for _ in range(MOST):
        if name is None:
            return
        enter(name)
        state = machine["States"][name]
        if state["Type"] == "Wait":
            yield datetime.fromisoformat(_at(given, state["TimestampPath"]).replace("Z", "+00:00"))
        elif state["Type"] == "Task":
            given = ring(given)
        name = _next(state, given)
    message = "the state machine does not end"
    raise ValueError(message)


class Executions:
    """Implements Timers by others, and plays what they start until it is stopped. `entered`: the states of all."""

    def __init__(self, timers: Timers, ring: Ring) -> None:
        self.entered: list[str] = []
        self._timers = timers
        self._ring = ring
        self._machine = definition()
        self._started: set[str] = set()
        self._asleep: dict[str, tuple[datetime, Iterator[datetime]]] = {}

    def start(self, number: str, arming: int, until: datetime, *, sleep: int = 1) -> None:
        self._timers.start(number, arming, until, sleep=sleep)
        name = f"{number}-{arming}-{sleep}"
        if name in self._started:
            return
        self._started.add(name)
        given = {"number": number, "arming": arming, "sleep": sleep, "until": until.isoformat()}
        self._go_on(name, walk(self._machine, given, ring=self._ring, enter=self.entered.append))

    def stop(self, number: str, arming: int) -> bool:
        self._asleep.pop(f"{number}-{arming}-1", None)
        return self._timers.stop(number, arming)

    @property
    def wakes_at(self) -> datetime | None:
        """The earliest; None when none sleeps."""
        return min((until for until, _ in self._asleep.values()), default=None)

    def wake(self) -> None:
        """The one that wakes first."""
        name = min(self._asleep, key=lambda one: self._asleep[one][0])
        self._go_on(name, self._asleep.pop(name)[1])

    def _go_on(self, name: str, execution: Iterator[datetime]) -> None:
        until = next(execution, None)
        if until:
            self._asleep[name] = (until, execution)


def _next(state: dict[str, Any], given: dict[str, Any]) -> str | None:
    for choice in state.get("Choices", ()):
        if _at(given, choice["Variable"]) == choice["BooleanEquals"]:
            return str(choice["Next"])
    return state.get("Default") or state.get("Next")


def _at(given: dict[str, Any], path: str) -> Any:
    """`$.name` only: the machine uses nothing else."""
    return given[path.removeprefix("$.")]
