"""What each audience is shown of a case, field by field: an allow-list per view, so that nothing new is shown by
accident. No person is in the public view; the reporter's contact is in nobody's but the reporter's own."""

from collections.abc import Callable, Sequence
from datetime import datetime

from chalicelib.application.ports.cases import CaseFile
from chalicelib.application.reading.case_photos import all_photos, photos_of_answer
from chalicelib.application.reading.history_lines import HistoryLines, window
from chalicelib.application.reading.public_history import photos_for_all, with_publicity
from chalicelib.application.reading.report_words import (
    harmless_description,
    last_location,
    links_of,
    place_of,
    words_of_report,
)
from chalicelib.application.reading.view_parts import (
    Link,
    View,
    area_view,
    category_view,
    clocks_view,
    contact_view,
    extension_view,
    held_view,
    hidden_view,
    limit_view,
    next_step_view,
    notice_view,
    outcome_view,
    outside_view,
    part_view,
    photo_view,
    question_view,
    referral_view,
    route_view,
    unit_view,
)
from chalicelib.application.wording import Phrases
from chalicelib.domain import rights
from chalicelib.domain.actor import PUBLIC, REPORTER, RESPONDENT, Actor
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.evidence import Photo
from chalicelib.domain.case.publicity import Publicity, publicity
from chalicelib.domain.case.tasks import PART
from chalicelib.domain.clocks import Clock
from chalicelib.domain.conditions import allowed_actions
from chalicelib.domain.labels import STATUS
from chalicelib.domain.next_step import next_step
from chalicelib.domain.reference import Reference
from chalicelib.domain.values import dataclass

TOLD_WHO_JUDGES = ("validator", "inspectorate", "coordinator")  # who may know the judge: the holder may not


