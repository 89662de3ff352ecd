"""`python -m tools reference --check`: whether the reference data holds together. It names every fault, and ends with 1
when there is one. The figures are Jakarta's; another city states its own here."""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime

from chalicelib.data import reference, tables
from chalicelib.domain import routing
from chalicelib.domain.calendar import CALENDARS, WIB
from chalicelib.domain.reference import Category, Reference
from tools.command_line import parser

SIX_HOURS = 6 * 3600
AREA_KINDS = ("kecamatan", "kelurahan", "suku_dinas")  # what the named units are not
PARENT_KINDS = {"kelurahan": "kecamatan", "kecamatan": "kota", "suku_dinas": "dinas"}
FIGURES = {  # what the city says it has
    "units": 520,
    "named units": 77,
    "kecamatan": 44,
    "kelurahan": 267,
    "suku dinas": 132,
    "categories": 115,
    "channels of the city": 16,
    "channels of ours": 3,
    "areas": 267,
    "kecamatan of the areas": 44,
    "kota of the areas": 6,
}
LEAST_WORDS = 8  # everyday words of a category in a city's first language
ITS_OWN = "assumed-not-to-itself"  # owner_source of what people complain of about their kelurahan

DAY = re.compile(r"20[0-9]{2}-[01][0-9]-[0-3][0-9]")
SOON = 90  # days: the joint decree is out in autumn

Faults = Iterator[str]


def counted(city: Reference) -> dict[str, int]:
    """The figures, as the files have them."""
    kinds = Counter(unit.kind for unit in city.units.values())
    areas, ours = city.areas.values(), sum(channel.ours for channel in city.channels.values())
    return {
        "units": len(city.units),
        "named units": len(city.units) - sum(kinds[kind] for kind in AREA_KINDS),
        "kecamatan": kinds["kecamatan"],
        "kelurahan": kinds["kelurahan"],
        "suku dinas": kinds["suku_dinas"],
        "categories": len(city.categories),
        "channels of the city": len(city.channels) - ours,
        "channels of ours": ours,
        "areas": len(city.areas),
        "kecamatan of the areas": len({area.kecamatan_code for area in areas}),
        "kota of the areas": len({area.kota_code for area in areas}),
    }


def figures(city: Reference) -> Faults:
    """Counts that differ from what the city says."""
    for name, count in counted(city).items():
        if count != FIGURES[name]:
            yield f"{name}: {count}, not {FIGURES[name]}"


def parents(city: Reference) -> Faults:
    """Kelurahan, kecamatan and suku dinas without the parent they are to have."""
    for unit in city.units.values():
        parent, expected = city.units.get(unit.parent or ""), PARENT_KINDS.get(unit.kind)
        if expected and (parent is None or parent.kind != expected):
            yield f"{unit.code}: its parent is to be a {expected}, not {unit.parent}"


def owners(city: Reference) -> Faults:
    """Owners and first receivers that are no unit, for any kelurahan and for none."""
    for code in city.categories:
        for area in (*city.areas, None):
            named = routing.owners(city, category=code, area=area)
            receiver = routing.first_receiver(city, category=code, area=area)
            for unit in (*named, receiver):
                if unit not in city.units:
                    yield f"{code} at {area}: no unit {unit}"
            if receiver in city.units and city.units[receiver].external:
                yield f"{code} at {area}: {receiver} is outside the province and cannot hold a case"


def not_to_itself(city: Reference) -> Faults:
    """Complaints about an officer or a kelurahan that this kelurahan would receive."""
    about = {row["code"] for row in tables.rows("categories.csv") if row["owner_source"] == ITS_OWN}
    about |= {category.code for category in city.categories.values() if category.about_officer}
    for code in sorted(about):
        for area in city.areas:
            if routing.first_receiver(city, category=code, area=area) == f"KEL_{area}":
                yield f"{code} at {area}: received by the kelurahan it is about"


