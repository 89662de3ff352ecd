"""What officers use beside the actions: their queues, a case, colleagues, the desk's form. Every route begins with the
token; what a person may do is decided further in."""

from typing import Any

from chalice.app import Response

from chalicelib.domain import numbers
from chalicelib.domain.errors import InvalidError, invalid
from chalicelib.entrypoints import doors
from chalicelib.entrypoints.http import Api, created, read_object
from chalicelib.entrypoints.query import read_query

api = Api(__name__)


@api.route("/staff/me", methods=["GET"])
def who_am_i() -> dict[str, Any]:
    request = api.current_request
    actor = doors.staff(request)
    read_query(request)
    return doors.city().worklists.person(actor)


@api.route("/staff/queue", methods=["GET"])
def queue() -> dict[str, Any]:
    request = api.current_request
    actor = doors.staff(request)
    query = read_query(request, optional=("queue", "limit", "cursor"))
    limit = _limit(query.get("limit"))
    return doors.city().worklists.page(actor, queue=query.get("queue"), limit=limit, cursor=query.get("cursor"))


@api.route("/staff/officers", methods=["GET"])
def officers() -> dict[str, Any]:
    request = api.current_request
    actor = doors.staff(request)
    worklists = doors.city().worklists
    worklists.check_assigns(actor)
    return worklists.officers(actor, read_query(request, required=("unit",))["unit"])


@api.route("/staff/complaints/{number}", methods=["GET"])
def show(number: str) -> dict[str, Any]:
    request = api.current_request
    actor = doors.staff(request)
    return doors.city().tracking.of_staff(numbers.read(number), actor)


@api.route("/staff/complaints", methods=["POST"])
def lodge() -> Response:
    from chalicelib.channels.form import Filled
    from chalicelib.entrypoints.forms import DeskForm, read_form

    request = api.current_request
    actor = doors.staff(request)
    body = read_object(request)
    city = doors.city()
    city.forms.check_types(actor)
    key = doors.idempotency_key(request)
    values, misformed = read_form(DeskForm, body)
    return created(city.intake(city.forms.of_desk(Filled(values, body, misformed, key), actor)))


def _limit(text: str | None) -> int:
    """1 to 100; 50 without one."""
    from chalicelib.application.worklists import LONGEST, USUAL

    if text is None:
        return USUAL
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and 1 <= int(text) <= LONGEST):
        raise _bad_limit(LONGEST)
    return int(text)


def _bad_limit(longest: int) -> InvalidError:
    return invalid("limit", "value", f"A number from 1 to {longest}")
