"""An emulator that cannot start says why, and nobody waits for it."""

import asyncio

import pytest

from local.emulator.cloud import until_started
from tests.loops import in_a_loop


async def _fails() -> None:
    raise LookupError("no port")


async def _ends() -> None:
    pass


@pytest.mark.parametrize(("start", "told"), [(_fails, LookupError), (_ends, RuntimeError)])
def test_what_ends_the_emulator_before_it_stands_is_told(start: object, told: type[Exception]) -> None:
    async def begun() -> None:
        await until_started(asyncio.Event(), asyncio.create_task(start()))  # type: ignore[operator]

    with pytest.raises(told):
        in_a_loop(begun())


def test_an_emulator_that_stands_goes_on() -> None:
    async def begun() -> bool:
        started = asyncio.Event()
        work = asyncio.create_task(_stands(started))
        await until_started(started, work)
        return work.cancel()

    assert in_a_loop(begun())


async def _stands(started: asyncio.Event) -> None:
    started.set()
    await asyncio.Event().wait()