def limits(city: Reference) -> Faults:
    """Limits that contradict each other."""
    for category in city.categories.values():
        if category.coordination_limit > min(SIX_HOURS, category.resolution_limit // 2):
            yield f"{category.code}: coordination may take 6 hours and half the resolution at most"
        if not 0 < category.rework_limit <= category.resolution_limit:
            yield f"{category.code}: rework may not take longer than the work"


def answers(city: Reference) -> Faults:
    """Categories whose words or questions are not as the form and Open311 expect them."""
    for category in city.categories.values():
        if category.proof not in ("photo", "text"):
            yield f"{category.code}: proof is photo or text"
        if (category.sensitive or category.about_officer) and category.proof != "text":
            yield f"{category.code}: sensitive and about officers, so proved by words"
        yield from _questions(category)
    yield from _asked(list(city.categories.values()))


def _questions(category: Category) -> Faults:
    for question in category.questions:
        if question.datatype.endswith("valuelist") != bool(question.values):
            yield f"{category.code}.{question.code}: a list, and only a list, has values"


def _asked(categories: Sequence[Category]) -> Faults:
    lists = [q for c in categories for q in c.questions if q.required and q.datatype.endswith("valuelist")]
    if not lists:
        yield "no category has a required list question"
    if 2 * sum(bool(category.questions) for category in categories) > len(categories):
        yield "most categories are to ask nothing"


def words(city: Reference) -> Faults:
    """Words of categories that do not exist, and categories that people have no words for."""
    listed: Counter[str] = Counter()
    for row in tables.rows("category_words.csv"):
        if row["category"] not in city.categories:
            yield f"category_words.csv: no category {row['category']}"
        if row["language"] == "id":
            listed[row["category"]] += len(row["words"].split(";"))
    for code in city.categories:
        if listed[code] < LEAST_WORDS:
            yield f"{code}: {listed[code]} everyday words, not {LEAST_WORDS}"


def aliases(city: Reference) -> Faults:
    """Aliases of kelurahan that do not exist, or whose name two of them bear."""
    named = Counter(area.name for area in city.areas.values())
    for row in tables.rows("area_aliases.csv"):
        for name in row["areas"].split(";"):
            if named[name] != 1:
                yield f"area_aliases.csv: {row['alias']} names {name}, which {named[name]} kelurahan are called"


def dangers(city: Reference) -> Faults:
    """Categories of dangers that do not exist."""
    for row in tables.rows("danger_words.csv"):
        for code in row["categories"].split():
            if code not in city.categories:
                yield f"danger_words.csv: no category {code}"


def calendars(city: Reference) -> Faults:
    """Calendars that nobody knows, office hours that never come, days that are no dates."""
    for category in city.categories.values():
        if category.calendar not in CALENDARS:
            yield f"{category.code}: calendar is one of {', '.join(CALENDARS)}"
    if not all(0 <= weekday < 7 and 0 <= opens < closes <= 24 * 60 for weekday, (opens, closes) in _hours(city)):
        yield "office_hours.csv: a weekday is 1 to 7, and opens before it closes"
    for day in city.holidays:
        if not DAY.fullmatch(day):
            yield f"holidays.csv: {day} is no date"


def _hours(city: Reference) -> list[tuple[int, tuple[int, int]]]:
    return list(city.office_hours.items()) or [(-1, (0, 0))]


def listed_days(city: Reference, today: date) -> int:
    """How many days the list of holidays still reaches: it holds whole years."""
    last = max(city.holidays, default="0001")
    return (date(int(last[:4]), 12, 31) - today).days


RULES: tuple[Callable[[Reference], Faults], ...] = (
    figures,
    parents,
    owners,
    not_to_itself,
    limits,
    answers,
    words,
    aliases,
    dangers,
    calendars,
)


def faults(city: Reference) -> list[str]:
    """Everything that is wrong; empty when nothing is."""
    return [fault for rule in RULES for fault in rule(city)]


def main(arguments: Sequence[str]) -> int:
    made = parser("reference", __doc__)
    made.add_argument("--check", action="store_true", required=True)
    made.parse_args(list(arguments))
    found = faults(reference())
    sys.stdout.write("".join(f"{fault}\n" for fault in found))
    left = listed_days(reference(), datetime.now(WIB).date())
    if left < SOON:
        sys.stdout.write(f"holidays.csv reaches {left} days: add the next decree, else only weekends do not count\n")
    return int(bool(found))
