"""What everybody may read without naming a case: nearby, map, statistics, reference, health."""

import hashlib
from collections.abc import Sequence
from functools import cache
from typing import Any

from chalice.app import Response

from chalicelib.domain.errors import UnavailableError
from chalicelib.entrypoints import doors, problems
from chalicelib.entrypoints.http import Api, answered, compact_json
from chalicelib.entrypoints.query import Check, Query, degrees, edges, read_query

api = Api(__name__)
Headers = dict[str, str | list[str]]

FRESH = {"Cache-Control": "public, max-age=15"}  # seconds: lists follow the events within about one
STABLE = {"Cache-Control": "public, max-age=300"}  # the reference changes with a deployment only


# The routes whose answers the edge keeps for everybody. It hands no token on to them, so none is read here either: the
# answer is the same in the cloud and on one machine.
SHARED = ("/reference", "/map", "/complaints/nearby", "/statistics")


def _shared_query(*required: str, optional: Sequence[str] = (), checks: Sequence[Check] = ()) -> Query:
    return read_query(api.current_request, required=required, optional=optional, checks=checks)


def _query(*required: str, optional: Sequence[str] = (), checks: Sequence[Check] = ()) -> Query:
    """What was asked. Nobody needs a token here, but a bad one is refused."""
    doors.actor(api.current_request)
    return _shared_query(*required, optional=optional, checks=checks)


@api.route("/complaints/nearby", methods=["GET"])
def nearby() -> Response:
    reads = doors.city().public_reads
    query = _shared_query("lat", "lon", "category", checks=(_place, lambda asked: reads.check(asked.get("category"))))
    lat, lon = _place(query)
    return _fresh(reads.nearby((lat, lon), query["category"]))


def _place(query: Query) -> list[float]:
    return degrees(query, lat=90, lon=180)


@api.route("/map", methods=["GET"])
def city_map() -> Response:
    query = _shared_query("bbox", checks=(_box,))
    return _fresh(doors.city().public_reads.map(_box(query)))


def _box(query: Query) -> Any:
    from chalicelib.application.reading.public import proper_box

    return proper_box(edges(query["bbox"])) if "bbox" in query else None


@api.route("/statistics", methods=["GET"])
def statistics() -> Response:
    figures = doors.city().statistics
    by = _shared_query(optional=("by",), checks=(lambda asked: figures.check_table(asked.get("by")),)).get("by")
    return _fresh(figures.city() if by is None else figures.table(by))


@api.route("/statistics/usual", methods=["GET"])
def usual() -> Response:
    figures = doors.city().statistics
    asked = _query(
        "category",
        optional=("area",),
        checks=(lambda asked: figures.check_usual(asked.get("category"), asked.get("area")),),
    )
    return _fresh(figures.usual(asked["category"], asked.get("area")))


@api.route("/reference", methods=["GET"])
def reference() -> Response:
    _shared_query()
    body, tag = _catalogue()
    headers: Headers = {**STABLE, "ETag": tag}
    if _known(api.current_request.headers.get("if-none-match", ""), tag):
        return Response(body="", status_code=304, headers=headers)
    return Response(body=body, headers={**headers, "Content-Type": "application/json"})


@api.route("/health", methods=["GET"])
def health() -> Response:
    """503 when a dependency does not answer: the same members, inside the problem document."""
    _query()
    report = doors.city().health()
    if set(report["dependencies"].values()) == {"ok"}:
        return answered(report, headers={"Cache-Control": "no-store"})
    return problems.answer(UnavailableError("health"), {"Cache-Control": "no-store"}, report)


@cache
def _catalogue() -> tuple[str, str]:
    """Body and strong ETag, made once per container. The edge compresses and keeps it."""
    from chalicelib.application.reading.catalogue import catalogue

    body = compact_json(catalogue(doors.city().reference))
    return body, f'"{hashlib.sha256(body.encode()).hexdigest()[:16]}"'


def _known(if_none_match: str, tag: str) -> bool:
    """Weak comparison, as RFC 9110 asks for this header."""
    known = {part.strip().removeprefix("W/") for part in if_none_match.split(",")}
    return tag in known or "*" in known


def _fresh(value: dict[str, Any]) -> Response:
    return answered(value, headers=FRESH)