@dataclass(frozen=True, slots=True)
class Views:
    """`link` signs a picture's object key, and `confirmed` says whether the address of a pseudonym is confirmed. `now`
    is the domain's time, `words` are those of a language, and `limits` what a channel promises. `agency_link` is the
    link of an agency, if any. `survivor` is what strangers are told of the case that goes on."""

    reference: Reference
    link: Link
    confirmed: Callable[[str], bool]
    now: Callable[[], datetime]
    words: Callable[[str], Phrases]
    limits: Callable[[Complaint], Sequence[Clock]]
    agency_link: Callable[[Complaint], str | None]
    survivor: Callable[[Complaint], str | None]

    @property
    def lines(self) -> HistoryLines:
        return HistoryLines(self.reference)

    def public(self, case: CaseFile) -> View:
        """What everybody sees. A shielded case shows status, clocks and kelurahan, but no words, place or pictures."""
        complaint, shown = case.complaint, self._publicity(case.complaint)
        description = harmless_description(case) if shown.described else None
        withheld = {"description_withheld": True} if description is None else {}
        return {
            **self._shared(case, PUBLIC),
            "outside": outside_view(complaint.outside) if shown.described else None,
            "merged_into": self.survivor(complaint) if shown.listed else None,
            "place": place_of(complaint) if shown.placed else None,
            "description": description,
            **withheld,
            "photos": self._public_photos(case) if shown.pictures else [],
            **window(case, self.lines.public),
        }

    def reporter(self, case: CaseFile) -> View:
        """Everything of their own; of the officers, what is not internal."""
        words = words_of_report(case)
        return {
            **self._shared(case, REPORTER),
            "merged_into": self.survivor(case.complaint),
            "place": place_of(case.complaint),
            "description": words.get("description"),
            **self._withheld(case),
            "photos": self._photos(case),
            **window(case, self.lines.own),
            "landmark": words.get("landmark"),
            "location": words.get("location"),
            "answers": words.get("answers", {}),
            "visibility": case.complaint.visibility,
            "contact": self._contact(case),
            "rating": case.complaint.rating,
            "question": question_view(case),
            "returns": case.complaint.returns,
        }

    def question(self, case: CaseFile) -> View:
        """By the one-use link: what everybody sees, the question, and what became of the photos sent since."""
        seen = self.public(case)
        return {
            **seen,
            "photos": seen["photos"] + self._without_pictures(photos_of_answer(case, self.now()), seen["photos"]),
            "question": question_view(case),
            "allowed_actions": self.offered(case.complaint, RESPONDENT),
        }

    def agency(self, case: CaseFile, actor: Actor) -> View:
        """By the link of a referral: what everybody sees, what the agency was told, what it said and sent itself."""
        seen = self.public(case)
        own = [photo for photo in all_photos(case) if photo.uploader == actor.id]
        return {
            **seen,
            "photos": seen["photos"] + self._without_pictures(own, seen["photos"]),
            **window(case, self.lines.of_agency(actor)),
            "referral": referral_view(case),
            "allowed_actions": self.offered(case.complaint, actor),
        }

    def _without_pictures(self, own: Sequence[Photo], seen: list[View]) -> list[View]:
        """The person's own photos that they do not see already, without pictures: the link may have been passed on."""
        known = {photo["photo_id"] for photo in seen}
        return [photo_view(p, link=None, now=self.now()) for p in own if p.photo_id not in known]

    def _contact(self, case: CaseFile) -> View | None:
        confirmed = case.pseudonym is not None and self.confirmed(case.pseudonym)
        return contact_view(case.masked_contact, confirmed=confirmed)

    def staff(self, case: CaseFile, actor: Actor) -> View:
        """What the work needs; never the contact. Messages are the coordinator's to see."""
        complaint, words = case.complaint, words_of_report(case)
        return {
            **self._shared(case, actor),
            "place": place_of(complaint),
            "description": words.get("description"),
            "photos": with_publicity(self._photos(case), case, pictures=self._publicity(complaint).pictures),
            **window(case, self.lines.staff),
            "landmark": words.get("landmark"),
            "location": last_location(case),
            "answers": words.get("answers", {}),
            "channel": complaint.channel,
            "channel_limits": [limit_view(limit, self.now()) for limit in self.limits(complaint)],
            "visibility": complaint.visibility,
            "hops": complaint.hops,
            "route": route_view([case.first, *case.events]),
            "extension": extension_view(complaint.extension),
            **links_of(words),
            "returns": complaint.returns,
            **({"agency_link": self.agency_link(complaint)} if self._may_share(actor, complaint) else {}),
            **({"messages": list(map(notice_view, case.notices))} if actor.role == "coordinator" else {}),
            **({"validator": complaint.validator or None} if actor.role in TOLD_WHO_JUDGES else {}),
        }

    def _may_share(self, actor: Actor, complaint: Complaint) -> bool:
        return rights.may_share(actor, complaint, self.reference)

    def _shared(self, case: CaseFile, actor: Actor) -> View:
        complaint, now = case.complaint, self.now()
        return {
            "number": complaint.number,
            "status": complaint.status,
            "label": STATUS[complaint.status].official,
            "public_label": STATUS[complaint.status].public.id,
            "outcome": outcome_view(complaint.outcome),
            "version": complaint.version,
            "category": category_view(complaint.category, self.reference),
            "area": area_view(complaint.area, self.reference),
            "unit": unit_view(complaint.unit, self.reference),
            "clocks": clocks_view(complaint.clocks, now),
            "next_step": self._next_step(complaint, now, own=actor == REPORTER),
            "held": held_view(complaint, self.reference, now),
            "parts": self._parts(case, actor),
            "followers": case.followers,
            "outside": outside_view(complaint.outside),
            "merged_into": complaint.merged_into,
            "hidden": hidden_view(complaint.hidden),
            "erased_at": complaint.erased and complaint.erased.isoformat(),
            "allowed_actions": self.offered(complaint, actor),
        }

    def _next_step(self, complaint: Complaint, now: datetime, *, own: bool) -> View:
        step = next_step(complaint, self.reference.categories[complaint.category], now)
        return next_step_view(step, self.reference, self.words, own=own)

    def _parts(self, case: CaseFile, actor: Actor) -> list[View]:
        """Everybody reads who is asked for what, as far as the words of officers are public."""
        rows = {task.task_id: task.facts for task in case.tasks if task.kind == PART}
        described = actor != PUBLIC or self._publicity(case.complaint).described
        found, late = [], case.complaint.late_parts(self.now())
        for part in case.complaint.parts:
            said = rows.get(part.part_id, {})
            readable = described and (actor != PUBLIC or not said.get("withheld"))
            found.append(part_view(part, said, self.reference, text=readable, late=part in late))
        return found

    def offered(self, complaint: Complaint, actor: Actor) -> list[str]:
        return allowed_actions(complaint, actor, reference=self.reference, now=self.now())

    def sees(self, actor: Actor, complaint: Complaint) -> bool:
        """Whether the staff view opens; a reporter has proved the secret before."""
        return rights.sees(actor, complaint, self.reference, self.now())

    def is_there_for(self, actor: Actor, complaint: Complaint) -> bool:
        """Whether somebody who wants to act finds the case at all."""
        return rights.is_there_for(actor, complaint, self.reference, self.now())

    def shown_to(self, actor: Actor, case: CaseFile) -> View:
        """The reporter's view, the agency's, the staff view for who sees the case, else what everybody sees: whoever
        has handed a case on may have lost sight of it."""
        if actor.role == REPORTER.role:
            return self.question(case) if actor.only else self.reporter(case)
        if actor.only:
            return self.agency(case, actor)
        return self.staff(case, actor) if self.sees(actor, case.complaint) else self.public(case)

    def _withheld(self, case: CaseFile) -> View:
        """A mark where the public does not read the description: the reporter is told why."""
        read = self._publicity(case.complaint).described and harmless_description(case) is not None
        return {} if read else {"description_withheld": True}

    def _publicity(self, complaint: Complaint) -> Publicity:
        return publicity(complaint, self.reference.categories[complaint.category])

    def _photos(self, case: CaseFile) -> list[View]:
        return [photo_view(photo, link=self.link, now=self.now()) for photo in all_photos(case)]

    def _public_photos(self, case: CaseFile) -> list[View]:
        """Ready ones only. A citizen's has no address until it was cleared; the proof has one once it was validated;
        one that a person withholds has none."""
        proven = photos_for_all(case)
        ready = [photo for photo in case.photos if photo.state == "ready"]
        links: list[tuple[Photo, Link | None]] = [(p, self.link if p.photo_id in proven else None) for p in ready]
        return [photo_view(photo, link=link, now=self.now()) for photo, link in links]
