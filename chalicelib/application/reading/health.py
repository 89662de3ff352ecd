"""Whether the city answers: the version that runs, and what it cannot do without."""

from collections.abc import Callable, Mapping
from typing import Any

from chalicelib.domain.errors import UnavailableError


class Health:
    """`checks`: cheap calls by name, each raising UnavailableError when its dependency does not answer."""

    def __init__(self, *, version: str, stage: str, checks: Mapping[str, Callable[[], object]]) -> None:
        self._version = version
        self._stage = stage
        self._checks = checks

    def __call__(self) -> dict[str, Any]:
        states = {name: _state(check) for name, check in self._checks.items()}
        return {"version": self._version, "stage": self._stage, "dependencies": states}


def _state(check: Callable[[], object]) -> str:
    try:
        check()
    except UnavailableError:
        return "unavailable"
    return "ok"
