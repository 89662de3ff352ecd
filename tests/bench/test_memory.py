"""What a city's processes need is their sum, whoever of them has ended meanwhile."""

import os
import subprocess
import sys

import pytest

from bench import memory

pytestmark = pytest.mark.skipif(not memory.PROC.exists(), reason="Linux says so in /proc, others do not")
WAITS = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'print(1, flush=True); input()'])"


def test_a_process_and_what_it_started_are_counted_until_they_end() -> None:
    with subprocess.Popen([sys.executable, "-c", WAITS], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as started:
        assert started.stdout
        started.stdout.readline()  # the inner one lives

        found = memory.descendants(os.getpid())
        below = memory.descendants(started.pid)
        shares = [memory.megabytes(process) for process in (started.pid, *below)]
        started.communicate(b"\n")

    assert started.pid in found
    assert len(below) == 1
    assert set(below) <= set(found)
    assert min(shares) > 1
    assert [memory.megabytes(process) for process in (started.pid, *below)] == [0, 0]


def test_the_most_is_the_most_at_once_not_the_most_of_each() -> None:
    watch = memory.Watch()
    watch.peak = [10_000.0, 5_000.0]

    watch.look()

    assert watch.peak == [10_000.0, 5_000.0]
