"""The SMS: one segment, whatever the case is called. What has room is said; what has none is left to the page."""

import unicodedata

from chalicelib.application.messages.naming import Names
from chalicelib.application.messages.outcomes import OutcomeFacts, short_outcome
from chalicelib.application.wording import Phrases, short_moment
from chalicelib.domain.next_step import NextStep

SEGMENT = 160  # signs of GSM 03.38: one more would be two messages, paid and shown as two
DOUBLE = "^{}\\[~]|"  # ASCII that takes two of them; the backtick has none


def sms_text(said: Phrases, step: NextStep, names: Names, outcome: OutcomeFacts | None, link: str) -> str:
    """The longest text that fits; the shortest one where a site's address leaves no room at all. `said` are its
    sentences: due, with the next date, and open, without."""
    words = names.words
    values = {"outcome": short_outcome(outcome, words), "due": _due(step, words)}
    forms = [said[form] for form in ("due", "open") if form in said and (form == "open" or values["due"])]
    matters = [*names.matters(), words["matter_unnamed"]]
    sentences = (form.format(matter=matter, **values) for form in forms for matter in matters)
    texts = [plain(words["sms"].format(said=sentence, link=link)) for sentence in sentences]
    return next((text for text in texts if septets(text) <= SEGMENT), texts[-1])


def _due(step: NextStep, words: Phrases) -> str:
    return short_moment(step.due_at, words) if step.due_at and not step.late else ""


def plain(text: str) -> str:
    """Letters that every telephone knows."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().replace("`", "'")


def septets(text: str) -> int:
    """How much of a segment a plain text takes."""
    return len(text) + sum(sign in DOUBLE for sign in text)
