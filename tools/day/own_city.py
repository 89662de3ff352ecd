"""A city of the day's own: `python -m local` on a free port, without a rate limit, in a folder that goes with it."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parents[2]
PLAIN = {"RATE_LIMIT": "0", "DEMO": "0", "WATCH": "0", "WEB": "0"}  # nothing but the city itself
PATIENCE = 300.0  # seconds until it must stand; what takes longer hangs
LONGEST_STOP = 20.0  # seconds


class NoCityError(Exception):
    """The city did not come up; what it printed follows."""


@contextmanager
def running(**environment: str) -> Iterator[str]:
    """Its address, while it runs."""
    port = _free_port()
    with tempfile.TemporaryDirectory(prefix="tanggap-") as home:
        log = Path(home) / "city.out"
        given = {"PORT": str(port), "STATE_DIR": home, **PLAIN, **environment}
        with log.open("w") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "local"], cwd=ROOT, env=os.environ | given, stdout=out, stderr=out
            )
        try:
            yield _standing(f"http://127.0.0.1:{port}", process, log)
        finally:
            _end(process)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _standing(url: str, process: "subprocess.Popen[bytes]", log: Path) -> str:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            if requests.get(f"{url}/_local", headers={"Accept": "application/json"}, timeout=5).ok:
                return url
        except (requests.ConnectionError, requests.Timeout):  # it answers late on a busy machine
            pass
        time.sleep(0.2)
    raise NoCityError(log.read_text()[-4000:])


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(LONGEST_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
