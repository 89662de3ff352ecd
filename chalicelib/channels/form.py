"""The city's own forms, the citizen's on the web and the desk's: what was filled in → the Intake command. Faults of
meaning are added to the faults of form that the door found, so that all are told together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chalicelib.application.intake import contacts
from chalicelib.application.intake.placing import Placed, placed
from chalicelib.application.intake.taking_in import Intake
from chalicelib.application.ports.cases import Contact
from chalicelib.domain.actor import REPORTER, Actor
from chalicelib.domain.errors import FieldError, InvalidError, NotAllowedError
from chalicelib.domain.lodging import Draft
from chalicelib.domain.places import Places
from chalicelib.domain.reference import Category, Question, Reference

WEB = "WEB"
OWN_DESK = "KELURAHAN"  # where citizens come to their kelurahan's counter
TYPING_ROLES = ("desk", "kelurahan_officer", "coordinator")
REQUIRED = ("category", "description", "location")


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it was sent: `values` are of the right form (trimmed, absent ones left out), `misformed` are not;
    `body` is the whole of it, `key` the Idempotency-Key."""

    values: Mapping[str, Any]
    body: Mapping[str, Any]
    misformed: tuple[FieldError, ...] = ()
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Forms:
    reference: Reference
    places: Callable[[], Places]

    def of_citizen(self, filled: Filled) -> Intake:
        """Raises InvalidError with every fault."""
        return self._intake(filled, REPORTER, source="web", channel=WEB, faults=_absent(filled, REQUIRED))

    def check_types(self, actor: Actor) -> None:
        """Raises NotAllowedError for who types no reports in."""
        if actor.role not in TYPING_ROLES:
            raise NotAllowedError("Only desks type reports in")

    def of_desk(self, filled: Filled, actor: Actor) -> Intake:
        """Typed by staff: the channel is theirs, the place may be unknown. Raises InvalidError."""
        faults = _absent(filled, ("channel", "category", "description"))
        channel = str(filled.values.get("channel", ""))
        if channel and channel not in self.channels_of(actor):
            faults.append(FieldError("channel", "value", "Not a channel of your desk"))
        return self._intake(filled, actor, source=f"staff:{actor.id}", channel=channel, faults=faults)

    def channels_of(self, actor: Actor) -> tuple[str, ...]:
        """The channels that this person may type in for."""
        desks = tuple(channel.code for channel in self.reference.channels.values() if channel.desk)
        own = {"coordinator": desks, "kelurahan_officer": (OWN_DESK,)}
        return own.get(actor.role, tuple(code for code in actor.channels if code in desks))

    def _intake(self, filled: Filled, actor: Actor, *, source: str, channel: str, faults: list[FieldError]) -> Intake:
        values = filled.values
        where = self._placed(values)
        contact, wrong = _contact(values.get("contact") or {})
        faults += [*filled.misformed, *wrong, *self._category_faults(values)]
        faults += [where] if isinstance(where, FieldError) else []
        if faults:
            raise InvalidError(faults)
        place = where if isinstance(where, Placed) else None
        draft = Draft(
            category=values["category"],
            channel=channel,
            visibility=values.get("visibility") or "public",
            words=_words(values),
            area=place.area if place else None,
            place=place.place if place else None,
            reach=contacts.reach(contact) if contact else None,
            language=contact.language if contact else "id",
        )
        photos = tuple((photo["content_type"], photo["size"]) for photo in values.get("photos") or ())
        return Intake(draft, actor, source, filled.body, filled.key, contact, photos)

    def _placed(self, values: Mapping[str, Any]) -> Placed | FieldError | None:
        location = values.get("location")
        return placed(location, places=self.places(), reference=self.reference) if location else None

    def _category_faults(self, values: Mapping[str, Any]) -> list[FieldError]:
        code = values.get("category")
        category = self.reference.categories.get(code) if code else None
        if code and category is None:
            return [FieldError("category", "value", "No category has this code")]
        return _answer_faults(category, values.get("answers") or {}) if category else []


def _absent(filled: Filled, required: Sequence[str]) -> list[FieldError]:
    told = {fault.field.partition(".")[0] for fault in filled.misformed}
    missing = [name for name in required if not filled.values.get(name) and name not in told]
    return [FieldError(name, "required", "This is needed") for name in missing]


def _contact(given: Mapping[str, Any]) -> tuple[Contact | None, list[FieldError]]:
    """None when nothing in it reaches anybody or names him."""
    phone, address = given.get("phone"), given.get("email")
    read_phone, read_address = phone and contacts.telephone(phone), address and contacts.email(address)
    faults = []
    if phone and not read_phone:
        faults.append(FieldError("contact.phone", "value", "An Indonesian number: 08…, 62… or +62…"))
    if address and not read_address:
        faults.append(FieldError("contact.email", "value", "Not an e-mail address"))
    contact = Contact(given.get("name"), read_phone, read_address, given.get("language") or "id", secret="")
    return (contact if contact.name or contact.phone or contact.email else None), faults


def _words(values: Mapping[str, Any]) -> dict[str, Any]:
    """What the reporter wrote, and where exactly it is: erasable, and hashed into the history."""
    named = {name: values.get(name) for name in ("description", "landmark", "answers", "location")}
    return {name: value for name, value in named.items() if value}


def _answer_faults(category: Category, answers: Mapping[str, Any]) -> list[FieldError]:
    """A missing answer refuses no report; one to a question that was not asked, or out of its list, does."""
    questions = {question.code: question for question in category.questions}
    return [
        FieldError(f"answers.{code}", "value", "No such question, or no such answer")
        for code, answer in answers.items()
        if code not in questions or not _fits(questions[code], answer)
    ]


def _fits(question: Question, answer: Any) -> bool:
    known = [key for key, _, _ in question.values]
    match question.datatype:
        case "singlevaluelist":
            return answer in known
        case "multivaluelist":
            return isinstance(answer, list) and all(key in known for key in answer)
        case "number":
            return isinstance(answer, int | float) and not isinstance(answer, bool)
        case _:
            return isinstance(answer, str)
