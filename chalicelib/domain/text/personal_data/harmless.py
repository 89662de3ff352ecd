"""Numbers of a street: dates, times, money, measures, coordinates, house numbers. Each has a grammar of its own, and a
number that is wholly of it names nobody, however many digits it has.

A matcher answers how many groups of a chain, from a place on, are of its grammar; 0 when none is. It asks that no
further group is glued on by the same sign, so that `08.12.34.56.78.90` is no time."""

from collections.abc import Callable, Sequence

from chalicelib.domain.text.personal_data.chains import Chain, Group
from chalicelib.domain.text.personal_data.vocabulary import AMOUNTS, AREAS, MONEY

LATITUDES, LONGITUDES = range(1, 12), range(95, 142)  # whole degrees in Indonesia, without their sign
YEARS = range(1900, 2100)
THOUSANDS = 6  # groups of the largest amount of money that is read
STEP = 9  # house numbers in a row do not lie further apart

Matcher = Callable[[Chain, int], int]


def harmless_places(chain: Chain) -> set[int]:
    """The places of a chain's groups that are explained by one of the grammars."""
    explained: set[int] = set()
    place = 0
    while place < len(chain.groups):
        count = max(matches(chain, place) for matches in MATCHERS)
        explained.update(range(place, place + count))
        place += count or 1
    return explained


def is_year_or_round(digits: str) -> bool:
    """2019, 1300, 25000: what stands in lists of years and amounts."""
    return (len(digits) == 4 and int(digits) in YEARS) or (3 <= len(digits) <= 6 and digits.endswith("00"))


def _date(chain: Chain, place: int) -> int:
    """02-03-2026, 02/03/26, 2026-03-02; with blanks only when the year has four digits."""
    groups = chain.groups[place : place + 3]
    if len(groups) < 3 or not _is_day([group.digits for group in groups]):
        return 0
    sign = groups[1].gap.strip(" ")
    if groups[2].gap.strip(" ") != sign or sign not in ("/", "-", ".", ""):
        return 0
    if sign == "" and max(len(group.digits) for group in groups) < 4:
        return 0
    return 0 if _glued(chain, place, 3, (sign or " ",)) else 3


def _is_day(digits: Sequence[str]) -> bool:
    if len(digits[0]) == 4:
        digits = digits[::-1]
    day, month, year = digits
    if len(day) > 2 or len(month) > 2 or len(year) not in (2, 4):
        return False
    return 1 <= int(day) <= 31 and 1 <= int(month) <= 12 and (len(year) == 2 or int(year) in YEARS)


def _time(chain: Chain, place: int) -> int:
    """08.30, 8:30, 08:30:15, 08:30:15.123."""
    groups = chain.groups
    if place + 1 >= len(groups) or not _is_time(groups[place], groups[place + 1]):
        return 0
    sign, count = groups[place + 1].gap, 2
    if _has(groups, place + 2, sign) and _is_sixty(groups[place + 2].digits):
        count = 3
        if sign == ":" and _has(groups, place + 3, ".") and len(groups[place + 3].digits) <= 6:
            count = 4
    return 0 if _glued(chain, place, count, (".", ":")) else count


def _is_time(hour: Group, minute: Group) -> bool:
    return len(hour.digits) <= 2 and int(hour.digits) <= 24 and minute.gap in (".", ":") and _is_sixty(minute.digits)


def _is_sixty(digits: str) -> bool:
    return len(digits) == 2 and int(digits) < 60


def _has(groups: Sequence[Group], place: int, gap: str) -> bool:
    return place < len(groups) and groups[place].gap == gap


def _thousands(chain: Chain, place: int) -> int:
    """850.000.000, 85 000 000; when its last three digits are others, beside Rp or an amount only."""
    groups = chain.groups
    if groups[place].digits.startswith("0") or len(groups[place].digits) > 3 or place + 1 >= len(groups):
        return 0
    sign, end = groups[place + 1].gap, place + 1
    if sign not in (".", ",", " "):
        return 0
    while end - place < THOUSANDS and _has(groups, end, sign) and len(groups[end].digits) == 3:
        end += 1
    count = end - place
    if count < 2 or _glued(chain, place, count, (sign,)):
        return 0
    return count if groups[end - 1].digits == "000" or _is_amount(chain, place, end) else 0


