"""What became of the matter, as messages say it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chalicelib.application.wording import WIB, Phrases, moment
from chalicelib.domain.case.events import Event
from chalicelib.domain.labels import REASON

TELL_OUTCOME = ("awaiting_validation", "resolved")

OutcomeFacts = Mapping[str, Any]  # code, until?, reason_code?: as the event of `propose_done` has it


def tells_outcome(event: Event) -> bool:
    """Whether a message about the event says what became of the matter."""
    return event.moved and event.status in TELL_OUTCOME


def outcome_sentence(outcome: OutcomeFacts, words: Phrases) -> str:
    """As citizens and units read it."""
    until = moment(_until(outcome), words) if outcome.get("until") else ""
    return str(words["outcomes"][outcome["code"]]["sentence"].format(until=until))


def short_outcome(outcome: OutcomeFacts | None, words: Phrases) -> str:
    """As an SMS has room for."""
    if outcome is None:
        return str(words["outcome_unsaid"])
    until = f"{_until(outcome).astimezone(WIB):%d-%m-%y}" if outcome.get("until") else ""
    return str(words["outcomes"][outcome["code"]]["short"].format(until_short=until))


def reason_of(event: Event, outcome: OutcomeFacts | None, words: Phrases) -> str | None:
    """The reason that was given with the event or its outcome, in words; None without one."""
    code = event.facts.get("reason_code") or (outcome or {}).get("reason_code")
    return str(getattr(REASON[code], words["label_name"])) if code in REASON else None


def _until(outcome: OutcomeFacts) -> datetime:
    return datetime.fromisoformat(str(outcome["until"]))
