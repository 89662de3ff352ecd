"""The composition root: settings → adapters → use cases, each built when it is first asked for and kept for the life of
the container. A function asks for what it needs, and only that is imported; what its environment lacks is named."""

from functools import cache, cached_property
from typing import TYPE_CHECKING

from chalicelib.bootstrap.parts import Parts
from chalicelib.settings import settings

if TYPE_CHECKING:
    from chalicelib.application.clocks.sweeping import Sweep
    from chalicelib.application.clocks.timekeeping import ArmTimer, RingClocks, WakeTimer
    from chalicelib.application.handling.access import OpenCase
    from chalicelib.application.handling.acting import Act
    from chalicelib.application.handling.erasing import EraseAgain, EraseCase
    from chalicelib.application.handling.following import Following
    from chalicelib.application.photos.photo_processing import PhotoProcessing
    from chalicelib.application.photos.tickets import Tickets
    from chalicelib.application.ports.erasing import ErasureLedger
    from chalicelib.application.reading.health import Health
    from chalicelib.application.reading.lists.worklists import Worklists
    from chalicelib.application.reading.projection import Project
    from chalicelib.application.reading.public import PublicReads
    from chalicelib.application.reading.tracking import Tracking
    from chalicelib.application.reading.views import Views
    from chalicelib.channels.open311.reading import Open311Reads
    from chalicelib.domain.case.complaint import Complaint
    from chalicelib.domain.clocks import Clock


