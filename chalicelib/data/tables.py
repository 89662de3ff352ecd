"""Rows of the city's files → the domain's types. What each column means, and who says so, is in README.md."""

import csv
import json
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from chalicelib.data import HERE, read_file
from chalicelib.domain.calendar import WHOLE_DAY, Calendar
from chalicelib.domain.reference import Area, Category, Channel, Neighbour, Question, Unit

if TYPE_CHECKING:
    from chalicelib.domain.exchange import Exchange


HOUR = 3600

Row = Mapping[str, str]


def rows(name: str) -> Iterator[Row]:
    """The rows of one CSV file of this folder, by column name."""
    with open(os.path.join(HERE, name), encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def areas() -> dict[str, Area]:
    islands: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for row in rows("islands.csv"):
        islands[row["area"]].append((float(row["lat"]), float(row["lon"])))
    return {row["code"]: _area(row, tuple(islands[row["code"]])) for row in rows("kelurahan.csv")}


def units(known: Mapping[str, Area]) -> dict[str, Unit]:
    """The named units and suku dinas of the file; the kecamatan and kelurahan follow from the areas."""
    found = {row["code"]: _unit(row) for row in rows("units.csv")}
    for area in known.values():
        kecamatan, kelurahan = f"KEC_{area.kecamatan_code}", f"KEL_{area.code}"
        kota = f"KOTA_{area.kota_code}"
        found[kecamatan] = Unit(kecamatan, f"Kecamatan {area.kecamatan}", "kecamatan", kota, area.kecamatan_code)
        found[kelurahan] = Unit(kelurahan, f"Kelurahan {area.name}", "kelurahan", kecamatan, area.code)
    return found


def categories(limits: Mapping[str, Mapping[str, int]]) -> dict[str, Category]:
    """`limits` replaces limits (seconds) of some categories: coordination, resolution, rework."""
    questions = json.loads(read_file("questions.json"))
    return {
        row["code"]: _category(row, limits.get(row["code"], {}), questions.get(row["code"], ()))
        for row in rows("categories.csv")
    }


def channels() -> dict[str, Channel]:
    return {row["code"]: _channel(row) for row in rows("channels.csv")}


def neighbours() -> tuple[Neighbour, ...]:
    return tuple(Neighbour(row["name"], float(row["lat"]), float(row["lon"])) for row in rows("neighbours.csv"))


def holidays() -> dict[str, str]:
    """Two holidays on one day share its line."""
    named: dict[str, str] = {}
    for row in rows("holidays.csv"):
        day = row["date"]
        named[day] = f"{named[day]}, {row['name_id']}" if day in named else row["name_id"]
    return named


def lapor() -> "Exchange":
    from chalicelib.domain.exchange import Exchange, ForeignStatus, folded

    statuses = {
        (row["status"], row["reason"]): ForeignStatus(row["theirs"], row["label"]) for row in rows("lapor_statuses.csv")
    }
    return Exchange(
        topics={folded(row["topic"]): row["category"] for row in rows("lapor_topics.csv")},
        statuses=statuses,
        limits={row["step"]: int(row["working_days"]) for row in rows("lapor_limits.csv")},
        working_days=Calendar(dict.fromkeys(office_hours(), WHOLE_DAY), frozenset(holidays())),
    )


def office_hours() -> dict[int, tuple[int, int]]:
    """By weekday (0 is Monday), minutes after midnight."""
    return {
        int(row["weekday"]) - 1: (_minutes(row["opens"]), _minutes(row["closes"])) for row in rows("office_hours.csv")
    }


def _minutes(text: str) -> int:
    hours, _, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes)


def _area(row: Row, islands: tuple[tuple[float, float], ...]) -> Area:
    return Area(
        row["code"],
        row["name"],
        row["kecamatan"],
        row["kecamatan_code"],
        row["kota"],
        row["kota_code"],
        float(row["lat"]),
        float(row["lon"]),
        islands,
    )


def _unit(row: Row) -> Unit:
    flood = row["flood"] == "yes"
    return Unit(row["code"], row["name"], row["kind"], row["parent"] or None, row["area"] or None, flood)


def _channel(row: Row) -> Channel:
    desk, ours = row["desk"] == "yes", row["ours"] == "yes"
    return Channel(row["code"], row["name_id"], row["name_en"], row["kind"], desk, ours)


def _category(row: Row, limits: Mapping[str, int], questions: Any) -> Category:
    resolution = limits.get("resolution", int(row["resolve_hours"]) * HOUR)
    rework = min(int(row["rework_hours"]) * HOUR, resolution)
    return Category(
        code=row["code"],
        name_id=row["name_id"],
        name_en=row["name_en"],
        group_id=row["group_id"],
        group_en=row["group_en"],
        lead=row["lead"],
        co_owners=tuple(code for code in row["co_owners"].split(";") if code),
        first_receiver=row["first_receiver"],
        resolution_limit=resolution,
        coordination_limit=limits.get("coordination", coordination_limit(int(row["coord_hours"]) * HOUR, resolution)),
        rework_limit=limits.get("rework", rework),
        about_officer=row["about_officer"] == "yes",
        sensitive=row["sensitive"] == "yes",
        nearby_radius=int(row["nearby_radius_m"]),
        proof=row["proof"],
        calendar=row["calendar"],
        questions=tuple(_question(question) for question in questions),
    )


def coordination_limit(promised: int, resolution: int) -> int:
    """The city's six hours, but never more than half of what the whole work may take (seconds)."""
    return min(promised, resolution // 2)


def _question(raw: Mapping[str, Any]) -> Question:
    values = tuple((key, indonesian, english) for key, indonesian, english in raw["values"])
    return Question(raw["code"], raw["text_id"], raw["text_en"], raw["datatype"], raw["required"], values)
