"""Programs that the launcher starts beside itself, ended with it."""

import subprocess
import sys

from local.settings import ROOT

LONGEST_SECONDS = 300  # the first build of the site downloads its libraries


class Programs:
    """`environment` and `mask` are the caller's own: npm may need what functions must not see (a proxy, a registry),
    and what is written into the checkout is not the city's alone."""

    def __init__(self, environment: dict[str, str], mask: int = -1) -> None:
        self._environment = environment
        self._mask = mask
        self._running: set[subprocess.Popen[str]] = set()

    def run(self, *words: str) -> str:
        """Runs a program of this Python to its end. Returns its output if it failed, else ""."""
        program = subprocess.Popen(
            [sys.executable, *words],
            cwd=ROOT,
            env=self._environment,
            umask=self._mask,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._running.add(program)
        try:
            said, _ = program.communicate(timeout=LONGEST_SECONDS)
        except subprocess.TimeoutExpired:
            program.kill()
            said, _ = program.communicate()
        self._running.discard(program)
        return said.strip()[-2000:] or f"status {program.returncode}" if program.returncode else ""

    def end(self) -> None:
        for program in list(self._running):
            program.terminate()
