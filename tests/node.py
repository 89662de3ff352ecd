"""The machine's own JavaScript, or the one beside the tests' Python: what a stranger would run."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

BESIDE = Path(sys.executable).parent / "node"
NODE = shutil.which("node") or (str(BESIDE) if BESIDE.exists() else None)
needs_node = pytest.mark.skipif(NODE is None, reason="no node on this machine")


def run(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """One run of node; `given` is its standard input."""
    return subprocess.run([str(NODE), *arguments], input=given, capture_output=True, text=True, check=False)
