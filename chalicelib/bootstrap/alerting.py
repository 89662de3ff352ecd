"""What is told to units and to the regional secretary, wired."""

from functools import cached_property
from typing import TYPE_CHECKING

from chalicelib.bootstrap.calling_back import CallingBack

if TYPE_CHECKING:
    from chalicelib.application.messages.to_units.alerting import AlertUnit
    from chalicelib.application.messages.to_units.digest import RemindDigest, TellSecretary
    from chalicelib.application.messages.to_units.late_messages import RemindLateMessages, TellLateMessages
    from chalicelib.application.ports.messages import Notices, UnitAlerts
    from chalicelib.domain.case.complaint import Complaint
    from chalicelib.domain.clocks import Clock


class Alerting(CallingBack):
    """The use cases of alert_unit, and what the sweeper asks it for."""

    if TYPE_CHECKING:  # of the other parts of the root

        def channel_limits(self, complaint: Complaint) -> list[Clock]: ...

    @cached_property
    def digests(self) -> "Notices":
        from chalicelib.adapters.dynamodb.messages.ledger import DynamoDigests

        self._bind()
        return DynamoDigests()

    @cached_property
    def remind_digest(self) -> "RemindDigest":
        from chalicelib.application.messages.to_units.digest import RemindDigest

        return RemindDigest(self.digests, self.hand_back, self.now)

    @cached_property
    def tell_secretary(self) -> "TellSecretary":
        from chalicelib.application.messages.delivery import Delivery
        from chalicelib.application.messages.to_units.digest import TellSecretary
        from chalicelib.data import messages

        self.settings.require("site_url")
        clocks = {"now": self.now, "machine_now": self.machine_now}
        return TellSecretary(
            lists=self.lists,
            ledger=self.digests,
            delivery=Delivery(ledger=self.digests, pause=self.pause, **clocks),
            topics=self.unit_alerts,
            words=messages.words,
            site_url=self.settings.site_url,
            reference=self.reference,
            now=self.now,
        )

    @cached_property
    def remind_late_messages(self) -> "RemindLateMessages":
        from chalicelib.application.messages.to_units.late_messages import RemindLateMessages

        return RemindLateMessages(self.queues, self.digests, self.hand_back, self.now)

    @cached_property
    def tell_late_messages(self) -> "TellLateMessages":
        from chalicelib.application.messages.delivery import Delivery
        from chalicelib.application.messages.to_units.late_messages import TellLateMessages
        from chalicelib.data import messages

        self.settings.require("site_url")
        clocks = {"now": self.now, "machine_now": self.machine_now}
        return TellLateMessages(
            delivery=Delivery(ledger=self.digests, pause=self.pause, **clocks),
            topics=self.unit_alerts,
            words=messages.words,
            site_url=self.settings.site_url,
            reference=self.reference,
        )

    @cached_property
    def unit_alerts(self) -> "UnitAlerts":
        from chalicelib.adapters.messengers.pace import Pace
        from chalicelib.adapters.sns import ALERT_GAP, SnsUnitAlerts

        self.settings.require("unit_topic_prefix")
        pace = Pace(ALERT_GAP, now=self.machine_now, pause=self.pause)
        return SnsUnitAlerts(prefix=self.settings.unit_topic_prefix, client=self.clients.once("sns"), turn=pace.wait)

    @cached_property
    def alert_unit(self) -> "AlertUnit":
        from chalicelib.application.messages.to_units.alerting import AlertUnit
        from chalicelib.application.messages.to_units.alerts import Alerts
        from chalicelib.application.messages.to_units.late_parts import TellLateParts
        from chalicelib.application.messages.to_units.limits import TellLimits
        from chalicelib.application.messages.to_units.when_due import TellWhenDue
        from chalicelib.data import messages

        self.settings.require("site_url")
        alerts = Alerts(words=messages.words, site_url=self.settings.site_url, reference=self.reference)
        when_due = TellWhenDue(self.notices_ledger, self.delivery, alerts, self.unit_alerts, self.now)
        return AlertUnit(
            complaints=self.complaints,
            delivery=self.delivery,
            alerts=alerts,
            topics=self.unit_alerts,
            reference=self.reference,
            partners=self.to_partners,
            limits=TellLimits(self.channel_limits, when_due, self.reference),
            late_parts=TellLateParts(self.complaints, when_due, self.reference),
            now=self.now,
        )
