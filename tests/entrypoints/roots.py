"""A composition root of fakes, in the place of the real one."""

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


def stands_in(monkeypatch: pytest.MonkeyPatch, **collaborators: Any) -> None:
    """Handlers that ask `chalicelib.bootstrap` get these, and nothing else."""
    root = ModuleType("chalicelib.bootstrap")
    root.__path__ = [str(ROOT / "chalicelib/bootstrap")]  # its parts are found, whoever imports one first
    root.bootstrap = lambda: SimpleNamespace(**collaborators)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "chalicelib.bootstrap", root)
