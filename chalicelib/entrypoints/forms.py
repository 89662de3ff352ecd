"""The bodies that we read, as pydantic models, loaded only by requests that have one. Every field is read by itself,
so that one that is wrong does not hide the faults of the others; whether a field is needed is decided further in."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from math import isfinite
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from chalicelib.domain.case.evidence import MAX_BYTES, PER_SIDE, WITH_REPORT, ContentType
from chalicelib.domain.errors import FieldError
from chalicelib.domain.text.spelling import is_blank
from chalicelib.entrypoints.bodies import named_key

if TYPE_CHECKING:
    from chalicelib.entrypoints.doors import RequestBody

DESCRIPTION, LANDMARK, NAME, REPLY, ANSWER = 4000, 200, 100, 4000, 1000  # characters
CENTURY = range(2000, 2100)  # years
RFC_3339 = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9:]{8}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})")
LISTED, TYPED = 50, 500  # codes in one answer; characters of a number or an address, with links and signs around it


def _time(value: Any) -> Any:
    """RFC 3339 with a zone, of this century: other zones cannot say either end of the calendar. Empty: not given."""
    if not isinstance(value, str):
        return value
    if is_blank(value):
        return None
    try:
        at = datetime.fromisoformat(value.upper()) if RFC_3339.fullmatch(value) else None
    except ValueError:
        at = None
    if at is None:
        raise PydanticCustomError("value_time", "A time as RFC 3339 with its zone is expected")
    if at.year not in CENTURY:
        raise PydanticCustomError("value_time", "A time of this century is expected")
    return at


def worded(value: Any) -> Any:
    """A text that shows nothing counts as empty."""
    return "" if isinstance(value, str) and is_blank(value) else value


def _one_line(value: Any) -> Any:
    return " ".join(worded(value).split()) if isinstance(value, str) else value


def _answer(value: Any) -> Any:
    """A text, a number, codes from a list, or none; whether it answers the question is the category's to say."""
    parts = value if isinstance(value, list) else [value]
    fits = all(isinstance(part, str | int | float | None) and len(str(part)) <= ANSWER for part in parts)
    if not fits or len(parts) > LISTED or any(isinstance(part, float) and not isfinite(part) for part in parts):
        raise PydanticCustomError("value_answer", "A text, a number or a list of codes is expected")
    return worded(value)


def _text(most: int) -> Any:
    return Annotated[str, StringConstraints(strip_whitespace=True, max_length=most), BeforeValidator(worded)]


Code = Annotated[str, StringConstraints(max_length=64)]
Pasted = Annotated[str, StringConstraints(strip_whitespace=True, max_length=TYPED)]  # a number, an address, a link
Time = Annotated[datetime | None, BeforeValidator(_time)]
Degrees = Annotated[float, Field(allow_inf_nan=False)]
Answer = Annotated[Any, BeforeValidator(_answer)]


class Form(BaseModel):
    # Compiled when it is first read: a request has one form of twenty.
    model_config = ConfigDict(extra="forbid", strict=True, defer_build=True)


class Location(Form):
    """A point (WGS84 degrees, accuracy in metres), or a kelurahan by its code."""

    lat: Annotated[Degrees, Field(ge=-90, le=90)] | None = None
    lon: Annotated[Degrees, Field(ge=-180, le=180)] | None = None
    accuracy_m: Annotated[Degrees, Field(ge=0)] | None = None
    kelurahan: Code | None = None

    @model_validator(mode="after")
    def _is_one_of_both(self) -> "Location":
        if self.kelurahan is not None:
            if (self.lat, self.lon, self.accuracy_m) != (None, None, None):
                raise PydanticCustomError("value_location", "A point or a kelurahan, not both")
        elif self.lat is None or self.lon is None:
            raise PydanticCustomError("missing", "A point (lat and lon) or a kelurahan is needed")
        return self


class ContactForm(Form):
    """How to tell the reporter; all of it may be left out."""

    name: Annotated[str, BeforeValidator(_one_line), StringConstraints(max_length=NAME)] | None = None
    phone: Pasted | None = None
    email: Pasted | None = None
    by: Literal["email", "sms"] | None = None
    language: Literal["id", "en"] | None = None


class PhotoForm(Form):
    """A photo that is about to be uploaded; size in bytes."""

    content_type: ContentType
    size: Annotated[int, Field(ge=1, le=MAX_BYTES)]


class PhotoTicketForm(Form):
    """An upload after the report; both are needed."""

    content_type: ContentType | None = None
    size: Annotated[int, Field(ge=1, le=MAX_BYTES)] | None = None


