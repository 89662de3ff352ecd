"""What every channel needs of a report before it is taken in: the category, the place, the contact, the answers and the
photos are checked here, together, whoever brings them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from typing import Any

from chalicelib.application.intake import contacts
from chalicelib.application.intake.placing import find_spot
from chalicelib.application.intake.taking_in import Intake
from chalicelib.application.ports.cases import Contact
from chalicelib.domain.actor import Actor
from chalicelib.domain.case import numbers
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.lodging import Draft
from chalicelib.domain.case.returning import has_returned
from chalicelib.domain.errors import FieldError, InvalidError, NotFoundError, UnreadableError
from chalicelib.domain.place.places import Places
from chalicelib.domain.place.spots import Location, Spot
from chalicelib.domain.reference import Category, Question, Reference
from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class ContactInput:
    """A contact as it was typed; `by` is the way that they chose, `chat` an address on a messenger that its provider
    told."""

    name: str | None = None
    phone: str | None = None
    email: str | None = None
    language: str = "id"
    by: str | None = None
    chat: str | None = None

    def read(self) -> tuple[Contact | None, list[FieldError]]:
        """As `contacts.read` answers."""
        return contacts.read(
            name=self.name,
            phone=self.phone,
            email=self.email,
            language=self.language,
            by=self.by,
            chat=self.chat,
        )


@dataclass(frozen=True, slots=True)
class PhotoInput:
    """A photo that is about to be uploaded; size in bytes."""

    content_type: str
    size: int


@dataclass(frozen=True, slots=True)
class ReportInput:
    """A report as a channel understood it; a field with its default was not given. `misformed`: fields that could not
    be read. `body_hash` (hex) is of the whole body as sent, `key` the Idempotency-Key. `contact_confirmed`: a desk has
    seen that the address is the reporter's. `partner_ids`: what a partner's system calls the report."""

    body_hash: str
    key: str | None = None
    misformed: tuple[FieldError, ...] = ()
    category: str = ""
    description: str = ""
    location: Location | None = None
    landmark: str = ""
    contact: ContactInput = ContactInput()
    visibility: str = "public"
    answers: Mapping[str, Any] = field(default_factory=dict)
    photos: tuple[PhotoInput, ...] = ()
    contact_confirmed: bool = False
    returns: str = ""
    partner_ids: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a report comes from: who brings it, the source whose keys are its own, and the channel's code. `unsorted`:
    a machine has read out of somebody's words what it is about."""

    actor: Actor
    source: str
    channel: str
    unsorted: bool = False


@dataclass(frozen=True, slots=True)
class Drafting:
    """Checks a report of any channel, and makes the command that takes it in. `earlier` loads a case by its number;
    `now` is the domain's time."""

    reference: Reference
    places: Callable[[], Places]
    earlier: Callable[[str], Complaint | None]
    now: Callable[[], datetime]

    def intake(
        self, report: ReportInput, origin: Origin, *, required: Sequence[str], faults: Sequence[FieldError] = ()
    ) -> Intake:
        """The command that takes the report in. `faults` are the channel's own. Raises InvalidError with every
        fault."""
        spot, wrong_place = self._spot(report.location)
        contact, wrong_contact = report.contact.read()
        wrong = [*_absent(report, required), *faults, *report.misformed, *wrong_contact]
        wrong += [*self._category_faults(report), *wrong_place]
        returns, not_there = self._returns(report.returns, spot)
        wrong += not_there
        if wrong:
            raise InvalidError(wrong)
        draft = Draft(
            category=report.category,
            channel=origin.channel,
            visibility=report.visibility,
            words=_words(report),
            area=spot.area if spot else None,
            place=spot.place if spot else None,
            reachable=contact is not None and contact.way is not None,
            language=report.contact.language,
            returns=returns,
            unsorted=origin.unsorted,
        )
        photos = tuple((photo.content_type, photo.size) for photo in report.photos)
        known = report.contact_confirmed
        return Intake(draft, origin.actor, origin.source, report.body_hash, report.key, contact, photos, known)

    def _spot(self, location: Location | None) -> tuple[Spot | None, list[FieldError]]:
        if location is None:
            return None, []
        found = find_spot(location, places=self.places(), reference=self.reference)
        return (None, [found]) if isinstance(found, FieldError) else (found, [])

    def _returns(self, typed: str, spot: Spot | None) -> tuple[str | None, list[FieldError]]:
        """The closed case that the report says has come back."""
        if not typed:
            return None, []
        found = self._closed(typed)
        where = {"area": spot.area, "place": spot.place} if spot else {"area": None, "place": None}
        if found and has_returned(found, reference=self.reference, now=self.now(), **where):
            return found.number, []
        return None, [FieldError("returns", "value", "No case at this spot with this number was closed lately")]

    def _closed(self, typed: str) -> Complaint | None:
        try:
            return self.earlier(numbers.read(typed))
        except (NotFoundError, UnreadableError):
            return None

    def _category_faults(self, report: ReportInput) -> list[FieldError]:
        if not report.category:
            return []
        category = self.reference.categories.get(report.category)
        if category is None:
            return [FieldError("category", "value", "No category has this code")]
        return _answer_faults(category, report.answers)


def _absent(report: ReportInput, required: Sequence[str]) -> list[FieldError]:
    unread = {fault.field.partition(".")[0] for fault in report.misformed}
    missing = [name for name in required if not getattr(report, name) and name not in unread]
    return [FieldError(name, "required", "This is needed") for name in missing]


def _words(report: ReportInput) -> dict[str, Any]:
    """What the reporter wrote, and where exactly it is: erasable, and hashed into the history."""
    location = report.location.as_words() if report.location else None
    named = {"description": report.description, "landmark": report.landmark, "answers": dict(report.answers)}
    named |= {"partner": dict(report.partner_ids)}
    return {name: value for name, value in {**named, "location": location}.items() if value}


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
