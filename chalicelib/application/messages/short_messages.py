"""The SMS: one segment, whatever the case is called. What has room is said; what has none is left to the page."""

import unicodedata
from collections.abc import Iterator
from itertools import product

from chalicelib.application.messages.naming import Names
from chalicelib.application.messages.outcomes import OutcomeFacts, short_outcome
from chalicelib.application.wording import Phrases, short_moment
from chalicelib.domain.next_step import NextStep

SEGMENT = 160  # signs of GSM 03.38: one more would be two messages, paid and shown as two
DOUBLE = "^{}\\[~]|"  # ASCII that takes two of them; the backtick has none


def sms_text(said: Phrases, step: NextStep, names: Names, outcome: OutcomeFacts | None, link: str) -> str:
    """The first text that fits; the shortest one where a site's address leaves no room at all. `said` are its
    sentences: due and brief, with the next date, and open, without."""
    words = names.words
    values = {"outcome": short_outcome(outcome, words), "due": _due(step, words)}
    sentences = (
        form.format(matter=matter, **values) for form, matter in _choices(said, names, dated=bool(values["due"]))
    )
    texts = [plain(words["sms"].format(said=sentence, link=link)) for sentence in sentences]
    return next((text for text in texts if septets(text) <= SEGMENT), min(texts, key=len))


def _choices(said: Phrases, names: Names, *, dated: bool) -> Iterator[tuple[str, str]]:
    """Sentences with names of the matter, best first: a date is worth more than the whole name, and any name more than
    none."""
    forms = [said[form] for form in ("due", "brief") if dated and form in said]
    unnamed = names.words["matter_unnamed"]
    yield from product(forms, names.matters())
    yield from product(forms, [unnamed])
    yield from product([said["open"]], [*names.matters(), unnamed])


def _due(step: NextStep, words: Phrases) -> str:
    return short_moment(step.due_at, words) if step.due_at and not step.late else ""


def plain(text: str) -> str:
    """Letters that every telephone knows."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().replace("`", "'")


def septets(text: str) -> int:
    """How much of a segment a plain text takes."""
    return len(text) + sum(sign in DOUBLE for sign in text)
