"""Our categories as GeoReport's services, and their questions as attributes; the discovery document."""

import hashlib
import json
from typing import Any

from chalicelib.channels.open311.vocabulary import SPECIFICATION
from chalicelib.domain.errors import NotFoundError
from chalicelib.domain.reference import Category, Question, Reference

Document = dict[str, Any]
DAY = 86_400  # seconds
# When the list of services or a definition changed last, and the digest of what it was then. A test says when both are
# due: clients keep our services under this time.
CHANGED_AT, CHANGED_TO = "2026-11-26T20:00:00+07:00", "be0b8634ccb5c6cf"
MEDIA_TYPES = ("text/xml", "application/json")


def services(reference: Reference) -> list[Document]:
    """Every category: what is delicate can be reported too, and is shown to nobody."""
    return [_service(category) for category in reference.categories.values()]


def _service(category: Category) -> Document:
    days = max(1, round(category.resolution_limit / DAY))
    return {
        "service_code": category.code,
        "service_name": category.name_id,
        "description": f"{category.name_id} ({category.name_en}). Batas waktu penyelesaian {days} hari.",
        "metadata": bool(category.questions),
        "type": "realtime",
        "keywords": ",".join(dict.fromkeys(word.replace(",", " ") for word in (category.name_en, category.group_en))),
        "group": category.group_id,
    }


def definition(code: str, reference: Reference) -> Document:
    """The questions of a category; empty if it has none. Raises NotFoundError for an unknown code."""
    category = category_of(code, reference)
    if category is None:
        raise NotFoundError("service_code: no such service")
    attributes = [_attribute(question, order) for order, question in enumerate(category.questions, 1)]
    return {"service_code": category.code, "attributes": attributes}


def category_of(code: str, reference: Reference) -> Category | None:
    """Codes are read in any case."""
    return reference.categories.get(code.upper())


def _attribute(question: Question, order: int) -> Document:
    return {
        "variable": True,
        "code": question.code,
        "datatype": question.datatype,
        "required": question.required,
        "datatype_description": None,
        "order": order,
        "description": question.text_id,
        "values": [{"key": key, "name": indonesian} for key, indonesian, _ in question.values],
    }


def fingerprint(reference: Reference) -> str:
    """The digest of everything that clients may keep of the services."""
    definitions = [definition(code, reference) for code in reference.categories]
    text = json.dumps([services(reference), definitions], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def discovery(*, base: str, stage: str, site: str) -> Document:
    """`base` is the address of the endpoint. A stage that is not production may be tried: it is both."""
    kinds = ("production",) if stage == "production" else ("production", "test")
    endpoints = [
        {
            "specification": SPECIFICATION,
            "url": base,
            "changeset": CHANGED_AT,
            "type": kind,
            "formats": list(MEDIA_TYPES),
        }
        for kind in kinds
    ]
    return {
        "changeset": CHANGED_AT,
        "contact": f"Tanggap, Pemerintah Provinsi DKI Jakarta: {site}/bantuan",
        "key_service": f"Kunci API diberikan oleh pengelola kota: {site}/bantuan",
        "endpoints": endpoints,
    }
