"""A complaint to its row and back, field by field."""

from collections.abc import Mapping
from typing import Any

from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.cases import together
from chalicelib.adapters.dynamodb.compact import clocks_of, clocks_text, instant, millis, sparse
from chalicelib.adapters.dynamodb.rows import ComplaintRow
from chalicelib.domain.case.complaint import (
    NOTHING_SAID,
    AnnouncedUpload,
    Complaint,
    Extension,
    Lodging,
    Outcome,
    Outside,
    Said,
    Summary,
)
from chalicelib.domain.case.custody import NEW, Custody
from chalicelib.domain.rules import RouteRecord


def complaint_row(c: Complaint) -> ComplaintRow:
    """The row without its index keys; the store adds them."""
    return ComplaintRow(
        keys.case(c.number),
        keys.COMPLAINT,
        status=c.status,
        version=c.version,
        sequence=c.sequence,
        head=bytes.fromhex(c.head),
        category=c.category,
        unit=c.unit,
        channel=c.channel,
        visibility=c.visibility,
        received=millis(c.received_at),
        clocks=clocks_text(c.clocks),
        area=c.area,
        place=f"{c.place[0]},{c.place[1]}" if c.place else None,
        key_hash=bytes.fromhex(c.lodging.key_hash),
        body_hash=bytes.fromhex(c.lodging.body_hash),
        secret_hash=bytes.fromhex(c.lodging.secret_hash),
        more=_more(c),
        **listed(c),
    )


def _more(c: Complaint) -> dict[str, Any] | None:
    """What only some complaints have."""
    outcome = c.outcome and [c.outcome.code, c.outcome.until and millis(c.outcome.until), c.outcome.reason_code]
    return sparse(
        {
            "owner": c.owner,
            "route": c.route and [c.route.category, c.route.receiver, *c.route.owners],
            "outcome": outcome,
            "proposers": list(c.proposers),
            "validator": [c.validator] if c.validator is not None else None,
            "assignee": c.assignee if c.validator is not None else None,
            "judged": {who: millis(at) for who, at in c.judged.items()},
            "arming": c.arming if c.arming > 1 else None,
            "hops": c.hops,
            "rating": c.rating,
            "settled": c.settled,
            "reachable": c.reachable,
            "previous": c.previous,
            "language": c.language if c.language != "id" else None,
            "uploads": [[u.photo_id, u.content_type, u.size] for u in c.uploads],
            "typed_by": c.lodging.typed_by,
            "custody": _custody_text(c.custody),
            "asked": c.asked,
            "extension": _extension_text(c.extension),
            "outside": _outside_text(c.outside),
            "said": [c.said.reporter, c.said.staff, c.said.internal] if c.said != NOTHING_SAID else None,
            "agencies_said": c.said.agency,
            **together.kept(c),
        }
    )


def complaint_of(row: ComplaintRow) -> Complaint:
    more: dict[str, Any] = row.more or {}
    lat_lon = row.place.split(",") if row.place else None
    return Complaint(
        number=keys.number_of(row.pk),
        status=row.status,
        version=int(row.version),
        sequence=int(row.sequence),
        head=row.head.hex(),
        category=row.category,
        unit=row.unit,
        channel=row.channel,
        visibility=row.visibility,
        received_at=instant(row.received),
        lodging=Lodging(row.key_hash.hex(), row.body_hash.hex(), row.secret_hash.hex(), more.get("typed_by")),
        area=row.area,
        place=(float(lat_lon[0]), float(lat_lon[1])) if lat_lon else None,
        owner=more.get("owner"),
        route=_route_of(more.get("route")),
        **_hands_of(row, more),
        summary=summary_of(row.attribute_values),
        outcome=_outcome_of(more.get("outcome")),
        proposers=tuple(more.get("proposers", ())),
        judged={who: instant(at) for who, at in more.get("judged", {}).items()},
        arming=more.get("arming", 1),
        hops=more.get("hops", 0),
        rating=more.get("rating"),
        settled=more.get("settled", False),
        reachable=more.get("reachable", False),
        previous=more.get("previous"),
        language=more.get("language", "id"),
        uploads=tuple(AnnouncedUpload(*upload) for upload in more.get("uploads", ())),
        said=_said_of(more),
        custody=_custody_of(more.get("custody")),
        asked=more.get("asked", False),
        extension=_extension_of(more.get("extension")),
        outside=_outside_of(more.get("outside")),
        clocks=clocks_of(row.clocks),
        **together.read(more),
    )


def _said_of(more: Mapping[str, Any]) -> Said:
    reporter, staff, internal = more.get("said", (0, 0, 0))
    return Said(reporter, staff, internal, more.get("agencies_said", 0))


def _hands_of(row: ComplaintRow, more: Mapping[str, Any]) -> dict[str, Any]:
    """While a proof is judged, the row's own assignee is the judge."""
    if "validator" not in more:
        return {"assignee": row.assignee}
    return {"assignee": more.get("assignee"), "validator": more["validator"][0]}


def _route_of(stored: list[str] | None) -> RouteRecord | None:
    return RouteRecord(stored[0], stored[1], tuple(stored[2:])) if stored else None


def _outcome_of(stored: list[Any] | None) -> Outcome | None:
    return Outcome(stored[0], instant(stored[1]) if stored[1] else None, stored[2]) if stored else None


def _custody_text(custody: Custody) -> list[Any] | None:
    """Since when (epoch s), who held it, where it came from (positions among those), who passed it to whom."""
    if custody.since is None:
        return None
    units = list(custody.held)
    stored = [int(custody.since.timestamp()), dict(custody.held), [units.index(unit) for unit in custody.trail]]
    return [*stored, [list(pair) for pair in custody.passes]] if custody.passes else stored


def _custody_of(stored: list[Any] | None) -> Custody:
    if stored is None:
        return NEW
    since, held, trail, passes = [*stored, []][:4]
    units = list(held)
    pairs = tuple((source, target) for source, target in passes)
    return Custody(instant(since * 1000), held, tuple(units[position] for position in trail), pairs)


def _extension_text(proposed: Extension | None) -> list[Any] | None:
    if proposed is None:
        return None
    return [millis(proposed.until), proposed.proposer, proposed.queue, proposed.task_id]


def _extension_of(stored: list[Any] | None) -> Extension | None:
    return Extension(instant(stored[0]), *stored[1:]) if stored else None


def _outside_text(outside: Outside | None) -> list[Any] | None:
    if outside is None:
        return None
    stored = [outside.unit, outside.number, millis(outside.until)]
    return [*stored, outside.referral, outside.link_hash] if outside.referral else stored


def _outside_of(stored: list[Any] | None) -> Outside | None:
    return Outside(stored[0], stored[1], instant(stored[2]), *stored[3:]) if stored else None


def listed(c: Complaint) -> dict[str, Any]:
    """What only lists of the staff show, absent values left out; as assignee the judge, while a proof is judged."""
    flags = ",".join(c.summary.flags)
    named = {"text": c.summary.text, "landmark": c.summary.landmark, "photo": c.summary.photo, "flags": flags}
    return {name: value for name, value in {**named, "assignee": c.in_hand}.items() if value}


def summary_of(values: Mapping[str, Any]) -> Summary:
    """The same again, from a row or what an index projects of it."""
    flags = tuple(filter(None, (values.get("flags") or "").split(",")))
    return Summary(values.get("text") or "", values.get("landmark") or "", values.get("photo") or "", flags)
