"""What somebody asks of a list besides its order: filters, words, another order. There is no index for these, so they
look through the first `LOOKED_THROUGH` rows of the list, and the answer says how many that were."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from urllib.parse import urlencode

from chalicelib.application.ports.queues import QueueEntry
from chalicelib.domain.case import numbers
from chalicelib.domain.case.complaint import ANSWERED, STATUSES
from chalicelib.domain.clocks import any_late
from chalicelib.domain.errors import FieldError, NotFoundError, UnreadableError
from chalicelib.domain.reference import Reference
from chalicelib.domain.text.spelling import bare, plain
from chalicelib.domain.values import dataclass

LOOKED_THROUGH = 500  # rows
MOST_WORDS = 200  # characters
READ_AS = str.maketrans("oil", "011")  # as numbers are read
LATEST = 9_999_999_999  # seconds: newer entries have smaller keys
TIME_LEFT = "time_left"
SORTS: dict[str, Callable[[QueueEntry], int]] = {
    TIME_LEFT: lambda entry: entry.due,
    "age": lambda entry: int(entry.received_at.timestamp()),
    "newest": lambda entry: LATEST - int(entry.received_at.timestamp()),
}
SWITCHES = ("true", "false")
NAMES = ("status", "category", "late", "photo", "answered", "words", "sort")


@dataclass(frozen=True, slots=True)
class Sieve:
    """`asked`: the parameters as they were sent, by known names; blank words ask nothing."""

    asked: Mapping[str, str]
    reference: Reference

    @classmethod
    def of(cls, sent: Mapping[str, str], reference: Reference) -> "Sieve":
        named = {name: sent[name] for name in NAMES if name in sent}
        return cls({name: value for name, value in named.items() if name != "words" or value.strip()}, reference)

    def faults(self) -> Iterator[FieldError]:
        known = {
            "status": STATUSES,
            "category": self.reference.categories,
            "late": SWITCHES,
            "photo": SWITCHES,
            "answered": SWITCHES,
            "sort": SORTS,
        }
        for name, values in known.items():
            if self.asked.get(name) is not None and self.asked[name] not in values:
                yield FieldError(name, "value", "No such value")
        if len(self.asked.get("words", "")) > MOST_WORDS:
            yield FieldError("words", "too_long", f"At most {MOST_WORDS} characters")

    def is_idle(self, usual: str) -> bool:
        """Whether nothing is asked that the list does not do by itself; `usual` is its own order."""
        return not self.asked.keys() - {"sort"} and self.asked.get("sort", usual) == usual

    @property
    def name(self) -> str:
        """The same for the same question, for a cursor to be bound to."""
        return urlencode(sorted(self.asked.items()))

    def position(self, entry: QueueEntry) -> str:
        """Sorts entries as was asked, and tells any two apart. Without an order of its own, as the list does."""
        sort = self.asked.get("sort")
        return f"{SORTS[sort](entry):010d} {entry.position}" if sort else entry.position

    def passes(self, entry: QueueEntry, now: datetime) -> bool:
        return all(test(self.asked[name], entry, now) for name, test in _TESTS.items() if name in self.asked) and (
            "words" not in self.asked or self._holds_words(entry)
        )

    def _holds_words(self, entry: QueueEntry) -> bool:
        """Every word stands somewhere in what the list shows of the case; a part of the number counts as a word."""
        area = self.reference.areas[entry.area].name if entry.area else ""
        shown = (
            f"{entry.summary.text} {entry.summary.landmark} {self.reference.categories[entry.category].name_id} {area}"
        )
        if entry.number and entry.number == _named(self.asked["words"]):
            return True
        text, number = _folded(shown), bare(entry.number).casefold()
        sought = _folded(self.asked["words"])
        return _in_number(sought, number) or all(word in text or _in_number(word, number) for word in sought.split())


@lru_cache(maxsize=8)  # asked for each row of a list
def _named(words: str) -> str:
    """The number that the words are, or that their link holds; "" where there is none."""
    try:
        return numbers.read(words)
    except (NotFoundError, UnreadableError):
        return ""


def is_late(entry: QueueEntry, now: datetime) -> bool:
    """Whether a promise that is not kept yet has passed its due time. A case whose clock is paused waits for its
    reporter; other work has one due time and no clock: the case that a part is of may be late, and the part not."""
    return any_late(entry.clocks, now) if entry.kind == "case" else entry.due < now.timestamp()


_TESTS: dict[str, Callable[[str, QueueEntry, datetime], bool]] = {
    "status": lambda value, entry, _now: entry.status == value,
    "category": lambda value, entry, _now: entry.category == value,
    "late": lambda value, entry, now: is_late(entry, now) == (value == "true"),
    "photo": lambda value, entry, _now: bool(entry.summary.photo) == (value == "true"),
    "answered": lambda value, entry, _now: (ANSWERED in entry.summary.flags) == (value == "true"),
}


def _folded(text: str) -> str:
    return " ".join(plain(text).casefold().split())


def _in_number(word: str, number: str) -> bool:
    """Two signs stand in many numbers by chance."""
    signs = bare(word).translate(READ_AS)
    return len(signs) >= 3 and signs in number
