"""What officers use beside the actions: their queues, a case, colleagues, the desk's form. Every route begins with the
token; what a person may do is decided further in."""

from typing import Any

from chalice.app import Response

from chalicelib.domain import numbers
from chalicelib.entrypoints import doors
from chalicelib.entrypoints.http import Api, created
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
    worklists = doors.city().worklists
    worklists.check_lists(actor, request.query_params.get("queue") if request.query_params else None)
    return worklists.page(actor, **read_query(request, optional=("queue", "limit", "cursor")))


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
    sent = doors.sent(request)
    city = doors.city()
    city.forms.check_types(actor)
    values, misformed = read_form(DeskForm, sent)
    return created(city.intake(city.forms.of_desk(Filled(values, sent.values, misformed, sent.key), actor)))
