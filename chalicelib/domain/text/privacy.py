"""The automatic look at free words before everybody may read them: telephone numbers, e-mail addresses, NIK and number
plates. It withholds rather than guesses right: what it finds keeps the words from the public view only.

How well it sees is measured on a corpus (tests/domain/test_privacy.py, decision 0032). Names and street addresses of
persons are not looked for. Its dozen modules are loaded by the first look: who only shows words needs none."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from chalicelib.domain.text.personal_data import signs
from chalicelib.domain.values import dataclass

if TYPE_CHECKING:
    from chalicelib.domain.text.personal_data.reachable import Span
    from chalicelib.domain.text.personal_data.skeleton import TextToken

KINDS = ("telephone", "email", "nik", "plate", "unread")
OPENING = 2  # signs before a number that are marked with it
LONGEST = 4_000  # characters: what anybody may write at once, and all that is looked at


@dataclass(frozen=True, slots=True)
class Finding:
    """What seems to name somebody, one of KINDS, and where: `text[start:end]`. `unread` is what lies behind the longest
    text."""

    kind: str
    start: int
    end: int


def look(text: str) -> tuple[Finding, ...]:
    """Everything in a text that seems to name somebody, in order. The work grows with the length of the text alone."""
    from chalicelib.domain.text.personal_data import skeleton

    return _found(text, skeleton.read(text[:LONGEST]))


def _found(text: str, read: "list[TextToken]") -> tuple[Finding, ...]:
    """`read`: the tokens of the text as far as it is looked at."""
    from chalicelib.domain.text.personal_data.addresses import addresses
    from chalicelib.domain.text.personal_data.plates import plates
    from chalicelib.domain.text.personal_data.reachable import numbers_of_persons
    from chalicelib.domain.text.personal_data.report_numbers import without_report_numbers

    tokens = without_report_numbers(read)
    spans = [*numbers_of_persons(tokens), *addresses(tokens), *plates(tokens)]
    found = [Finding(kind, _widened(text, start), end) for kind, start, end in sorted(spans, key=_by_place)]
    unread = [Finding("unread", LONGEST, len(text))] if len(text) > LONGEST else []
    return (*found, *unread)


def kinds_found(text: str) -> list[str]:
    """What was found, by kind and without the words: for an event's facts, which are never erased."""
    return sorted({finding.kind for finding in look(text)})


def words_may_be_sent(text: str) -> bool:
    """Whether words of people may leave in a message of the city: nobody is named in them, no link stands in them, and
    nothing turns their direction."""
    from chalicelib.domain.text.personal_data import skeleton
    from chalicelib.domain.text.personal_data.links import has_link

    if len(text) > LONGEST or any(ord(sign) in signs.TURNING for sign in text):
        return False  # behind the longest text nobody looked
    read = skeleton.read(text)
    return not _found(text, read) and not has_link(read)


def shown(text: str) -> str:
    """The words as others may see them: without the signs that turn the direction of what stands around them."""
    return text.translate(dict.fromkeys(signs.TURNING))


def shown_within(value: Any) -> Any:
    """The same of every text in a JSON value, answers and all."""
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, Mapping):
        return {key: shown_within(inner) for key, inner in value.items()}
    return [shown_within(inner) for inner in value] if isinstance(value, list | tuple) else value


def _by_place(span: "Span") -> tuple[int, int]:
    return span.start, span.end


def _widened(text: str, start: int) -> int:
    """A plus or an opening bracket before a number belongs to it."""
    begin = start
    while begin > max(0, start - OPENING) and text[begin - 1] in "+([":
        begin -= 1
    return begin
