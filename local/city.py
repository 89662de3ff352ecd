"""The parts of one city, wired once."""

import asyncio
import sys
from collections.abc import Callable
from typing import Any

from local import operator_key
from local.clock import Clock
from local.emulator.cloud import Cloud
from local.emulator.deploy import Deployment, Functions
from local.emulator.faults import Faults
from local.emulator.state import Snapshots, State
from local.emulator.work import Work
from local.emulator.workers import FunctionLog, Permits, Workers
from local.front import guesses
from local.front.api import Api
from local.front.edge import RateLimit
from local.front.front_door import FrontDoor
from local.front.guesses import Guesses
from local.front.own_routes import OwnRoutes
from local.front.site import Site
from local.operator_key import OperatorKey
from local.played import channels, open311, people
from local.played.mailbox import Mailbox
from local.programs import Programs
from local.reset import Reset
from local.settings import STACK, Settings
from local.web import Web


class City:
    def __init__(self, settings: Settings, state: State, programs: Programs, key: OperatorKey) -> None:
        self.settings = settings
        self.state = state
        kept = state.own()
        limit_of = _limits(settings)
        self.cloud = Cloud(settings, key)
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
        self.site = Site(settings.site, settings.map_tiles.policy, framers=settings.embed_hosts)
        self.programs = programs
        self.web = Web(settings, self.programs, tell)
        self.own = self._own_routes()
        self.front_door = self._front_door()
        self.snapshots = Snapshots(state, self.kept, lambda: self.cloud.writes + self.permits.calls)

    def _own_routes(self) -> OwnRoutes:
        return OwnRoutes(
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
            origin=self.settings.origin,
            key_file=self.settings.home / operator_key.FILE,
        )

    def _front_door(self) -> FrontDoor:
        return FrontDoor(
            cloud=self.cloud,
            api=self.api,
            site=self.site,
            own=self.own,
            limit=RateLimit(self.settings.rate_limit),
            guesses=Guesses(guesses.MOST if self.settings.rate_limit else 0),
            faults=self.faults,
            mailbox=self.mailbox,
            now=self.clock.now,
        )

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
        if self.settings.web:
            await asyncio.to_thread(self.web.build)

    async def people(self) -> None:
        await asyncio.to_thread(people.ensure, self.cloud, self.deployment)
        await asyncio.to_thread(open311.ensure, self.cloud, self.deployment)

    async def connect_channels(self) -> None:
        self.own.channels = await asyncio.to_thread(channels.ensure, self.cloud, self.deployment, self.settings.origin)


def _limits(settings: Settings) -> Callable[[str], int]:
    """Processes per function: 2 cores gain nothing from more, and each has 13 to 40 MB. Mostly an alert
    waits for its turn (ALERT_GAP) and needs no core then: as many as in the cloud."""
    limits = {"api": settings.api_workers, "notify-citizen": 2, "alert-unit": 4}
    return lambda function: limits.get(function.removeprefix(f"{STACK}-"), 1)


def tell(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
