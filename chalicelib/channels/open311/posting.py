"""A posted request → the report that every channel makes; a posted update → a comment. What a report says is checked by
`application/intake/drafting.py`; only what GeoReport itself demands is checked here."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any, get_args
from urllib.parse import urlsplit

from chalicelib.application.intake.drafting import ContactInput, Drafting, Origin, PhotoInput, ReportInput
from chalicelib.application.intake.taking_in import Intake
from chalicelib.channels.attachments import announced
from chalicelib.channels.open311.arguments import Arguments
from chalicelib.channels.open311.definitions import category_of
from chalicelib.channels.open311.vocabulary import CHANNEL
from chalicelib.domain.actor import Actor
from chalicelib.domain.case.evidence import MAX_BYTES, WITH_REPORT, ContentType
from chalicelib.domain.errors import NotFoundError
from chalicelib.domain.place.spots import Location
from chalicelib.domain.reference import Category, Question, Reference
from chalicelib.domain.values import dataclass

ATTRIBUTE = re.compile(r"attribute\[([^\[\]]{1,64})\](\[\])?")
DECIMAL = re.compile(r"[+-]?[0-9]{1,12}(\.[0-9]{1,6})?")
DESCRIPTION, ANSWER, NAME, LANDMARK, LINK = 4_000, 1_000, 100, 200, 2_000  # characters
PHOTOS = get_args(ContentType)
MOST_VALUES = 50  # of one attribute
SENDERS = ("account_id", "device_id")  # kept, shown to nobody


def client_actor(client: str) -> Actor:
    """The client as the one who brings it. No username has a colon: nobody of the staff is this one."""
    return Actor("channel", f"open311:{client}", None, (CHANNEL,))


def origin_of(client: str) -> Origin:
    """A client's keys are its own."""
    return Origin(client_actor(client), f"channel:open311:{client}", CHANNEL)


@dataclass(frozen=True, slots=True)
class Posting:
    """Makes the intake command of a posted request."""

    reference: Reference
    drafting: Drafting

    def intake(self, arguments: Arguments, client: str, key: str | None) -> Intake:
        """Raises NotFoundError for an unknown service or jurisdiction, InvalidError with every other fault."""
        arguments.check_jurisdiction()
        code = arguments.required("service_code", 64)
        category = category_of(code, self.reference) if code else None
        if code and category is None:
            raise NotFoundError("service_code: no such service")
        photos = read_photos(arguments)
        report, kept = self._report(arguments, category, key or arguments.one("client_request_id", 255) or None)
        intake = self.drafting.intake(
            replace(report, misformed=tuple(arguments.faults), photos=photos), origin_of(client), required=()
        )
        return replace(intake, draft=replace(intake.draft, words={**intake.draft.words, **kept}))

    def _report(
        self, arguments: Arguments, category: Category | None, key: str | None
    ) -> tuple[ReportInput, dict[str, Any]]:
        """The report, and the words that are kept beside it."""
        answers, unasked = read_answers(arguments, category)
        names = (arguments.one("first_name", NAME), arguments.one("last_name", NAME))
        contact = ContactInput(
            name=" ".join(filter(None, names))[:NAME] or None,
            phone=arguments.one("phone") or None,
            email=arguments.one("email") or None,
        )
        report = ReportInput(
            body_hash=body_hash(arguments),
            key=key,
            category=category.code if category else "",
            description=arguments.one("description", DESCRIPTION),
            location=read_location(arguments),
            landmark=arguments.one("address_string", LANDMARK),
            contact=contact,
            answers=answers,
        )
        return report, _kept(arguments, unasked)


