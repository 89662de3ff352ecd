"""What officers use beside the actions: their queues, a case, colleagues, the desk's form. Every route begins with the
token; what a person may do is decided further in."""

from typing import Any

from chalice.app import Response

from chalicelib.application.reading import sieve
from chalicelib.domain.case import numbers
from chalicelib.entrypoints import doors
from chalicelib.entrypoints.http import Api, created
from chalicelib.entrypoints.query import read_query

api = Api(__name__)


@api.route("/staff/me", methods=["GET"])
def who_am_i() -> dict[str, Any]:
    request = api.current_request
    actor = doors.staff(request)
    read_query(request)
    return doors.city().colleagues.person(actor)


@api.route("/staff/queue", methods=["GET"])
def queue() -> dict[str, Any]:
    request = api.current_request
    actor = doors.staff(request)
    worklists = doors.city().worklists
    permit = worklists.permit_list(actor, request.query_params.get("queue") if request.query_params else None)
    return worklists.page(permit, read_query(request, optional=("queue", "limit", "cursor", *sieve.NAMES)))


@api.route("/staff/queue/counts", methods=["GET"])
def counts() -> dict[str, Any]:
    request = api.current_request
    actor = doors.staff(request)
    found = doors.city().worklists.counts(actor)
    read_query(request)
    return found


@api.route("/staff/officers", methods=["GET"])
def officers() -> dict[str, Any]:
    request = api.current_request
    actor = doors.staff(request)
    colleagues = doors.city().colleagues
    permit = colleagues.permit_assigning(actor)
    return colleagues.officers(permit, read_query(request, required=("unit",))["unit"])


@api.route("/staff/complaints/{number}", methods=["GET"])
def show(number: str) -> dict[str, Any]:
    request = api.current_request
    actor = doors.staff(request)
    return doors.city().tracking.of_staff(numbers.read(number), actor)


@api.route("/staff/complaints", methods=["POST"])
def lodge() -> Response:
    from chalicelib.entrypoints.forms import DeskForm
    from chalicelib.entrypoints.inputs import report_input

    request = api.current_request
    actor = doors.staff(request)
    body = doors.body(request)
    city = doors.city()
    permit = city.forms.permit_desk(actor)
    report, channel = report_input(DeskForm, body)
    return created(city.intake(city.forms.of_desk(permit, report, channel)))
