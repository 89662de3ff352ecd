"""How the city says things, from the words of one language: moments, and what happens next. Page, letters and SMS all
say it by these functions."""

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from chalicelib.domain.next_step import NextStep

WIB = timezone(timedelta(hours=7), "WIB")
OWN = "_own"  # the sentence for the reporter, where it is another than for everybody

Phrases = Mapping[str, Any]


def moment(at: datetime, words: Phrases) -> str:
    """A time as people in Jakarta read it: with its weekday, in WIB."""
    return _moment(at, words, "at")


def near_moment(at: datetime, words: Phrases) -> str:
    """The same without its year: for what is some days away."""
    return _moment(at, words, "near_at")


def short_moment(at: datetime, words: Phrases) -> str:
    """The same in at most 12 signs: day, month, hour."""
    return _moment(at, words, "short_at")


def _moment(at: datetime, words: Phrases, form: str) -> str:
    local = at.astimezone(WIB)
    parts = {
        "weekday": words["weekdays"][local.weekday()],
        "day": local.day,
        "month": words["months"][local.month - 1],
        "short_month": words["short_months"][local.month - 1],
        "year": local.year,
        "time": local.strftime(words["time"]),
    }
    return str(words[form].format(**parts))


def next_sentence(step: NextStep, unit: str, words: Phrases, *, own: bool) -> str:
    """What happens next, by whom, until when, in one sentence. `unit` is the name to say for the one who acts; `own`:
    said to the reporter."""
    steps = words["steps"]
    forms = (own and steps.get(step.sentence + OWN)) or steps[step.sentence]
    due = near_moment(step.due_at, words) if step.due_at else ""
    return begun(str(forms[step.form].format(unit=unit, due=due)))


def begun(sentence: str) -> str:
    """With a capital letter: a sentence may begin with a name that is written small."""
    return sentence[:1].upper() + sentence[1:]