def body_hash(arguments: Arguments) -> str:
    """Hex SHA-256 of what was sent, the key apart: a repetition may come with the client's next key."""
    sent = {name: values for name, values in arguments.sent.items() if name != "api_key"}
    if arguments.files:
        sent["media (files)"] = [hashlib.sha256(file.picture.data).hexdigest() for file in arguments.files]
    return hashlib.sha256(json.dumps(sent, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()


def read_photos(arguments: Arguments) -> tuple[PhotoInput, ...]:
    """The files of `media`, as photos that are about to come; what stands in them is judged as every photo is."""
    files = arguments.files
    if len(files) > WITH_REPORT:
        arguments.fault("media", f"At most {WITH_REPORT} photos")
    for file in files:
        if file.name.removesuffix("[]") != "media":
            arguments.fault(file.name, "Photos are taken as media")
        elif file.picture.content_type not in PHOTOS:
            arguments.fault("media", f"One of: {', '.join(PHOTOS)}")
        elif len(file.picture.data) > MAX_BYTES:
            arguments.fault("media", "The photo is too large", "too_long")
    return announced([file.picture for file in files])


def _kept(arguments: Arguments, unasked: dict[str, list[str]]) -> dict[str, Any]:
    """Erasable, as everything that people write: the link, which nobody fetches, and what has no place of its own."""
    named: dict[str, Any] = {name: arguments.one(name, 200) for name in SENDERS}
    named |= {"attributes": unasked, "media_url": read_link(arguments)}
    kept = {name: value for name, value in named.items() if value}
    return {"open311": kept} if kept else {}


def read_link(arguments: Arguments) -> str:
    """An address of the web; what stands there is not looked at."""
    text = arguments.one("media_url", LINK)
    if text and not _is_link(text):
        arguments.fault("media_url", "An http or https address is expected")
        return ""
    return text


def _is_link(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"[\s<>\"]", text)
    except ValueError:
        return False


def read_location(arguments: Arguments) -> Location | None:
    """A point, else a kelurahan by `address_id`; None with an `address_string` alone, which a desk places. Nothing of
    these is a fault."""
    lat, long = (bool(arguments.sent.get(name)) for name in ("lat", "long"))
    place_words = bool(arguments.sent.get("address_string"))
    kelurahan = arguments.one("address_id", 64)
    if lat and long:
        return _point(arguments)
    if kelurahan:
        return Location(kelurahan=kelurahan)
    if not place_words:
        missing = "lat" if long else "long" if lat else "lat, long"
        arguments.fault(missing, "A location is required: lat and long, address_string or address_id", "required")
    return None


def _point(arguments: Arguments) -> Location | None:
    at = arguments.degrees("lat", 90), arguments.degrees("long", 180)
    if at == (0, 0):
        arguments.fault("lat", "0,0 is no place")
        return None
    return Location(lat=at[0], lon=at[1]) if None not in at else None


def read_answers(arguments: Arguments, category: Category | None) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """Answers to the category's questions, and what was sent to questions that it does not ask."""
    sent: dict[str, list[str]] = {}
    for name, values in arguments.sent.items():
        if values and (found := ATTRIBUTE.fullmatch(name)):
            sent.setdefault(found[1], []).extend(values)
    questions = {question.code: question for question in category.questions} if category else {}
    answers = {code: _answer(arguments, questions[code], values) for code, values in sent.items() if code in questions}
    for question in questions.values():
        if question.required and question.code not in sent:
            arguments.fault(f"attribute[{question.code}]", "This is required", "required")
    unasked = {code: [value[:ANSWER] for value in values[:MOST_VALUES]] for code, values in _few(sent, questions)}
    return {code: answer for code, answer in answers.items() if answer is not None}, unasked


def _few(sent: dict[str, list[str]], questions: dict[str, Question]) -> Iterator[tuple[str, list[str]]]:
    unknown = [(code, values) for code, values in sent.items() if code not in questions]
    yield from unknown[:20]


def _answer(arguments: Arguments, question: Question, values: list[str]) -> Any:
    """As the question's type wants it; None, and a fault, for what does not fit."""
    known = [key for key, _, _ in question.values]
    name = f"attribute[{question.code}]"
    if question.datatype == "multivaluelist":
        chosen = list(dict.fromkeys(values))
        return chosen if set(chosen) <= set(known) else _wrong(arguments, name, f"Some of: {', '.join(known)}")
    if len(values) != 1 or len(values[0]) > ANSWER:
        return _wrong(arguments, name, f"One value of at most {ANSWER} characters")
    return _single(arguments, question, name, values[0])


def _single(arguments: Arguments, question: Question, name: str, value: str) -> Any:
    known = [key for key, _, _ in question.values]
    if question.datatype == "singlevaluelist":
        return value if value in known else _wrong(arguments, name, f"One of: {', '.join(known)}")
    if question.datatype == "number":
        return _number(value) if DECIMAL.fullmatch(value) else _wrong(arguments, name, "A number")
    if question.datatype == "datetime":
        return value if _is_time(value) else _wrong(arguments, name, "A time as ISO 8601")
    return " ".join(value.split()) if question.datatype == "string" else value


def _wrong(arguments: Arguments, name: str, message: str) -> Any:
    """Answers None, and tells the fault."""
    arguments.fault(name, message)


def _number(text: str) -> int | float:
    return float(text) if "." in text else int(text)


def _is_time(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
