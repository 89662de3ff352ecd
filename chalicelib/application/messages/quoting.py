"""Whose words enter a message of the city: an officer's to the reporter, the first of a report to the unit that must
act. Only of a case that is not shielded, only where the privacy check found nobody, and only without a link."""

from chalicelib.domain.actor import WRITE_FROM_OUTSIDE
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.events import Event
from chalicelib.domain.case.publicity import publicity
from chalicelib.domain.reference import Reference
from chalicelib.domain.text.privacy import words_may_be_sent

FIRST_WORDS = 120  # characters of a report


def officers_words(event: Event) -> str:
    """What an officer wrote to the reporter with this event; empty if nothing."""
    kept = event.role in WRITE_FROM_OUTSIDE or event.facts.get("internal")
    return "" if kept else str(event.words.get("text") or "").strip()


def are_open(complaint: Complaint, reference: Reference) -> bool:
    """Whether words about this case may leave at all."""
    return publicity(complaint, reference.categories[complaint.category]).described


def may_be_quoted(text: str, event: Event) -> bool:
    """Whether these words of the event may be quoted. The privacy check may have covered more than these words."""
    return bool(text) and not event.facts.get("withheld") and words_may_be_sent(text)


def first_words(text: str) -> str:
    """The beginning of a text, cut between two words."""
    line = " ".join(text.split())
    if len(line) <= FIRST_WORDS:
        return line
    cut = line[: FIRST_WORDS + 1].rpartition(" ")[0] or line[:FIRST_WORDS]
    return f"{cut} …"
