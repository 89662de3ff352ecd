"""The first event of a case: who receives it, which clocks begin, what is private. Pure, as every decision."""

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import datetime
from typing import Any

from chalicelib.domain import calendar as calendars
from chalicelib.domain import clocks
from chalicelib.domain.actor import Actor
from chalicelib.domain.case.complaint import EXCERPT, SPOT_WORDS, AnnouncedUpload, Complaint, Lodging, Summary
from chalicelib.domain.case.events import GENESIS
from chalicelib.domain.case.publicity import UNSORTED, shields
from chalicelib.domain.clocks import Clock
from chalicelib.domain.decision import Decision, Stamp, seal, withheld_facts
from chalicelib.domain.reference import Category, Reference
from chalicelib.domain.routing_rules import by_category, chosen
from chalicelib.domain.rules import Inputs, Route
from chalicelib.domain.values import dataclass

PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class Draft:
    """A report as it was understood. `area` and `place` (rounded to 10 m) are absent for a desk's unlocated one.
    `words` is what the reporter wrote and where exactly it is: description, landmark, answers, location."""

    category: str
    channel: str
    visibility: str
    words: Mapping[str, Any]
    area: str | None = None
    place: tuple[float, float] | None = None
    reachable: bool = False  # whether there is a way to tell the reporter
    language: str = "id"
    uploads: tuple[AnnouncedUpload, ...] = field(default=())
    returns: str | None = None  # the closed case whose repair did not hold
    unsorted: bool = False  # words that somebody sent: a machine has read what they are about


def inputs(draft: Draft, reference: Reference, now: datetime) -> Inputs:
    """What the routing rules are asked about this report."""
    answers = chosen(reference.categories[draft.category], draft.words.get("answers") or {})
    return Inputs(draft.category, draft.area, draft.channel, now, answers)


def lodge(
    draft: Draft,
    *,
    number: str,
    lodging: Lodging,
    actor: Actor,
    reference: Reference,
    now: datetime,
    salt: str,
    route: Route | None = None,
) -> Decision:
    """The case and its first event. Its clocks' limits are among the facts: the first answer can be given again.
    `route`: as the rules say; without one the category does."""
    category = reference.categories[draft.category]
    route = route or by_category(reference, category=draft.category, area=draft.area)
    complaint = Complaint(
        number=number,
        status="waiting",
        version=1,
        sequence=1,
        head=GENESIS,
        category=draft.category,
        unit=route.receiver,
        route=route.record,
        channel=draft.channel,
        visibility=PRIVATE if category.sensitive else draft.visibility,
        received_at=now,
        lodging=replace(lodging, typed_by=actor.id if actor.role != "reporter" else None),
        area=draft.area,
        place=draft.place,
        reachable=draft.reachable,
        language=draft.language,
        uploads=draft.uploads,
        returns=draft.returns,
        unsorted=draft.unsorted,
        clocks=first_clocks(category, reference, now, awaits_place=route.awaits_place),
    )
    if set(shields(complaint, category)) <= {UNSORTED}:  # whoever sorts messages reads them in a list
        complaint = replace(complaint, summary=_summary(draft))
    stamp = Stamp("lodge", actor, now, salt)
    facts = _facts(complaint) | route.facts() | withheld_facts(str(draft.words.get("description", "")))
    return Decision((seal(None, complaint, stamp, facts=facts, words=draft.words),))


def _summary(draft: Draft) -> Summary:
    text, landmark = (" ".join(str(draft.words.get(name, "")).split()) for name in ("description", "landmark"))
    photo = draft.uploads[0].photo_id if draft.uploads else ""
    return Summary(text[:EXCERPT], landmark[:SPOT_WORDS], photo)


def first_clocks(category: Category, reference: Reference, now: datetime, *, awaits_place: bool) -> dict[str, Clock]:
    """Coordination and resolution from the receipt; location while nobody can receive the case without its place."""
    limits = {"coordination": category.coordination_limit, "resolution": category.resolution_limit}
    if awaits_place:
        limits["location"] = location_limit(category)
    calendar = calendars.of_category(category, reference)
    return {kind: clocks.start(kind, now, limit, calendar) for kind, limit in limits.items()}


def location_limit(category: Category) -> int:
    """Seconds to find out where it is: at most half the time to coordinate it."""
    return min(clocks.LOCATION_LIMIT, category.coordination_limit // 2)


def clocks_at_lodge(limits: Mapping[str, int], received_at: datetime) -> dict[str, Clock]:
    """The clocks as they began, for the answer of the intake; `limits` are the seconds from start to due by kind, as
    the facts of the first event have them, whatever calendar they were counted in."""
    return {kind: clocks.start(kind, received_at, limit) for kind, limit in limits.items()}


def _facts(case: Complaint) -> dict[str, Any]:
    limits = {kind: int((clock.due_at - clock.started_at).total_seconds()) for kind, clock in case.clocks.items()}
    named = {"category": case.category, "channel": case.channel, "area": case.area, "clocks": limits}
    named |= {"returns": case.returns}
    private = {"visibility": case.visibility} if case.visibility == PRIVATE else {}
    return {key: value for key, value in named.items() if value} | private
