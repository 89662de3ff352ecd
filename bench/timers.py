"""Runs the clocks' state machine (infra/clocks.asl.json) with virtual time: how many transitions an execution takes,
which is what Step Functions bills. A transition is counted each time a state is entered."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from tools.infra.template import INFRA

Ring = Callable[[dict[str, Any]], dict[str, Any]]
MOST = 1000  # states: a machine that goes round without end is a fault


def definition() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((INFRA / "clocks.asl.json").read_text())
    return found


def run(machine: dict[str, Any], given: dict[str, Any], *, ring: Ring, sleep: Callable[[datetime], None]) -> list[str]:
    """The names of the states entered, in order. `sleep` moves the virtual clock to an instant."""
    entered: list[str] = []
    name: str | None = machine["StartAt"]
    while name is not None:
        if len(entered) == MOST:
            message = "the state machine does not end"
            raise ValueError(message)
        entered.append(name)
        state = machine["States"][name]
        if state["Type"] == "Wait":
            sleep(datetime.fromisoformat(_at(given, state["TimestampPath"]).replace("Z", "+00:00")))
        elif state["Type"] == "Task":
            given = ring(given)
        name = _next(state, given)
    return entered


def _next(state: dict[str, Any], given: dict[str, Any]) -> str | None:
    for choice in state.get("Choices", ()):
        if _at(given, choice["Variable"]) == choice["BooleanEquals"]:
            return str(choice["Next"])
    return state.get("Default") or state.get("Next")


def _at(given: dict[str, Any], path: str) -> Any:
    """`$.name` only: the machine uses nothing else."""
    return given[path.removeprefix("$.")]
