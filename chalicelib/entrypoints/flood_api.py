"""Flood mode over HTTP: a coordinator switches it on and off, and reads what it did."""

from typing import Any

from chalice.app import Response

from chalicelib.entrypoints import doors
from chalicelib.entrypoints.http import Api, created
from chalicelib.entrypoints.query import read_query

api = Api(__name__)


@api.route("/staff/floods", methods=["GET"])
def floods() -> dict[str, Any]:
    request = api.current_request
    actor = doors.staff(request)
    flood_mode = doors.city().flood_mode
    permit = flood_mode.permit(actor)
    read_query(request)
    return flood_mode.listed(permit)


@api.route("/staff/floods", methods=["POST"])
def switch_on() -> Response:
    from chalicelib.entrypoints.forms import FloodForm, missing, read_form

    request = api.current_request
    actor = doors.staff(request)
    body = doors.body(request)
    flood_mode = doors.city().flood_mode
    permit = flood_mode.permit(actor)
    values, faults = read_form(FloodForm, body)
    misformed = [*faults, *missing(FloodForm.needed(), values, faults)]
    return created(flood_mode.switch_on(permit, **values, misformed=misformed))


@api.route("/staff/floods/{flood}/off", methods=["POST"])
def switch_off(flood: str) -> dict[str, Any]:
    request = api.current_request
    actor = doors.staff(request)
    body = doors.body(request)
    flood_mode = doors.city().flood_mode
    permit = flood_mode.permit(actor)
    with doors.behind(lambda: flood_mode.check(permit, flood)):
        doors.no_fields(body)
    return flood_mode.switch_off(permit, flood)
