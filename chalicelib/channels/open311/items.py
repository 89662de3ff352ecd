"""A case as everybody sees it → an item of GeoReport, with its extensions on demand; the columns of the bulk export."""

from datetime import datetime
from typing import Any

from chalicelib.application.reading.dated import News, PublicCase
from chalicelib.channels.open311.vocabulary import CLOSED, OPEN, time_word, update_word
from chalicelib.domain.labels import ACTION

Document = dict[str, Any]
COLUMNS = (
    *("service_request_id", "requested_datetime", "updated_datetime", "closed_date", "status_description"),
    *("status_notes", "source", "service_name", "service_subtype", "description", "agency_responsible"),
    *("address", "lat", "long"),
)
SOURCE = "Tanggap"  # by which channel a report came is shown to the staff only


def item(case: PublicCase, *, extended: bool = False) -> Document:
    """Every key of the standard; null where nothing is known or everybody may not know it."""
    view = case.view
    place, area = view["place"] or {}, view["area"] or {}
    known = {
        "service_request_id": view["number"],
        "status": OPEN if case.is_open else CLOSED,
        "status_notes": status_notes(view),
        "service_name": view["category"]["name"],
        "service_code": case.category,
        "description": view["description"],
        "agency_responsible": view["unit"]["name"],
        "service_notice": None,
        "requested_datetime": time_word(case.received_at),
        "updated_datetime": time_word(case.changed_at),
        "expected_datetime": _expected(view),
        "address": address(view),
        "address_id": area.get("code"),
        "zipcode": None,
        "lat": place.get("lat"),
        "long": place.get("lon"),
        "media_url": case.picture,
    }
    return known | (_extensions(case) if extended else {})


def status_notes(view: Document) -> str:
    """The city's own word for the status, and the case that goes on in place of a merged one."""
    survivor = view["merged_into"]
    return f"{view['label']}: {survivor}" if survivor else str(view["label"])


def address(view: Document) -> str | None:
    """The kelurahan and what it lies in, from the smallest to the largest."""
    area = view["area"]
    return f"Kelurahan {area['name']}, Kecamatan {area['kecamatan']}, {area['kota']}" if area else None


def _expected(view: Document) -> str | None:
    """When the work is due: the resolution clock."""
    clock = view["clocks"].get("resolution")
    return time_word(datetime.fromisoformat(clock["due_at"])) if clock else None


def _extensions(case: PublicCase) -> Document:
    view = case.view
    outcome = view["outcome"] or {}
    return {
        "attributes": [],  # answers are for the reporter and the staff
        "extended_attributes": {
            "status_code": view["status"],
            "status_label": view["label"],
            "public_label": view["public_label"],
            "outcome": outcome.get("code"),
            "unit": view["unit"]["code"],
            "area": (view["area"] or {}).get("code"),
            "clocks": [{"kind": kind, **clock} for kind, clock in view["clocks"].items()],
            "photos": [_photo(photo) for photo in view["photos"] if photo.get("urls")],
        },
        "notes": [note(line) for line in view["timeline"]],
    }


def _photo(photo: Document) -> Document:
    named = {"media_url": photo["urls"]["large"], "title": photo["kind"]}
    return {**named, "width": None, "height": None, "created_at": None}


def note(line: Document) -> Document:
    """A line of the public history."""
    return {
        "datetime": time_word(datetime.fromisoformat(line["at"])),
        "description": _told(line),
        "type": line["action"],
    }


def _told(line: Document) -> str:
    words = ACTION[line["action"]].id
    return f"{words}: {line['text']}" if line.get("text") else words


def update(news: News) -> Document:
    """One entry of the exchange of updates."""
    line = news.line
    return {
        "update_id": f"{news.number}.{line['sequence']}",
        "service_request_id": news.number,
        "status": update_word(line["status"], news.outcome),
        "description": _told(line),
        "updated_datetime": time_word(news.at),
        "media_url": None,
        "external_status_code": line["status"],
        "customer_reference": None,
    }


def bulk_row(case: PublicCase) -> list[str]:
    """The columns of `COLUMNS`, as text."""
    known = item(case)
    more = {
        "closed_date": "" if case.is_open else known["updated_datetime"],
        "status_description": known["status_notes"],
        "status_notes": case.view["public_label"],
        "source": SOURCE,
        "service_subtype": None,
    }
    values = known | more
    return ["" if values[column] is None else str(values[column]) for column in COLUMNS]
