"""The listeners of a case, who are told of it without being its reporter: who follows it and left a contact, and the
reporters and followers of the cases that were merged into it. Each is told every status, in the order of the case."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from chalicelib.application.messages.allowance import Allowance, last_to
from chalicelib.application.messages.case_in_hand import CaseInHand
from chalicelib.application.messages.delivery import Behind, Delivery
from chalicelib.application.messages.listener_letters import ListenerLetters
from chalicelib.application.messages.windows import Windows
from chalicelib.application.ports.cases import CaseFile, Complaints, Contact, Vault
from chalicelib.application.ports.followers import Follower, Followers
from chalicelib.application.ports.messages import Chats, Mail, Notice, Sms
from chalicelib.domain import messages
from chalicelib.domain.actions.duplicates import merged_at
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.events import Event
from chalicelib.domain.case.publicity import publicity
from chalicelib.domain.errors import DamagedError
from chalicelib.domain.messages import Message, Recipient
from chalicelib.domain.reference import Reference
from chalicelib.domain.values import dataclass
from chalicelib.domain.ways import CHATS

PROMISED = ("claimed", "deferred")  # still to be told, and told before those behind it
DEEPEST = 5  # cases merged into cases that were merged: further down nobody is told


@dataclass(frozen=True, slots=True)
class Listener:
    """Told what the case becomes after the event `since`. `about` is the number that this person knows it by; `open`
    opens their contact, None where it was erased."""

    to: Recipient
    about: str
    since: int
    open: Callable[[], Contact | None]


class TellListeners:
    """May be called for any event, any number of times, in any order: what was told is in the ledger of the case."""

    def __init__(
        self,
        *,
        complaints: Complaints,
        followers: Followers,
        vault: Vault,
        delivery: Delivery,
        allowance: Allowance,
        windows: Windows,
        letters: ListenerLetters,
        mail: Mail,
        sms: Sms,
        chats: Chats,
        reference: Reference,
    ) -> None:
        self._complaints = complaints
        self._followers = followers
        self._vault = vault
        self._delivery = delivery
        self._allowance = allowance
        self._windows = windows
        self._letters = letters
        self._senders: Mapping[str, Callable[[Event, Listener, Contact, Notice], None]] = {
            "email": self._by_email,
            "sms": self._by_sms,
            **dict.fromkeys(CHATS.values(), self._by_chat),
        }
        self._mail = mail
        self._sms = sms
        self._chats = chats
        self._reference = reference

    def __call__(self, number: str, at_hand: CaseInHand | None = None) -> list[str]:
        """The states of the messages that this call was at; `at_hand` is the case as its reporter was just told of it.
        Raises UnavailableError: call again."""
        at_hand = at_hand or CaseInHand(number, self._complaints)
        return [state for case in at_hand.each_look() for state in self._told_of(case, at_hand.look_again)]

    def _told_of(self, case: CaseFile, look_again: Callable[[], None]) -> list[str]:
        complaint, number = case.complaint, case.complaint.number
        followers = self._followers.told(number) if case.followers else []
        if not (followers or complaint.merged):
            return []
        joined = self._joined(complaint, case.events, None, DEEPEST, followed=self._is_public(complaint))
        listeners = [*self._following(complaint, followers, None), *joined]
        return [state for listener in listeners for state in self._catch_up(case, listener, look_again)]

    def _following(self, complaint: Complaint, followers: Iterable[Follower], since: int | None) -> Iterator[Listener]:
        """Nobody follows a shielded case, however it came to be one. `since` when they hear of another case."""
        if not self._is_public(complaint):
            return
        for follower in followers:
            to = messages.follower(follower.number, follower.follower_id)
            yield Listener(to, follower.number, since or follower.since, self._opener(follower))

    def _is_public(self, complaint: Complaint) -> bool:
        return publicity(complaint, self._reference.categories[complaint.category]).listed

    def _opener(self, follower: Follower) -> Callable[[], Contact | None]:
        contact = follower.contact
        return lambda: self._vault.unseal(follower.name, contact) if contact else None

    def _joined(
        self, survivor: Complaint, history: Iterable[Event], since: int | None, depth: int, *, followed: bool
    ) -> Iterator[Listener]:
        """Reporters of what was merged into it and still is; of what was merged into those too. Their followers where
        the case that they hear of may be `followed`."""
        events = list(history)
        moved_at = max((event.sequence for event in events if event.moved), default=0)
        for number in survivor.merged if depth else ():
            at = since if since is not None else merged_at(events, number)
            if events and at >= moved_at:  # no status since: the lines of a hundred merges cost no hundred reads each
                continue
            merged = self._complaints.load(number)
            if merged is None or merged.merged_into != survivor.number:
                continue
            if merged.reachable:
                yield Listener(messages.merged_reporter(number), number, at, partial(self._vault.open, number))
            yield from self._following(merged, self._followers.told(number) if followed else (), at)
            yield from self._joined(merged, (), at, depth - 1, followed=followed)

    def _catch_up(self, case: CaseFile, listener: Listener, look_again: Callable[[], None]) -> list[str]:
        settled = {notice.key for notice in case.notices if notice.settled}
        due = [(event, Message(listener.to, event.status)) for event in case.events if _is_told(event, listener)]
        untold = [(event, message) for event, message in due if messages.key(event, message) not in settled]
        if not untold:
            return []
        try:
            contact = listener.open()
        except DamagedError:  # nobody will ever be told there
            return []
        last = last_to(listener.to, case.notices)
        return list(self._tell_all(untold, listener, contact, last, look_again)) if contact else []

    def _tell_all(
        self,
        untold: Sequence[tuple[Event, Message]],
        listener: Listener,
        contact: Contact,
        last: Notice | None,
        look_again: Callable[[], None],
    ) -> Iterator[str]:
        way = self._windows.way(contact)
        if way is None:
            return
        for event, message in untold:
            key, send = messages.key(event, message), self._sender(event, listener, contact, way.name)
            verdict = self._allowance(event, key, way.name, contact.token, last)
            if verdict.state:  # a stranger's address has a budget here too; the next status may find room again
                yield verdict.state
                return
            behind = Behind(event is not untold[-1][0], look_again, verdict.confirmed)
            state = self._delivery.deliver(event.number, key, event=message.event, way=way, send=send, behind=behind)
            yield state
            if state in PROMISED:
                return

    def _sender(self, event: Event, listener: Listener, contact: Contact, way: str) -> Callable[[Notice], None]:
        def send(notice: Notice) -> None:
            with self._allowance.heeded(contact.token):
                self._senders[way](event, listener, contact, notice)

        return send

    def _by_email(self, event: Event, listener: Listener, contact: Contact, notice: Notice) -> None:
        letter = self._letters.letter(event, listener.about, contact)
        named = {"event": notice.event, "number": listener.about, "message_id": notice.message_id}
        self._mail.send(str(contact.email), letter.subject, letter.text, letter.html, **named)

    def _by_sms(self, event: Event, listener: Listener, contact: Contact, notice: Notice) -> None:
        named = {"event": notice.event, "number": listener.about, "message_id": notice.message_id}
        self._sms.send(str(contact.phone), self._letters.sms(event, listener.about, contact), **named)

    def _by_chat(self, event: Event, listener: Listener, contact: Contact, notice: Notice) -> None:
        named = {"event": notice.event, "number": listener.about, "message_id": notice.message_id}
        self._chats.send(str(contact.chat), self._letters.sms(event, listener.about, contact), **named)


def _is_told(event: Event, listener: Listener) -> bool:
    return event.moved and event.sequence > listener.since
