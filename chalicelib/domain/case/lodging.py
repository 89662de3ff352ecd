"""The first event of a case: who receives it, which clocks begin, what is private. Pure, as every decision."""

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import datetime
from typing import Any

from chalicelib.domain import clocks, routing
from chalicelib.domain.actor import Actor
from chalicelib.domain.case.complaint import EXCERPT, SPOT_WORDS, AnnouncedUpload, Complaint, Lodging, Summary
from chalicelib.domain.case.events import GENESIS
from chalicelib.domain.case.publicity import is_shielded
from chalicelib.domain.clocks import Clock
from chalicelib.domain.decision import Decision, Stamp, seal, withheld_facts
from chalicelib.domain.reference import Category, Reference
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


def lodge(
    draft: Draft, *, number: str, lodging: Lodging, actor: Actor, reference: Reference, now: datetime, salt: str
) -> Decision:
    """The case and its first event. Its clocks' limits are among the facts: the first answer can be given again."""
    category = reference.categories[draft.category]
    complaint = Complaint(
        number=number,
        status="waiting",
        version=1,
        sequence=1,
        head=GENESIS,
        category=draft.category,
        unit=routing.first_receiver(reference, category=draft.category, area=draft.area),
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
        clocks=first_clocks(category, now, awaits_place=draft.area is None and _place_decides(reference, draft)),
    )
    if not is_shielded(complaint, category):
        complaint = replace(complaint, summary=_summary(draft))
    stamp = Stamp("lodge", actor, now, salt)
    facts = _facts(complaint) | withheld_facts(str(draft.words.get("description", "")))
    return Decision((seal(None, complaint, stamp, facts=facts, words=draft.words),))


def _summary(draft: Draft) -> Summary:
    text, landmark = (" ".join(str(draft.words.get(name, "")).split()) for name in ("description", "landmark"))
    photo = draft.uploads[0].photo_id if draft.uploads else ""
    return Summary(text[:EXCERPT], landmark[:SPOT_WORDS], photo)


def first_clocks(category: Category, now: datetime, *, awaits_place: bool) -> dict[str, Clock]:
    """Coordination and resolution from the receipt; location while nobody can receive the case without its place."""
    limits = {"coordination": category.coordination_limit, "resolution": category.resolution_limit}
    if awaits_place:
        limits["location"] = location_limit(category)
    return clocks_at_lodge(limits, now)


def location_limit(category: Category) -> int:
    """Seconds to find out where it is: at most half the time to coordinate it."""
    return min(clocks.LOCATION_LIMIT, category.coordination_limit // 2)


def clocks_at_lodge(limits: Mapping[str, int], received_at: datetime) -> dict[str, Clock]:
    """The clocks as they began; `limits` in seconds by kind, as the facts of the first event have them."""
    return {kind: clocks.start(kind, received_at, limit) for kind, limit in limits.items()}


def _place_decides(reference: Reference, draft: Draft) -> bool:
    return routing.place_decides(reference, category=draft.category)


def _facts(case: Complaint) -> dict[str, Any]:
    limits = {kind: int((clock.due_at - clock.started_at).total_seconds()) for kind, clock in case.clocks.items()}
    named = {"category": case.category, "channel": case.channel, "area": case.area, "clocks": limits}
    named |= {"returns": case.returns}
    private = {"visibility": case.visibility} if case.visibility == PRIVATE else {}
    return {key: value for key, value in named.items() if value} | private
