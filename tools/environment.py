"""`python tools/environment.py FILE`: installs the pins of a file into the environment of the interpreter that runs it,
by uv, which takes seconds where pip takes half a minute. uv itself comes by pip, with its own pin. Where uv has no
wheel, or does not reach what pip reaches (a proxy, a certificate), pip installs everything. Either way each file has
the hash of its pin. The standard library only: nothing else is there yet."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV_PINS = ROOT / "requirements-lock.txt"
# The pins are complete (make lock), so nothing is resolved here.
HASHED = ("--quiet", "--no-deps", "--require-hashes", "--only-binary", ":all:")
INDEX, UV_INDEX = ".index-url", "UV_DEFAULT_INDEX"  # pip's setting, and uv's variable


def main(arguments: list[str]) -> int:
    """The exit status of what installed."""
    (pins,) = arguments
    return 0 if _by_uv(pins) else _by_pip(pins)


def _by_uv(pins: str) -> bool:
    uv = Path(sys.executable).with_name("uv")
    if _by_pip(str(UV_PINS), quiet=True):
        return False
    words = [str(uv), "pip", "install", "--python", sys.executable, *HASHED, "-r", pins]
    return subprocess.run(words, env=_environment(), stderr=subprocess.DEVNULL, check=False).returncode == 0


def _by_pip(pins: str, *, quiet: bool = False) -> int:
    words = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--no-compile", *HASHED, "-r", pins]
    return subprocess.run(words, stderr=subprocess.DEVNULL if quiet else None, check=False).returncode


def _environment() -> dict[str, str]:
    """Pip's own index, which uv does not read by itself; what uv is told counts first."""
    done = subprocess.run([sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False)
    index = index_of(done.stdout)
    return ({UV_INDEX: index} if index else {}) | os.environ


def index_of(listed: str) -> str:
    """The index in what `pip config list` shows, where the environment's words stand last; empty: the public one."""
    found = (line.partition("=") for line in listed.splitlines())
    return ([value.strip("'\"") for name, _, value in found if name.endswith(INDEX)] or [""])[-1]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
