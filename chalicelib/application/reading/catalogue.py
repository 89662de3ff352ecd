"""The reference data as clients get it: five lists of objects with a code. Public facts only."""

from collections.abc import Mapping
from typing import Any

from chalicelib.domain.case.complaint import ENDED, STATUSES
from chalicelib.domain.labels import STATUS, Translated
from chalicelib.domain.reference import Area, Category, Channel, Question, Reference, Unit


def catalogue(reference: Reference) -> dict[str, list[dict[str, Any]]]:
    """Names as `{id, en}` where both exist; limits in seconds, radius in metres."""
    return {
        "categories": [_category(category) for category in reference.categories.values()],
        "statuses": [_status(code) for code in STATUSES],
        "channels": [_channel(channel) for channel in reference.channels.values()],
        "units": [_unit(unit) for unit in reference.units.values()],
        "areas": [_area(area) for area in reference.areas.values()],
    }


def _words(indonesian: str, english: str) -> dict[str, str]:
    return {"id": indonesian, "en": english}


def _category(category: Category) -> dict[str, Any]:
    return {
        "code": category.code,
        "name": _words(category.name_id, category.name_en),
        "group": _words(category.group_id, category.group_en),
        "lead": category.lead,
        "co_owners": list(category.co_owners),
        "first_receiver": category.first_receiver,
        "limits": {
            "coordination": category.coordination_limit,
            "resolution": category.resolution_limit,
            "rework": category.rework_limit,
        },
        "calendar": category.calendar,
        "radius_m": category.nearby_radius,
        "proof": category.proof,
        "about_officer": category.about_officer,
        "sensitive": category.sensitive,
        "questions": [_question(question) for question in category.questions],
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "code": question.code,
        "text": _words(question.text_id, question.text_en),
        "datatype": question.datatype,
        "required": question.required,
        "values": [{"key": key, "name": _words(indonesian, english)} for key, indonesian, english in question.values],
    }


def _status(code: str) -> dict[str, Any]:
    words: Translated = STATUS[code].public
    return {
        "code": code,
        "label": STATUS[code].official,
        "public_label": _words(words.id, words.en),
        "icon": STATUS[code].icon,
        "open": code not in ENDED,
    }


def _channel(channel: Channel) -> dict[str, Any]:
    marks = {"ours": True} if channel.ours else {}
    names = _words(channel.name_id, channel.name_en)
    return {"code": channel.code, "name": names, "kind": channel.kind, "desk": channel.desk, **marks}


def _unit(unit: Unit) -> dict[str, Any]:
    return {"code": unit.code, "name": unit.name, "kind": unit.kind} | _given(
        {"parent": unit.parent, "area": unit.area}
    )


def _given(values: Mapping[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}


def _area(area: Area) -> dict[str, Any]:
    return {
        "code": area.code,
        "name": area.name,
        "kecamatan": {"code": area.kecamatan_code, "name": area.kecamatan},
        "kota": {"code": area.kota_code, "name": area.kota},
        "lat": area.lat,
        "lon": area.lon,
    } | ({"islands": [{"lat": lat, "lon": lon} for lat, lon in area.islands]} if area.islands else {})
