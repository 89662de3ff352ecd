"""All reports of one person: the link to them, by a message to their own address, and what it opens. Nothing here tells
whether anybody has ever reported with an address."""

from typing import Any

from chalice.app import Request, Response

from chalicelib.domain.errors import UnauthenticatedError
from chalicelib.entrypoints import doors
from chalicelib.entrypoints.http import Api, accepted
from chalicelib.entrypoints.query import read_query

api = Api(__name__)


@api.route("/reporters/link", methods=["POST"])
def ask_link() -> Response:
    """The answer is the same for every address that a message can reach."""
    from chalicelib.entrypoints.forms import ReporterLinkForm, read_form

    request = api.current_request
    doors.actor(request)
    values, misformed = read_form(ReporterLinkForm, doors.body(request))
    email, phone, language = (values.get(name) for name in ("email", "phone", "language"))
    doors.city().ask_for_reports(email=email, phone=phone, language=language or "id", misformed=misformed)
    return accepted()


@api.route("/reporters/reports", methods=["GET"])
def show() -> dict[str, Any]:
    request = api.current_request
    token, reports = _token(request), doors.city().reports
    with doors.behind(lambda: reports.check(token)):
        read_query(request)
    return reports.show(token)


@api.route("/reporters/addresses", methods=["POST"])
def join() -> dict[str, Any]:
    """Two links, each from a message to one address of the same person."""
    request = api.current_request
    token, reports = _token(request), doors.city().reports
    with doors.behind(lambda: reports.check(token)):
        other = doors.link_token(request)
    return reports.join(token, other)


@api.route("/reporters/erasures", methods=["POST"])
def forget() -> dict[str, Any]:
    request = api.current_request
    token, body = _token(request), doors.body(request)
    reports = doors.city().reports
    with doors.behind(lambda: reports.check(token)):
        doors.no_fields(body)
    return reports.forget(token)


def _token(request: Request) -> str:
    """Raises UnauthenticatedError for none."""
    doors.actor(request)
    given = doors.secret(request)
    if given is None:
        raise UnauthenticatedError("Send what the link of the message holds")
    return given
