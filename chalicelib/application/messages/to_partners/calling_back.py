"""Call-backs: the system of the partner that sent a report is told each status of its case, in the case's order."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from chalicelib.application.messages.case_in_hand import CaseInHand
from chalicelib.application.messages.delivery import Behind, Delivery
from chalicelib.application.messages.sending import PROMISED, outcome_at
from chalicelib.application.ports.cases import CaseFile, Complaints
from chalicelib.application.ports.messages import (
    Notice,
    ProviderBusyError,
    ProviderRefusedError,
    ProviderUnclearError,
)
from chalicelib.application.ports.partners import (
    CallBackAddress,
    CallBackAddresses,
    Partners,
    StuckCallBack,
    StuckCallBacks,
)
from chalicelib.application.reading.public_history import is_readable
from chalicelib.domain import messages
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.events import Event
from chalicelib.domain.case.publicity import publicity
from chalicelib.domain.messages import Message
from chalicelib.domain.reference import Reference
from chalicelib.domain.text.privacy import shown
from chalicelib.domain.values import dataclass
from chalicelib.domain.ways import CALLED_BACK, WAYS


@dataclass(frozen=True, slots=True)
class PartnerNews:
    """What a partner is told: the event and its case, the partner's own ids of the report, the officer's words if
    everybody may read them, and the code of the outcome if there is one. The last two may be empty."""

    event: Event
    complaint: Complaint
    ids: Mapping[str, str]
    words: str
    outcome: str


Compose = Callable[[PartnerNews], Mapping[str, Any]]


class CallBack:
    """Catches up, as NotifyCitizen does: may be called for any event, any number of times, in any order. `compose` is
    the form of each channel's message; `now` the domain's time."""

    def __init__(
        self,
        *,
        complaints: Complaints,
        delivery: Delivery,
        addresses: CallBackAddresses,
        partners: Partners,
        stuck: StuckCallBacks,
        compose: Callable[[str], Compose],
        reference: Reference,
        now: Callable[[], datetime],
    ) -> None:
        self._complaints = complaints
        self._delivery = delivery
        self._addresses = addresses
        self._partners = partners
        self._stuck = stuck
        self._compose = compose
        self._reference = reference
        self._now = now

    def __call__(self, number: str) -> list[str]:
        """The states of the messages that this call was at. Raises UnavailableError: call again. A partner that is not
        connected is told nothing; what was promised to it before fails."""
        at_hand = CaseInHand(number, self._complaints)
        return [state for case in at_hand.each_look() for state in self._told_of(case, at_hand.look_again)]

    def _told_of(self, case: CaseFile, look_again: Callable[[], None]) -> list[str]:
        channel = case.complaint.channel
        if channel not in CALLED_BACK:
            return []
        return list(self._catch_up(case, self._addresses.call_back(channel), look_again))

    def _catch_up(
        self, case: CaseFile, address: CallBackAddress | None, look_again: Callable[[], None]
    ) -> Iterator[str]:
        """A message that waits holds back those behind it: the partner hears of a case in its order."""
        untold = list(_untold(case, is_connected=address is not None))
        for event, message in untold:
            state = self._tell(event, message, case, address, Behind(event is not untold[-1][0], look_again))
            yield state
            if state in PROMISED:
                return

    def _tell(
        self, event: Event, message: Message, case: CaseFile, address: CallBackAddress | None, behind: Behind
    ) -> str:
        def send(notice: Notice) -> None:
            if address is None:
                raise ProviderRefusedError("not_connected")
            body = self._compose(message.to.id)(self._news(event, case))
            self._partners.send(address, body, message_id=notice.message_id)

        return self._delivery.deliver(
            event.number,
            messages.key(event, message),
            event=message.event,
            way=WAYS["callback"],
            send=lambda notice: self._noted(notice, message.to.id, send),
            behind=behind,
        )

    def _noted(self, notice: Notice, channel: str, send: Callable[[Notice], None]) -> None:
        """What fails is listed until it is told: operators see it from the first try on."""
        try:
            send(notice)
        except (ProviderBusyError, ProviderRefusedError, ProviderUnclearError) as failure:
            stuck = StuckCallBack(channel, notice.number, notice.key, notice.tries, str(failure), self._now())
            self._stuck.note(stuck)
            raise
        if notice.tries > 1:
            self._stuck.clear(channel, notice.key, notice.number)

    def _news(self, event: Event, case: CaseFile) -> PartnerNews:
        described = publicity(case.complaint, self._reference.categories[case.complaint.category]).described
        words = event.words.get("text", "") if described and is_readable(event) else ""
        ids = case.first.words.get("partner", {})
        outcome = (outcome_at(event, case.events) or {}).get("code", "")
        return PartnerNews(event, case.complaint, ids, shown(words), outcome)


def _untold(case: CaseFile, *, is_connected: bool) -> Iterator[tuple[Event, Message]]:
    """What a partner that is not connected was promised before."""
    states = {notice.key: notice for notice in case.notices}
    for event in case.events:
        if message := messages.for_partner(event, case.complaint):
            found = states.get(messages.key(event, message))
            if not found.settled if found else is_connected:
                yield event, message
