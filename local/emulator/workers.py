"""How many calls of a function run at once, and how many idle processes stay.

The emulator starts one process per concurrent call, without a ceiling, and refuses instead of waiting at a reserved
concurrency. One gate around its dispatcher makes every caller wait: the API, queues, timers and the schedule."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from local.emulator.function_processes import ForkServers
from local.emulator.function_workers import FunctionWorker

IDLE_SECONDS = 40


class Permits:
    """Waiting places per function, and one lever that stops them all."""

    def __init__(self, limit_of: Callable[[str], int]) -> None:
        self._limit_of = limit_of
        self._running: Counter[str] = Counter()
        self._changed = threading.Condition()
        self._holders = 0
        self.calls = 0

    @contextmanager
    def one(self, function: str) -> Iterator[None]:
        with self._changed:
            self._changed.wait_for(lambda: not self._holders and self._running[function] < self._limit_of(function))
            self._running[function] += 1
        try:
            yield
        finally:
            with self._changed:
                self._running[function] -= 1
                self.calls += 1
                self._changed.notify_all()

    @contextmanager
    def all(self, patience: float = 35) -> Iterator[None]:
        """Waits until nothing runs, and lets nothing begin before the block ends."""
        with self._changed:
            self._holders += 1
            self._changed.wait_for(lambda: not sum(self._running.values()), timeout=patience)
        try:
            yield
        finally:
            with self._changed:
                self._holders -= 1
                self._changed.notify_all()

    @property
    def busy(self) -> int:
        return sum(self._running.values())


class FunctionLog:
    """What functions print, in one file. The emulator would keep a log stream per call in memory instead."""

    LARGEST = 20_000_000

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("a", encoding="utf-8")

    def write(self, func: dict, request_id: str, text: str, error: bool, duration_ms: int, **_: Any) -> None:
        name = (func.get("config") or func).get("FunctionName", "?")
        end = "FAILED" if error else "ok"
        self._file.write(f"{text}\n" if text else "")
        self._file.write(f"-- {name} {request_id} {duration_ms} ms {end}\n")
        self._file.flush()
        if self._file.tell() > self.LARGEST:
            self._file.close()
            self._path.replace(self._path.with_suffix(".old.log"))
            self._file = self._path.open("a", encoding="utf-8")


class Workers:
    """The processes that run functions."""

    def __init__(self, permits: Permits, log: "FunctionLog") -> None:
        self.permits = permits
        self._log = log
        self._servers = ForkServers()

    def install(self) -> None:
        """Puts the permits around the emulator's dispatcher, and processes of ours beneath it. Its callers wait in
        threads of their own, but for the stream's, which runs one batch at a time anyway."""
        from ministack.core import lambda_runtime
        from ministack.services import lambda_svc

        dispatch = lambda_svc._execute_function_dispatch

        def permitted(func: dict, config: dict, event: Any, request_id: str, started: float) -> dict:
            name = config.get("FunctionName", "")
            with self.permits.one(name):
                return dispatch(func, config, event, request_id, started)

        lambda_svc._execute_function_dispatch = permitted
        lambda_svc._emit_lambda_logs = self._log.write
        lambda_runtime._worker_class_for = lambda _: partial(FunctionWorker, self._servers)

    def stop_idle(self, older_than: float = 0) -> int:
        """Ends processes that have waited for work so many seconds; answers how many."""
        from ministack.core import lambda_runtime

        now, ended = time.time(), []
        with lambda_runtime._lock:
            for key, pool in list(lambda_runtime._workers.items()):
                stay = [w for w in pool if w.in_use or now - w.last_used < older_than]
                ended += [w for w in pool if w not in stay]
                lambda_runtime._workers[key] = stay
        lambda_runtime.kill_workers(ended)
        return len(ended)

    def reap(self) -> int:
        """All of them: the first click after a pause waits for a fork only, a machine at rest keeps its memory."""
        return self.stop_idle(IDLE_SECONDS)
