"""The questions of GeoReport → ours. A span is at most 90 days; what is given of it decides the rest."""

from datetime import datetime, timedelta

from chalicelib.application.reading.dated import CaseQuery
from chalicelib.channels.open311.arguments import Arguments, read_degrees
from chalicelib.channels.open311.definitions import category_of
from chalicelib.channels.open311.vocabulary import CLOSED, OPEN
from chalicelib.domain.case import numbers
from chalicelib.domain.errors import NotFoundError, UnreadableError
from chalicelib.domain.place.grid import Box
from chalicelib.domain.reference import Reference
from chalicelib.domain.values import dataclass

LONGEST_SPAN = timedelta(days=90)
MOST_ITEMS, MOST_WHOLE = 1_000, 50  # in one answer; with history and photos
MOST_NUMBERS = 100  # in one question
MOST_PAGES = 1_000
NEWS_SPAN = timedelta(days=1)  # what is told to who names no times
FORWARD = timedelta(seconds=60)  # a client's clock may be ahead of ours


@dataclass(frozen=True, slots=True)
class Question:
    """`numbers` override the query. `extended`: with the extensions. `sized`: the client chose the size."""

    query: CaseQuery
    numbers: tuple[str, ...] | None
    extended: bool
    sized: bool


def read_question(arguments: Arguments, *, reference: Reference, now: datetime) -> Question:
    """Raises InvalidError with every fault, NotFoundError for another jurisdiction."""
    arguments.check_jurisdiction()
    extended = arguments.flag("extensions")
    if arguments.sent.get("service_request_id"):
        named = _numbers(arguments)
        arguments.refuse()
        return Question(CaseQuery(now, now), named, extended, sized=False)
    since, until = _span(arguments, now)
    size = arguments.whole("page_size", MOST_WHOLE if extended else MOST_ITEMS)
    query = CaseQuery(
        since=since,
        until=until,
        categories=_categories(arguments, reference),
        is_open=_is_open(arguments),
        changed_after=arguments.moment("updated_after"),
        changed_before=arguments.moment("updated_before", end_of_day=True),
        box=_box(arguments),
        page=arguments.whole("page", MOST_PAGES) or 1,
        size=size or (MOST_WHOLE if extended else MOST_ITEMS),
        whole=extended,
    )
    arguments.refuse()
    return Question(query, None, extended, sized=size is not None)


def _numbers(arguments: Arguments) -> tuple[str, ...]:
    """The arguments that are numbers of cases; others are unknown, and left out."""
    found = list(dict.fromkeys(number for text in arguments.several("service_request_id") for number in _number(text)))
    if len(found) > MOST_NUMBERS:
        arguments.fault("service_request_id", f"At most {MOST_NUMBERS}")
    return tuple(found)


def _number(text: str) -> list[str]:
    try:
        return [numbers.read(text)]
    except (NotFoundError, UnreadableError):
        return []


def read_number(text: str) -> str:
    """Raises NotFoundError for whatever is no number."""
    found = _number(text)
    if not found:
        raise NotFoundError("service_request_id: no such request")
    return found[0]


def _span(arguments: Arguments, now: datetime) -> tuple[datetime, datetime]:
    start, end = arguments.moment("start_date"), arguments.moment("end_date", end_of_day=True)
    if end is None:
        begin = start or now - LONGEST_SPAN
        return begin, min(max(now + FORWARD, begin), begin + LONGEST_SPAN + FORWARD)
    if start is None:
        return end - LONGEST_SPAN, end
    if end < start:
        arguments.fault("end_date", "It lies before start_date")
    elif end - start > LONGEST_SPAN + timedelta(days=1):
        arguments.fault("end_date", "At most 90 days after start_date")
    return start, end


def _categories(arguments: Arguments, reference: Reference) -> frozenset[str]:
    codes = arguments.several("service_code")
    unknown = [code for code in codes if category_of(code, reference) is None]
    if unknown:
        arguments.fault("service_code", f"No such service: {unknown[0]}")
    return frozenset(code.upper() for code in codes)


def _is_open(arguments: Arguments) -> bool | None:
    words = {word.lower() for word in arguments.several("status")}
    if words - {OPEN, CLOSED}:
        arguments.fault("status", "open or closed is expected")
    return None if len(words) != 1 else words == {OPEN}


def _box(arguments: Arguments) -> Box | None:
    """West, south, east, north, as everywhere in this city."""
    text = arguments.one("bbox")
    if not text:
        return None
    edges = [read_degrees(part.strip(), 180) for part in text.split(",")]
    known = [edge for edge in edges if edge is not None]
    if len(known) == len(edges) == 4 and known[0] < known[2] and known[1] < known[3]:
        return Box(*known)
    arguments.fault("bbox", "west,south,east,north in degrees are expected")
    return None


def read_news_span(arguments: Arguments, now: datetime) -> tuple[datetime, datetime]:
    """Raises InvalidError, NotFoundError."""
    arguments.check_jurisdiction()
    start, end = arguments.moment("start_date"), arguments.moment("end_date", end_of_day=True)
    until = end or now + FORWARD
    since = start or until - NEWS_SPAN
    if until < since:
        arguments.fault("end_date", "It lies before start_date")
    elif until - since > LONGEST_SPAN + timedelta(days=1):
        arguments.fault("start_date", "At most 90 days before end_date")
    arguments.refuse()
    return since, until
