"""Threads that are used again. The emulator begins one for each call of a function and for each execution, without a
limit, since a call may need another one to end: there is none here either. To begin a thread is as dear as what most of
them do."""

import contextvars
import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Any

IDLE_SECONDS = 5.0  # that a thread waits for more work


class Threads:
    """In place of the module `threading`, for who begins many."""

    def __init__(self, idle_seconds: float = IDLE_SECONDS) -> None:
        self._idle_seconds = idle_seconds
        self._idle: list[SimpleQueue[Work]] = []  # the last one is taken first, so that the others may end

    def Thread(  # noqa: N802 - as there
        self, target: Callable[..., Any], args: tuple[Any, ...] = (), *, daemon: bool = True, name: str | None = None
    ) -> "Work":
        if not daemon:
            message = "a thread that others wait for at the end"
            raise ValueError(message)
        return Work(self, target, args, name)

    @property
    def free(self) -> int:
        """Threads that wait for work."""
        return len(self._idle)

    def begin(self, work: "Work") -> None:
        """Raises RuntimeError when there can be no more threads."""
        try:
            place = self._idle.pop()
        except IndexError:
            threading.Thread(target=self._serve, args=(work,), daemon=True, name=work.name).start()
        else:
            place.put(work)

    def _serve(self, work: "Work | None") -> None:
        place: SimpleQueue[Work] = SimpleQueue()
        while work:
            work.do()
            self._idle.append(place)
            work = self._next(place)

    def _next(self, place: "SimpleQueue[Work]") -> "Work | None":
        try:
            return place.get(timeout=self._idle_seconds)
        except Empty:
            try:
                self._idle.remove(place)
            except ValueError:  # somebody has just taken it
                return place.get()
            return None

    def __getattr__(self, name: str) -> Any:
        return getattr(threading, name)


class Work:
    """What one thread would do, and that thread to whoever began it."""

    def __init__(self, threads: Threads, target: Callable[..., Any], args: tuple[Any, ...], name: str | None) -> None:
        self.name = name
        self._threads = threads
        self._target = target
        self._args = args
        self._done = threading.Lock()  # free when it is done
        self._done.acquire()

    def start(self) -> None:
        self._threads.begin(self)

    def do(self) -> None:
        """What fails is told as of any thread."""
        try:
            contextvars.Context().run(self._target, *self._args)
        except SystemExit:
            pass
        except BaseException as fault:
            told = (type(fault), fault, fault.__traceback__, threading.current_thread())
            threading.excepthook(threading.ExceptHookArgs(told))
        finally:
            del self._target, self._args  # a thread that waits keeps nothing of what it did
            self._done.release()

    def join(self, timeout: float | None = None) -> None:
        if self._done.acquire(timeout=-1 if timeout is None else timeout):
            self._done.release()

    def is_alive(self) -> bool:
        """Work that has begun."""
        return self._done.locked()


def teach() -> None:
    """Once, before the emulator takes requests."""
    from ministack.core import concurrency
    from ministack.services import stepfunctions

    concurrency.threading = stepfunctions.threading = Threads()