class Bootstrap(Parts):
    """Every use case by its name."""

    @cached_property
    def open311(self) -> "Open311Reads":
        from chalicelib.application.reading.dated import DatedReads
        from chalicelib.channels.open311.reading import Open311Reads

        reads = DatedReads(
            dated=self.dated,
            complaints=self.complaints,
            views=self.views,
            reference=self.reference,
            link=lambda key: self.uploads.link(key),
        )
        return Open311Reads(reads, self.reference, self.now)

    @cached_property
    def views(self) -> "Views":
        from chalicelib.application.reading.survivors import Survivors
        from chalicelib.application.reading.views import Views
        from chalicelib.data import messages

        return Views(
            self.reference,
            link=lambda key: self.uploads.link(key),
            confirmed=lambda pseudonym: self.standings.find(pseudonym).confirmed,
            now=self.now,
            words=messages.words,
            limits=self.channel_limits,
            agency_link=lambda complaint: self.agency_links.address(complaint),
            survivor=Survivors(self.complaints, self.reference),
        )

    def channel_limits(self, complaint: "Complaint") -> "list[Clock]":
        """What the channel of a case promises of it."""
        from chalicelib.data import EXCHANGES, exchange
        from chalicelib.domain.case.channel_limits import of_desk, of_exchange

        if complaint.channel in EXCHANGES:
            return of_exchange(complaint, exchange(complaint.channel))
        channel = self.reference.channels.get(complaint.channel)
        return of_desk(complaint) if channel and channel.desk else []

    @cached_property
    def tracking(self) -> "Tracking":
        from chalicelib.application.reading.tracking import Tracking

        return Tracking(complaints=self.complaints, views=self.views, names=lambda token: self.names_of_pass(token))

    @cached_property
    def open_case(self) -> "OpenCase":
        from chalicelib.application.handling.access import OpenCase

        return OpenCase(self.complaints, lambda token: self.names_of_pass(token))

    @cached_property
    def act(self) -> "Act":
        from chalicelib.application.handling.acting import Act
        from chalicelib.bootstrap.chance import random_id, salt

        return Act(
            complaints=self.complaints,
            things=self.named_things,
            views=self.views,
            route=self.route,
            follow=self.following,
            reference=self.reference,
            now=self.now,
            salt=salt,
            random_id=random_id,
        )

    @cached_property
    def erasures(self) -> "ErasureLedger":
        from chalicelib.adapters.erasures import S3ErasureLedger

        self.settings.require("erasure_bucket")
        return S3ErasureLedger(bucket=self.settings.erasure_bucket, client=self.clients.client("s3"))

    @cached_property
    def erase(self) -> "EraseCase":
        from chalicelib.adapters.dynamodb.cases.erasing import DynamoPersonalRows
        from chalicelib.adapters.erasures import S3PersonalObjects
        from chalicelib.application.handling.erasing import EraseCase

        self.settings.require("photo_bucket", "raw_bucket")
        photos, messages = self.settings.photo_bucket, self.settings.raw_bucket
        return EraseCase(
            complaints=self.complaints,
            rows=DynamoPersonalRows(),
            objects=S3PersonalObjects(photos=photos, messages=messages, client=self.clients.client("s3")),
            ledger=self.erasures,
        )

    @cached_property
    def erase_again(self) -> "EraseAgain":
        from chalicelib.application.handling.erasing import EraseAgain
        from chalicelib.bootstrap.chance import salt

        return EraseAgain(
            complaints=self.complaints,
            ledger=self.erasures,
            erase=self.erase,
            reference=self.reference,
            now=self.now,
            salt=salt,
        )

    @cached_property
    def following(self) -> "Following":
        from chalicelib.application.handling.following import Following
        from chalicelib.bootstrap.chance import random_id

        return Following(
            followers=self.followers,
            vault=lambda: self.vault,
            secret=lambda: self.secrets().current,
            random_id=random_id,
        )

    @cached_property
    def tickets(self) -> "Tickets":
        from chalicelib.application.photos.tickets import Tickets
        from chalicelib.bootstrap.chance import random_id

        return Tickets(
            photos=self.photos,
            uploads=self.uploads,
            views=self.views,
            reference=self.reference,
            now=self.now,
            random_id=random_id,
        )

    @cached_property
    def worklists(self) -> "Worklists":
        from chalicelib.application.reading.lists.worklists import Worklists

        return Worklists(
            self.queues,
            self.lists,
            self.photos,
            self.cursors,
            self.reference,
            link=lambda key: self.uploads.link(key),
            now=self.now,
            rules_waiting=lambda actor: self.rule_changes.waiting(actor),
        )

    @cached_property
    def public_reads(self) -> "PublicReads":
        from chalicelib.application.reading.public import PublicReads

        return PublicReads(
            lists=self.lists,
            categories=self.reference.categories,
            link=lambda key: self.uploads.link(key),
        )

    @cached_property
    def health(self) -> "Health":
        from chalicelib.application.reading.health import Health

        checks = {"dynamodb": self.generations.served}
        return Health(version=self.settings.version, stage=self.settings.stage, checks=checks)

    @cached_property
    def project(self) -> "Project":
        from chalicelib.application.reading.projection import Project

        return Project(complaints=self.complaints, lists=self.lists, categories=self.reference.categories)

    @cached_property
    def ring(self) -> "RingClocks":
        from chalicelib.application.clocks.timekeeping import RingClocks
        from chalicelib.bootstrap.chance import salt

        return RingClocks(complaints=self.complaints, reference=self.reference, now=self.now, salt=salt)

    @cached_property
    def arm(self) -> "ArmTimer":
        from chalicelib.application.clocks.timekeeping import ArmTimer

        return ArmTimer(complaints=self.complaints, timers=self.timers)

    @cached_property
    def wake(self) -> "WakeTimer":
        from chalicelib.application.clocks.timekeeping import WakeTimer

        return WakeTimer(ring=self.ring, timers=self.timers)

    @cached_property
    def sweep(self) -> "Sweep":
        from chalicelib.application.clocks.sweeping import Sweep

        return Sweep(
            queues=self.queues,
            complaints=self.complaints,
            photos=self.photos,
            ring=self.ring,
            hand_back=self.hand_back,
            standings=self.standings,
            miss_parts=lambda number, of: self.long_message_parts.miss(number, of),
            now=self.now,
            machine_now=self.machine_now,
        )

    @cached_property
    def photo_processing(self) -> "PhotoProcessing":
        from chalicelib.adapters.photos.decoder import PillowDecoder
        from chalicelib.application.photos.photo_processing import PhotoProcessing

        return PhotoProcessing(self.photos, self.complaints, self.pictures, PillowDecoder())


@cache
def bootstrap() -> Bootstrap:
    """The one of this process, from its environment."""
    return Bootstrap(settings())
