"""A message that is no case yet: somebody at the right desk reads it, and makes a case of it, answers it, or closes it
with a reason. It is ended once, and every step stands on its trail."""

import hashlib
import re
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.actor import Actor
from chalicelib.domain.errors import ConflictError
from chalicelib.domain.values import dataclass

CASE, REPLY, CLOSE = STEPS = ("case", "reply", "close")  # what a person may do with it; names of routes
OPEN, SENDING = "open", "sending"  # sending: an answer was written and is on its way
MADE, ANSWERED, CLOSED = ENDS = ("case", "answered", "closed")
SENT, RETURNED = "sent", "returned"  # steps that nobody takes: the provider took the answer, or will never do
ID_SIGNS = 24  # of a hash: 96 bits
FIRST_WORDS = 200  # characters that a list shows
ANSWER_ID = re.compile(rf"([0-9a-f]{{{ID_SIGNS}}})-([1-9][0-9]{{0,8}})", re.ASCII)
REASONS = (
    *("not_a_complaint", "not_enough_facts", "already_reported", "outside_authority", "outside_jakarta"),
    *("emergency", "spam", "abusive", "unreadable", "other"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the trail: `by` is a username, empty where the system acted. `words` are the answer, or why it was
    closed; `reason_code` why it was closed, or the answer did not come. `operation` and `body_hash` tell a repeated
    request from another one."""

    action: str
    at: datetime
    by: str = ""
    words: str = ""
    reason_code: str = ""
    operation: str = ""
    body_hash: str = ""


@dataclass(frozen=True, slots=True)
class MessageTask:
    """`message_id` is the provider's id, and `reason` is a code that says why the message is no case. `text` holds its
    first words until it is ended, and `raw_key` says where its raw form is kept. `suggested` is a category, empty if
    the words suggest none. `version` counts steps. `number` is of the case that was made of it."""

    task_id: str
    channel: str
    message_id: str
    reason: str
    text: str
    raw_key: str
    received_at: datetime
    due_at: datetime
    suggested: str = ""
    version: int = 1
    state: str = OPEN
    number: str | None = None
    trail: tuple[Step, ...] = ()

    @property
    def answer(self) -> str:
        """The words of the answer that is on its way, or was sent last."""
        return next((step.words for step in reversed(self.trail) if step.action == REPLY), "")

    @property
    def answer_id(self) -> str:
        """The id of the answer that is on its way: its provider is given it, and may name it later."""
        return f"{self.task_id}-{self.version}"

    def has_sent(self, answer_id: str) -> bool:
        """Whether this is the last answer, and it has left or is leaving."""
        left = replace(self, version=self.version - 1) if self.state == ANSWERED else self
        return self.state in (SENDING, ANSWERED) and left.answer_id == answer_id

    def allowed(self, *, answerable: bool) -> list[str]:
        """What may be done with it now. `answerable`: its channel has a way back to whoever wrote."""
        if self.state != OPEN:
            return []
        return [step for step in STEPS if step != REPLY or answerable]

    def check(self, action: str, version: int | None, *, answerable: bool) -> None:
        """Raises ConflictError: version_conflict, or state_forbids."""
        allowed = self.allowed(answerable=answerable)
        if version != self.version:
            raise ConflictError("version_conflict", version=self.version, allowed_actions=allowed)
        if action not in allowed:
            raise ConflictError("state_forbids", version=self.version, allowed_actions=allowed)

    def became_case(self, step: Step, number: str) -> "MessageTask":
        return replace(self._ended(step, MADE), number=number)

    def closed(self, step: Step) -> "MessageTask":
        return self._ended(step, CLOSED)

    def answering(self, step: Step) -> "MessageTask":
        """The answer is written down; whoever may send it does so."""
        return self._after(step, SENDING)

    def answered(self, now: datetime) -> "MessageTask":
        return self._ended(Step(SENT, now), ANSWERED)

    def returned(self, now: datetime, reason: str = "", text: str = "") -> "MessageTask":
        """The answer never came: a person decides again, at once, since whoever wrote waits. `reason` is a code, empty
        where nobody knows; `text` its first words, where they are gone here."""
        after = self._after(Step(RETURNED, now, reason_code=reason), OPEN)
        return replace(after, due_at=now, text=self.text or text)

    def _ended(self, step: Step, state: str) -> "MessageTask":
        return replace(self._after(step, state), text="")

    def _after(self, step: Step, state: str) -> "MessageTask":
        return replace(self, state=state, version=self.version + 1, trail=(*self.trail, step))


def first_words(text: str) -> str:
    return " ".join(text.split())[:FIRST_WORDS]


def answered_in(answer_id: str) -> str:
    """The id of the task whose answer may have this id; empty for an id that is of none."""
    found = ANSWER_ID.fullmatch(answer_id)
    return found[1] if found else ""


def task_id_of(channel: str, message_id: str) -> str:
    """The hash of channel and provider's id: the same message has it again, and it names no person."""
    named = f"{channel}:{message_id}".encode("utf-8", "surrogatepass")
    return hashlib.sha256(named).hexdigest()[:ID_SIGNS]


# The channels whose messages may be left to people, with the desk channel whose people read them; None: only the
# coordinator does, since no desk types them in. WhatsApp comes on the number of the SMS.
READ_BY: dict[str, str | None] = {
    "EMAIL": "EMAIL",
    "SMS": "SMS",
    "WHATSAPP": "SMS",
    "X": "X",
    "FB": "FB",
    "MEDSOSGUB": "MEDSOSGUB",
    "JAKI": None,
    "QLUE": None,
    "LAPOR1708": None,
}


def channels_read_by(actor: Actor) -> tuple[str, ...] | None:
    """The channels whose messages this person reads; None for who has no inbox at all."""
    if actor.role == "coordinator":
        return tuple(READ_BY)
    if actor.role != "desk":
        return None
    return tuple(channel for channel, desk in READ_BY.items() if desk in actor.channels)
