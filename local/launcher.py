"""One running city: started, watched over, and ended in order."""

import asyncio
import contextlib
import gc
import signal
import time
from collections.abc import AsyncIterator

from local import environment, operator_key, private, signatures, threads
from local.city import City, tell
from local.emulator import calls, histories, parking, permitted, pool, remembered, rights, rows, spared
from local.emulator.calls import Calls
from local.emulator.state import State, restore_streams
from local.front.serving import listen, served
from local.played import people, text_messages
from local.programs import Programs
from local.settings import Settings

HOUSEKEEPING_SECONDS = 1.0
LONGEST_STOP = 6.0  # seconds that calls in work are given at the end


async def run(settings: Settings, began: float) -> None:
    """Until SIGINT or SIGTERM."""
    listening = listen(settings.port)
    mask = private.open_home(settings.home)
    held = private.take(settings.home)
    key = operator_key.of_home(settings.home)
    state = State(settings.home)
    outside = environment.scrub(settings, state.current, key)
    city = City(settings, state, Programs(outside, mask), key)
    stop = _stop_event()
    rights.teach()
    text_messages.teach()
    if settings.record_calls:
        calls.record(Calls(settings.record_calls))
    parking.teach()
    pool.teach()
    remembered.teach()
    signatures.teach()
    permitted.teach()
    spared.teach()
    rows.teach()
    histories.teach()
    threads.teach()
    city.workers.install()
    async with served(city.front_door, listening), _cloud(city):
        restored = restore_streams(state.own().get("streams", []))
        work = asyncio.create_task(_start(city, began, first=not state.exists, restored=restored))
        await _until(stop, work)
        work.cancel()
    held.close()


async def _start(city: City, began: float, *, first: bool, restored: int) -> None:
    await asyncio.to_thread(city.web.import_areas)
    site = asyncio.create_task(city.build_site())
    await city.deploy()
    await city.people()
    await city.connect_channels()
    await site
    gc.collect()
    gc.freeze()  # what the start has made stays: nobody looks for garbage among it again
    city.own.ready = True
    _greet(city.settings, time.monotonic() - began, restored)
    tasks = [_housekeeping(city)]
    if city.settings.watch:
        from local.emulator.watch import watch

        tasks.append(watch(of_stack=city.deploy, of_web=city.build_site))
    if first and city.settings.demo:
        tasks.append(_demo(city))
    await asyncio.gather(*tasks)


async def _demo(city: City) -> None:
    """In a process of its own: what it needs does not stay in this one."""
    fault = await asyncio.to_thread(city.programs.run, "-m", "local.demo", city.settings.origin)
    tell(f"THE DEMO COMPLAINTS COULD NOT ALL BE MADE.\n{fault}" if fault else "The demo complaints are in the queues.")


async def _housekeeping(city: City) -> None:
    while True:
        histories.shorten()
        city.snapshots.tick()
        await asyncio.to_thread(city.workers.reap)
        await asyncio.sleep(HOUSEKEEPING_SECONDS)


@contextlib.asynccontextmanager
async def _cloud(city: City) -> AsyncIterator[None]:
    await city.cloud.start()
    try:
        yield
    finally:
        await asyncio.to_thread(_end_calls, city)
        city.snapshots.close()
        await city.cloud.stop()


def _end_calls(city: City) -> None:
    """What runs may end; what does not is cut off, and its message or record comes again after the next start."""
    city.programs.end()
    holding = city.permits.all(patience=LONGEST_STOP)
    holding.__enter__()
    city.workers.stop_idle()


async def _until(stop: asyncio.Event, work: "asyncio.Task[None]") -> None:
    """A start that fails ends the city; afterwards only a signal does."""
    waiting = asyncio.create_task(stop.wait())
    await asyncio.wait([waiting, work], return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if work.done() and (fault := work.exception()):
        raise fault


def _stop_event() -> asyncio.Event:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


def _greet(settings: Settings, seconds: float, restored: int) -> None:
    origin = settings.origin
    tell(
        f"""
Tanggap stands, after {seconds:.1f} s{f" ({restored} records of the stream put back)" if restored else ""}.
  site       {origin}/
  report     {origin}/lapor
  console    {origin}/konsol    password of all: {people.PASSWORD}
             {" ".join(person.user for person in people.PEOPLE)}
  mailbox    {origin}/_local/mailbox    (nothing is really sent)
  city       {origin}/_local
Ctrl-C ends it; its state stays in {settings.home}."""
    )
