"""What everybody may read without naming a case: nearby, map, statistics, reference, health."""

import hashlib
from collections.abc import Sequence
from functools import cache
from typing import Any

from chalice.app import Response

from chalicelib.domain.errors import UnavailableError
from chalicelib.entrypoints import doors, problems
from chalicelib.entrypoints.http import Api, answered, compact_json
from chalicelib.entrypoints.query import decimals, edges, read_query

api = Api(__name__)
Headers = dict[str, str | list[str]]

FRESH = {"Cache-Control": "public, max-age=15"}  # seconds: lists follow the events within about one
STABLE = {"Cache-Control": "public, max-age=300"}  # the reference changes with a deployment only


# The routes whose answers the edge keeps for everybody. It hands no token on to them, so none is read here either: the
# answer is the same in the cloud and on one machine.
SHARED = ("/reference", "/map", "/complaints/nearby", "/statistics")


def _shared_query(*required: str, optional: Sequence[str] = ()) -> dict[str, str]:
    return read_query(api.current_request, required=required, optional=optional)


def _query(*required: str, optional: Sequence[str] = ()) -> dict[str, str]:
    """What was asked. Nobody needs a token here, but a bad one is refused."""
    doors.actor(api.current_request)
    return _shared_query(*required, optional=optional)


@api.route("/complaints/nearby", methods=["GET"])
def nearby() -> Response:
    from chalicelib.application.reading.public import proper_place

    query = _shared_query("lat", "lon", "category")
    place = proper_place(*decimals(query, "lat", "lon"))
    return _fresh(doors.city().public_reads.nearby(place, query["category"]))


@api.route("/map", methods=["GET"])
def city_map() -> Response:
    from chalicelib.application.reading.public import proper_box

    query = _shared_query("bbox")
    return _fresh(doors.city().public_reads.map(proper_box(edges(query["bbox"]))))


@api.route("/statistics", methods=["GET"])
def statistics() -> Response:
    by = _shared_query(optional=("by",)).get("by")
    figures = doors.city().statistics
    return _fresh(figures.city() if by is None else figures.table(by))


@api.route("/statistics/usual", methods=["GET"])
def usual() -> Response:
    asked = _query("category", optional=("area",))
    return _fresh(doors.city().statistics.usual(asked["category"], asked.get("area")))


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