def _amount(chain: Chain, place: int) -> int:
    """Rp 500000, 500000 rupiah."""
    return int(not chain.groups[place].digits.startswith("0") and _is_amount(chain, place, place + 1))


def _is_amount(chain: Chain, begin: int, end: int) -> bool:
    after_currency = begin == 0 and bool(chain.cues) and chain.cues[0] in MONEY
    return after_currency or (end == len(chain.groups) and chain.unit in AMOUNTS)


def _decimal(chain: Chain, place: int) -> int:
    """1,5 and 0.75: a fraction of one or two digits behind a comma, of up to three behind a nought."""
    groups = chain.groups
    if place + 1 >= len(groups) or len(groups[place].digits) > 3:
        return 0
    whole, fraction, gap = groups[place].digits, groups[place + 1].digits, groups[place + 1].gap
    proper = whole == "0" or (gap == "," and not whole.startswith("0"))
    if gap not in (",", ".") or not proper or len(fraction) > (3 if whole == "0" else 2):
        return 0
    return 0 if _glued(chain, place, 2, (",", ".")) else 2


def _coordinate(chain: Chain, place: int) -> int:
    """-6.175392, or 106,8271; a latitude with its longitude when either has fewer digits."""
    if not _is_degree(chain, place, (*LATITUDES, *LONGITUDES)):
        return 0
    if len(chain.groups[place + 1].digits) >= 4:
        return 2
    return 4 if _is_degree(chain, place, LATITUDES) and _is_degree(chain, place + 2, LONGITUDES) else 0


def _is_degree(chain: Chain, place: int, degrees: Sequence[int]) -> bool:
    groups = chain.groups[place : place + 2]
    if len(groups) < 2 or groups[0].gap.endswith("+") or groups[1].gap not in (".", ","):
        return False
    whole = groups[0].digits
    return len(whole) <= 3 and not whole.startswith("0") and int(whole) in degrees and len(groups[1].digits) >= 2


def _row_of_houses(chain: Chain, place: int) -> int:
    """02, 04, 06: three or more short numbers behind commas, each a little larger."""
    groups, end = chain.groups, place + 1
    if len(groups[place].digits) > 3:
        return 0
    while end < len(groups) and _follows(groups[end - 1], groups[end]):
        end += 1
    return end - place if end - place >= 3 else 0


def _follows(former: Group, later: Group) -> bool:
    if len(later.digits) > 3 or not set(later.gap) & {",", ";"}:
        return False
    return 0 < int(later.digits) - int(former.digits) <= STEP


def _kilometre(chain: Chain, place: int) -> int:
    """KM 12+400."""
    return 2 if _has(chain.groups, place + 1, "+") and len(chain.groups[place].digits) <= 3 else 0


def _neighbourhood(chain: Chain, place: int) -> int:
    """RT 005/012, RT 001/002/003."""
    if place or not chain.cues or chain.cues[0] not in AREAS:
        return 0
    end = 1
    while end < min(3, len(chain.groups)) and chain.groups[end].gap.strip(" ") == "/":
        end += 1
    return end if all(len(group.digits) <= 3 for group in chain.groups[:end]) else 0


def _glued(chain: Chain, place: int, count: int, gaps: Sequence[str]) -> bool:
    """Whether the same signs join it to what stands before or behind it."""
    before = place > 0 and chain.groups[place].gap in gaps
    end = place + count
    return before or (end < len(chain.groups) and chain.groups[end].gap in gaps)


MATCHERS: tuple[Matcher, ...] = (
    _date, _time, _thousands, _amount, _decimal, _coordinate, _row_of_houses, _kilometre, _neighbourhood,
)  # fmt: skip