class DraftForm(Form):
    """A citizen's report."""

    category: Code | None = None
    description: _text(DESCRIPTION) | None = None  # type: ignore[valid-type]
    location: Location | None = None
    landmark: _text(LANDMARK) | None = None  # type: ignore[valid-type]
    contact: ContactForm | None = None
    visibility: Literal["public", "private"] | None = None
    answers: Annotated[dict[Code, Answer], Field(max_length=20)] | None = None
    photos: Annotated[list[PhotoForm], Field(max_length=WITH_REPORT)] | None = None
    returns: Pasted | None = None
    channel: Code | None = None


class DeskForm(DraftForm):
    """A report typed in by a desk."""

    contact_confirmed: bool | None = None


class TokenForm(Form):
    """What a message carries in its links."""

    token: Pasted | None = None


class ReporterLinkForm(Form):
    """Where the link to somebody's own reports goes: one address of theirs."""

    phone: Pasted | None = None
    email: Pasted | None = None
    language: Literal["id", "en"] | None = None


class ActionForm(Form):
    """Every field that some action of the table has; which of them an action takes is the table's to say."""

    version: Annotated[int, Field(ge=1, le=10**9)] | None = None
    text: _text(REPLY) | None = None  # type: ignore[valid-type]
    unit: Code | None = None
    officer: Annotated[str, StringConstraints(max_length=128)] | None = None
    photos: Annotated[list[Code], Field(max_length=PER_SIDE)] | None = None
    outcome: Code | None = None
    until: Time = None
    reason_code: Code | None = None
    rating: Annotated[int, Field(ge=1, le=5)] | None = None
    internal: bool | None = None
    location: Location | None = None
    due_at: Time = None
    part: Code | None = None
    outside_unit: _text(NAME) | None = None  # type: ignore[valid-type]
    outside_number: _text(NAME) | None = None  # type: ignore[valid-type]
    survivor: Pasted | None = None
    category: Code | None = None
    legal_ground: Code | None = None
    photo_id: Code | None = None
    contact: ContactForm | None = None


class PersonForm(Form):
    """Somebody who works for the city. What is left out stays as it is; a new person needs name, role and unit."""

    user: Annotated[str, StringConstraints(strip_whitespace=True, to_lower=True, max_length=64)] | None = None
    name: Annotated[str, BeforeValidator(_one_line), StringConstraints(max_length=NAME)] | None = None
    role: Code | None = None
    unit: Code | None = None
    channels: Annotated[list[Code], Field(max_length=LISTED)] | None = None
    disabled: bool | None = None
    on_duty: bool | None = None
    new_password: bool | None = None

    @staticmethod
    def needed() -> tuple[str, ...]:
        return ("user",)


class SubscribersForm(Form):
    """Everybody who shall hear a unit's alerts, and nobody else."""

    addresses: Annotated[list[Pasted], Field(max_length=LISTED)] | None = None

    @staticmethod
    def needed() -> tuple[str, ...]:
        return ("addresses",)


class FloodForm(Form):
    """A switch of flood mode; `area` is the code of a kelurahan, kecamatan or kota."""

    category: Code | None = None
    area: Code | None = None
    hours: Annotated[int, Field(ge=1, le=48)] | None = None

    @staticmethod
    def needed() -> tuple[str, ...]:
        return ("category", "area", "hours")


def read_form(model: type[Form], body: "RequestBody") -> tuple[dict[str, Any], tuple[FieldError, ...]]:
    """The values that could be read (absent and empty ones left out), and a fault for each that could not."""
    try:
        return _values(model.model_validate(body.values).model_dump(exclude_none=True)), body.faults
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
    wrong = {detail["loc"][0] for detail in details}
    readable = model.model_validate({key: value for key, value in body.values.items() if key not in wrong})
    return _values(readable.model_dump(exclude_none=True)), (*body.faults, *map(_fault, details))


def missing(names: Iterable[str], values: Mapping[str, Any], faults: Iterable[FieldError]) -> list[FieldError]:
    """A fault for each name without a value; none for what was there and could not be read."""
    unread = {fault.field for fault in faults}
    absent = (name for name in names if values.get(name) in (None, "") and name not in unread)
    return [FieldError(name, "required", "This is needed") for name in absent]


def _values(sent: Mapping[str, Any]) -> dict[str, Any]:
    """Without what was left empty, in objects too."""
    inner = {key: _values(value) if isinstance(value, dict) else value for key, value in sent.items()}
    return {key: value for key, value in inner.items() if value not in (None, "", [], {})}


_CODES = {"missing": "required", "extra_forbidden": "unknown", "string_too_long": "too_long", "too_long": "too_long"}


def _fault(detail: ErrorDetails) -> FieldError:
    kind = detail["type"]
    code = _CODES.get(kind) or ("type" if kind.endswith("_type") else "value")
    path = ".".join(map(named_key, detail["loc"]))
    return FieldError(path, code, detail["msg"][:200])
