"""GeoReport's documents on the wire: XML without a schema, JSON by the Spark convention (a list loses its wrapper, what
is empty is null), and CSV that a spreadsheet opens without running anything."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from chalice.app import Response

from chalicelib.channels.open311.vocabulary import argument_of
from chalicelib.domain import errors

XML, JSON, CSV = "xml", "json", "csv"
MEDIA_TYPE = {
    XML: "text/xml; charset=utf-8",
    JSON: "application/json; charset=utf-8",
    CSV: "text/csv; charset=utf-8; header=present",
}
ONE_OF = {  # what an element of a list is called
    "services": "service",
    "attributes": "attribute",
    "values": "value",
    "service_requests": "request",
    "service_request_updates": "request_update",
    "errors": "error",
    "endpoints": "endpoint",
    "formats": "format",
    "notes": "note",
    "photos": "photo",
    "clocks": "clock",
}
NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, section 2.2
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
HTTP: tuple[tuple[type[Exception], int], ...] = (
    (errors.NotFoundError, 404),
    (errors.NotAllowedError, 403),
    (errors.UnauthenticatedError, 403),
    (errors.TooManyError, 429),
    (errors.UnavailableError, 503),
    (errors.Refusal, 400),
)
WORDS = {
    400: "The request cannot be read",
    403: "api_key is missing or not valid",
    404: "Not found",
    429: "Too many requests",
    500: "Internal error",
    503: "Not available, please try again",
}


def document(root: str, content: Any, kind: str, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Any:
    """A response: a list under its root, or one object."""
    body = json.dumps(content, ensure_ascii=False) if kind == JSON else xml(root, content)
    return Response(body, {**(headers or {}), "Content-Type": MEDIA_TYPE[kind]}, status)


def xml(root: str, content: Any) -> str:
    """With its declaration. Signs that XML does not know are question marks."""
    from xml.etree import ElementTree

    text = ElementTree.tostring(_element(root, content), encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}'


def _element(name: str, content: Any) -> Any:
    from xml.etree.ElementTree import Element

    element = Element(name)
    if isinstance(content, Mapping):
        element.extend(_element(key, value) for key, value in content.items())
    elif isinstance(content, list):
        element.extend(_element(ONE_OF.get(name, "item"), value) for value in content)
    elif content is not None:
        element.text = _text(content)
    return element


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return NO_XML.sub("?", str(value))


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Response:
    """RFC 4180 with a header row."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return Response(out.getvalue(), {"Content-Type": MEDIA_TYPE[CSV]})


def _cell(text: str) -> str:
    """As every table of the city has it; a number is no formula."""
    from chalicelib.application.reading.lists.export import safe

    return text if NUMBER.fullmatch(text) else safe(text)


def refusal(fault: Exception, kind: str, headers: Mapping[str, str]) -> Response:
    """`errors`, one for each fault. Nothing is said of what is wrong with the system."""
    status = next((status for known, status in HTTP if isinstance(fault, known)), 500)
    told = [{"code": status, "description": text} for text in _descriptions(fault, status)]
    more = (
        {"Retry-After": str(fault.retry_after)}
        if isinstance(fault, errors.UnavailableError | errors.TooManyError)
        else {}
    )
    answer: Response = document("errors", told, kind, status=status, headers={**headers, **more})
    return answer


def _descriptions(fault: Exception, status: int) -> list[str]:
    if isinstance(fault, errors.InvalidError):
        return [f"{argument_of(error.field)}: {error.message}" for error in fault.errors]
    if isinstance(fault, errors.ConflictError):
        return ["client_request_id: it was used for another request before"]
    detail = fault.detail if isinstance(fault, errors.Refusal) else None
    return [detail or WORDS[status]]
