"""One running city: everything wired once, started, watched over, and ended in order."""

import asyncio
import contextlib
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator
from typing import Any

from local import environment, people, rights
from local.api import Api
from local.clock import Clock
from local.cloud import Cloud
from local.deploy import Deployment, Functions
from local.edge import RateLimit
from local.faults import Faults
from local.front_door import FrontDoor
from local.mailbox import Mailbox
from local.own_routes import OwnRoutes
from local.programs import Programs
from local.reset import Reset
from local.settings import STACK, Settings
from local.site import Site
from local.state import Snapshots, State, restore_streams
from local.web import Web
from local.work import Work
from local.workers import FunctionLog, Permits, Workers

HOUSEKEEPING_SECONDS = 1.0
LONGEST_STOP = 6.0  # seconds that calls in work are given at the end


class City:
    def __init__(self, settings: Settings, state: State, outside: dict[str, str]) -> None:
        self.settings = settings
        self.state = state
        kept = state.own()
        limit_of = _limits(settings)
        self.cloud = Cloud(settings)
        self.permits = Permits(limit_of)
        self.workers = Workers(self.permits, FunctionLog(settings.home / "functions.log"))
        self.work = Work(self.cloud, self.permits)
        functions = Functions(self.cloud, self.permits)
        self.clock = Clock(functions=functions, work=self.work, offset=kept.get("offset", 0))
        self.mailbox = Mailbox(self.clock.now, f":{STACK}-unit-", kept.get("mail", []))
        self.faults = Faults()
        self.deployment = Deployment(
            settings, self.cloud, functions, self.permits, limit_of=limit_of, standing=kept.get("deployment", {})
        )
        self.api = Api()
        self.site = Site(settings.site)
        self.programs = Programs(outside)
        self.web = Web(settings, self.programs, tell)
        self.own = OwnRoutes(
            cloud=self.cloud,
            deployment=self.deployment,
            clock=self.clock,
            mailbox=self.mailbox,
            faults=self.faults,
            reset=Reset(
                cloud=self.cloud,
                permits=self.permits,
                work=self.work,
                clock=self.clock,
                faults=self.faults,
                mailbox=self.mailbox,
            ),
            origin=settings.origin,
        )
        self.front_door = FrontDoor(
            cloud=self.cloud,
            api=self.api,
            site=self.site,
            own=self.own,
            limit=RateLimit(settings.rate_limit),
            faults=self.faults,
            mailbox=self.mailbox,
        )
        self.snapshots = Snapshots(state, self.kept, lambda: self.cloud.writes + self.permits.calls)

    def kept(self) -> dict[str, Any]:
        """What the launcher itself puts into a snapshot."""
        return {"offset": self.clock.offset, "mail": self.mailbox.items, "deployment": self.deployment.standing}

    async def deploy(self) -> None:
        """The stack as the checkout says; a fault is told, and the city goes on as it was."""
        try:
            changed = await asyncio.to_thread(self.deployment.apply)
        except Exception as fault:
            if not self.own.ready:
                raise
            tell(f"NOT DEPLOYED, the city goes on as it was.\n{fault}")
            return
        self.api.moved(self.deployment.api_id)
        self.site.config = self.deployment.page_config()
        if changed == "stack":
            await asyncio.to_thread(self.clock.tell)
        if changed and self.own.ready:
            tell(f"Deployed again ({changed}).")

    async def build_site(self) -> None:
        await asyncio.to_thread(self.web.build)

    async def people(self) -> None:
        await asyncio.to_thread(people.ensure, self.cloud, self.deployment)


async def run(settings: Settings, began: float) -> None:
    """Until SIGINT or SIGTERM."""
    listening = _listen(settings.port)
    settings.home.mkdir(parents=True, exist_ok=True)
    state = State(settings.home)
    outside = environment.scrub(settings, state.current)
    city = City(settings, state, outside)
    stop = _stop_event()
    rights.teach()
    city.workers.install()
    async with _served(city, listening), _cloud(city):
        restored = restore_streams(state.own().get("streams", []))
        work = asyncio.create_task(_start(city, began, first=not state.exists, restored=restored))
        await _until(stop, work)
        work.cancel()


async def _start(city: City, began: float, *, first: bool, restored: int) -> None:
    await asyncio.to_thread(city.web.import_areas)
    site = asyncio.create_task(city.build_site())
    await city.deploy()
    await city.people()
    await site
    city.own.ready = True
    _greet(city.settings, time.monotonic() - began, restored)
    tasks = [_housekeeping(city)]
    if city.settings.watch:
        from local.watch import watch

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
        city.snapshots.tick()
        await asyncio.to_thread(city.workers.reap)
        await asyncio.sleep(HOUSEKEEPING_SECONDS)


@contextlib.asynccontextmanager
async def _served(city: City, listening: socket.socket) -> AsyncIterator[None]:
    import uvicorn

    class Server(uvicorn.Server):
        @contextlib.contextmanager
        def capture_signals(self) -> Any:
            """They are the launcher's."""
            yield

    config = uvicorn.Config(
        city.front_door,
        lifespan="off",
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,  # nobody says who he is but by connecting
        timeout_graceful_shutdown=2,
    )
    server = Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started and not serving.done():
        await asyncio.sleep(0.01)
    try:
        yield
    finally:
        server.should_exit = True
        await asyncio.wait([serving], timeout=4)


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


def _listen(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
    except OSError as fault:
        raise SystemExit(f"Port {port} is taken ({fault.strerror}); another one: PORT=8090 make run") from None
    return listening


def _limits(settings: Settings) -> Any:
    """Processes per function: 2 cores gain nothing from more, and each has 35 to 90 MB."""
    limits = {"api": settings.api_workers, "notify-citizen": 2, "alert-unit": 2, "ring": 2}
    return lambda function: limits.get(function.removeprefix(f"{STACK}-"), 1)


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


def tell(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
