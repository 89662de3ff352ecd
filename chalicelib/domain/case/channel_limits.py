"""What the channel of a report promises beside the city's own clocks: a desk a response within three days, LAPOR! its
working days. Marks that officers read, since the lifecycle has no row for them; units are alerted once when one passes.
They follow from the clocks of the case, which stop when the same thing is done."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.clocks import Clock
from chalicelib.domain.exchange import Exchange

RESPOND, VERIFY, ANSWER, SILENCE = STEPS = ("respond", "verify", "answer", "silence")
OF_A_DESK = timedelta(days=3)  # assumed to be days of the week like any other
# The clock whose end says that the step was done.
DONE_BY: Mapping[str, str] = {RESPOND: "coordination", VERIFY: "coordination", ANSWER: "resolution"}
AFTER = "confirmation"  # silence begins with our answer: with the time in which its reporter may object
ANSWERED = ("resolved",)
OWED = (RESPOND, VERIFY, ANSWER)  # of whose passing units hear; silence is the reporter's own


def of_desk(complaint: Complaint) -> list[Clock]:
    """As a clock of its own kind, which is in no row: what it says of being late is what clocks say."""
    since = complaint.received_at
    return [Clock(RESPOND, since, since + OF_A_DESK, _done_at(RESPOND, complaint))]


def of_exchange(complaint: Complaint, exchange: Exchange) -> list[Clock]:
    """Verified and answered since the receipt; where it was answered, until when their reporter may reply."""
    owed = [step for step in (VERIFY, ANSWER) if step in exchange.limits]
    since = complaint.received_at
    found = [Clock(step, since, exchange.due(step, since), _done_at(step, complaint)) for step in owed]
    window = complaint.clocks.get(AFTER)
    if window and complaint.status in ANSWERED and SILENCE in exchange.limits:
        found.append(Clock(SILENCE, window.started_at, exchange.due(SILENCE, window.started_at)))
    return found


def _done_at(step: str, complaint: Complaint) -> datetime | None:
    """A case that waits for another authority was answered: the city has said so."""
    clock = complaint.clocks.get(DONE_BY[step])
    return (clock.stopped_at or clock.paused_at) if clock else None
