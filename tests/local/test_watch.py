"""Whoever saves a file sees it run, however their editor saves it."""

import asyncio
import os
from pathlib import Path

import pytest

from local.emulator import watch as watching
from tests.loops import in_a_loop

LONGEST = 60  # seconds until a file that nobody sees is a failure


@pytest.mark.parametrize("saved", ["app.py", "chalicelib/domain.py"])
def test_a_file_that_an_editor_replaces_is_seen_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, saved: str
) -> None:
    (tmp_path / "chalicelib").mkdir()
    (tmp_path / saved).write_text("0")
    monkeypatch.setattr(watching, "STACK", (tmp_path / "app.py", tmp_path / "chalicelib"))
    monkeypatch.setattr(watching, "WEB", ())

    assert in_a_loop(seen_after_replacing(tmp_path / saved, times=3)) == 3


async def seen_after_replacing(file: Path, *, times: int) -> int:
    seen = asyncio.Event()

    async def note() -> None:
        seen.set()

    task = asyncio.create_task(watching.watch(of_stack=note, of_web=note))
    count = 0
    async with asyncio.timeout(LONGEST):
        while count < times:
            await replaced_until(seen, file)
            count += 1
    task.cancel()
    return count


async def replaced_until(seen: asyncio.Event, file: Path) -> None:
    """Again and again, since the watch may not have begun, and one event may be of the save before."""
    seen.clear()
    while not seen.is_set():
        other = file.with_suffix(".new")
        other.write_text("1")
        os.replace(other, file)
        try:
            await asyncio.wait_for(seen.wait(), 2)
        except TimeoutError:
            continue
