"""Flood mode over HTTP: a coordinator switches it on and off, and reads what it did."""

from typing import Any

from chalice.app import Response

from chalicelib.domain.errors import FieldError, InvalidError
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
    from chalicelib.entrypoints.forms import FloodForm, read_form

    request = api.current_request
    actor = doors.staff(request)
    body = doors.body(request)
    flood_mode = doors.city().flood_mode
    permit = flood_mode.permit(actor)
    values, faults = read_form(FloodForm, body)
    unread = {fault.field for fault in faults}
    missing = [name for name in FloodForm.needed() if name not in values and name not in unread]
    if faults or missing:
        raise InvalidError([*faults, *(FieldError(name, "required", "This is needed") for name in missing)])
    return created(flood_mode.switch_on(permit, **values))


@api.route("/staff/floods/{flood}/off", methods=["POST"])
def switch_off(flood: str) -> dict[str, Any]:
    from chalicelib.entrypoints.forms import Form, read_form

    request = api.current_request
    actor = doors.staff(request)
    body = doors.body(request)
    flood_mode = doors.city().flood_mode
    permit = flood_mode.permit(actor)
    _, faults = read_form(Form, body)
    if faults:
        raise InvalidError(list(faults))
    return flood_mode.switch_off(permit, flood)
