"""What officers use beside the actions: their queues, a case, colleagues, the desk's form. Every route begins with the
token; what a person may do is decided further in."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from chalice.app import Response

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
    from chalicelib.application.reading.lists import sieve

    request = api.current_request
    actor = doors.staff(request)
    worklists = doors.city().worklists
    permit = worklists.permit_list(actor, request.query_params.get("queue") if request.query_params else None)
    known = ("queue", "limit", "cursor", *sieve.NAMES)
    return worklists.page(permit, read_query(request, optional=known, checks=(partial(worklists.check, permit),)))


@api.route("/staff/queue/counts", methods=["GET"])
def counts() -> dict[str, Any]:
    request = api.current_request
    actor = doors.staff(request)
    found = doors.city().worklists.counts(actor)
    read_query(request)
    return found


@api.route("/staff/export.csv", methods=["GET"])
def export() -> Response:
    """A page that is not the last one names the next in its header `Link` (RFC 8288)."""
    request = api.current_request
    actor = doors.staff(request)
    cases = doors.city().export
    permit = cases.permit(actor)
    asked = read_query(request, optional=("from", "to", "cursor"), checks=(partial(cases.check, permit),))
    text, following = cases.page(permit, first=asked.get("from"), last=asked.get("to"), cursor=asked.get("cursor"))
    return Response(text, CSV | (_next(asked, following) if following else {}))


CSV: dict[str, str | list[str]] = {
    "Content-Type": "text/csv; charset=utf-8",
    "Content-Disposition": 'attachment; filename="laporan.csv"',
}


def _next(asked: dict[str, str], cursor: str) -> dict[str, str | list[str]]:
    return {"Link": f'<?{urlencode(asked | {"cursor": cursor})}>; rel="next"'}


@api.route("/staff/officers", methods=["GET"])
def officers() -> dict[str, Any]:
    request = api.current_request
    actor = doors.staff(request)
    colleagues = doors.city().colleagues
    permit = colleagues.permit_assigning(actor)
    asked = read_query(request, required=("unit",), checks=(lambda asked: colleagues.check(permit, asked.get("unit")),))
    return colleagues.officers(permit, asked["unit"])


@api.route("/staff/complaints/{number}", methods=["GET"])
def show(number: str) -> dict[str, Any]:
    request = api.current_request
    actor = doors.staff(request)
    return doors.city().tracking.of_staff(numbers.read(number), actor)


@api.route("/staff/intake/today", methods=["GET"])
def taken_today() -> dict[str, Any]:
    request = api.current_request
    actor = doors.staff(request)
    city = doors.city()
    permit = city.forms.permit_desk(actor)
    read_query(request)
    return city.desk_day.today(permit)


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
