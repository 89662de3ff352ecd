"""A thread is used again, there are as many as are needed at once, and nobody sees a difference."""

import contextvars
import gc
import threading
import weakref
from typing import Any

import pytest

from local.threads import Threads
from tests.city import eventually

LONG, SHORT = 60.0, 0.01  # seconds that a thread waits for work
NUMBER: contextvars.ContextVar[int] = contextvars.ContextVar("number", default=0)


def done(threads: Threads, target: Any, *args: Any) -> None:
    """And its thread is free."""
    work = threads.Thread(target, args)
    work.start()
    work.join()
    eventually(lambda: threads.free)


def test_the_next_work_is_done_by_the_thread_that_is_free() -> None:
    threads, by = Threads(LONG), set()

    for _ in range(5):
        done(threads, lambda: by.add(threading.get_ident()))

    assert len(by) == 1


def test_works_that_wait_for_each_other_have_a_thread_each() -> None:
    threads, together = Threads(LONG), threading.Barrier(30)
    works = [threads.Thread(together.wait) for _ in range(30)]

    for work in works:
        work.start()
    for work in works:
        work.join()

    assert not together.broken


def test_who_waits_for_work_waits_no_longer_than_they_said() -> None:
    threads, may_end = Threads(LONG), threading.Event()
    work = threads.Thread(may_end.wait)
    work.start()

    work.join(timeout=SHORT)
    before = work.is_alive()
    may_end.set()
    work.join(timeout=LONG)

    assert (before, work.is_alive()) == (True, False)


def test_a_thread_without_work_ends() -> None:
    threads, by = Threads(SHORT), []

    work = threads.Thread(lambda: by.append(threading.current_thread()))
    work.start()

    eventually(lambda: by and not by[0].is_alive())
    assert threads.free == 0


def test_what_one_work_says_of_its_request_the_next_does_not_hear() -> None:
    threads, heard = Threads(LONG), []

    done(threads, NUMBER.set, 7)
    done(threads, lambda: heard.append(NUMBER.get()))

    assert heard == [0]


@pytest.mark.parametrize(("fault", "told"), [(ValueError, [ValueError]), (SystemExit, [])])
def test_a_thread_survives_work_that_fails_which_is_told_as_of_any_thread(
    monkeypatch: pytest.MonkeyPatch, fault: type[BaseException], told: list[Any]
) -> None:
    threads, seen, by = Threads(LONG), [], []
    monkeypatch.setattr(threading, "excepthook", lambda given: seen.append(given.exc_type))

    def fails() -> None:
        by.append(threading.get_ident())
        raise fault

    done(threads, fails)
    done(threads, lambda: by.append(threading.get_ident()))

    assert seen == told
    assert by[0] == by[1]


def test_a_thread_that_waits_keeps_nothing_of_what_it_did() -> None:
    class Case:
        pass

    threads, case = Threads(LONG), Case()
    kept = weakref.ref(case)

    done(threads, id, case)
    del case
    gc.collect()

    assert kept() is None


def test_nobody_may_wait_for_one_at_the_end_of_the_process() -> None:
    with pytest.raises(ValueError, match="others wait"):
        Threads().Thread(print, daemon=False)
