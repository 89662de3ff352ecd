"""A composition root of fakes, in the place of the real one."""

import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest


def stands_in(monkeypatch: pytest.MonkeyPatch, **collaborators: Any) -> None:
    """Handlers that ask `chalicelib.bootstrap` get these, and nothing else."""
    root = ModuleType("chalicelib.bootstrap")
    root.bootstrap = lambda: SimpleNamespace(**collaborators)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "chalicelib.bootstrap", root)
