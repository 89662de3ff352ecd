"""What a citizen does: report, follow, add photos, act; and the actions of everybody else, by the same route."""

from typing import Any

from chalice.app import Response

from chalicelib.domain.actor import PUBLIC, Actor
from chalicelib.domain.case import numbers
from chalicelib.entrypoints import doors
from chalicelib.entrypoints.http import Api, created, nothing

api = Api(__name__)


@api.route("/complaints", methods=["POST"])
def lodge() -> Response:
    from chalicelib.entrypoints.forms import DraftForm
    from chalicelib.entrypoints.inputs import report_input

    request = api.current_request
    doors.actor(request)  # a bad token is refused, a good one changes nothing
    report, channel = report_input(DraftForm, doors.body(request))
    city = doors.city()
    return created(city.intake(city.forms.of_citizen(report, channel)))


@api.route("/complaints/{number}", methods=["GET"])
def show(number: str) -> dict[str, Any]:
    """The staff view for who sees it, the reporter's with the secret, else what everybody sees."""
    request = api.current_request
    member, own = doors.actor(request), doors.secret(request)
    return _view(numbers.read(number), member, own)


def _view(number: str, member: Actor | None, own: str | None) -> dict[str, Any]:
    tracking = doors.city().tracking
    if own is not None:
        return tracking.of_reporter(number, own)
    return tracking.public(number) if member is None else tracking.of_anybody(number, member)


@api.route("/complaints/{number}/timeline", methods=["GET"])
def timeline(number: str) -> dict[str, Any]:
    """Older lines of the history, as the view of who asks shows them."""
    from chalicelib.entrypoints.query import read_query, whole

    request = api.current_request
    member, own = doors.actor(request), doors.secret(request)
    named = numbers.read(number)
    with doors.behind(lambda: _view(named, member, own)):
        asked = read_query(request, required=("before",), checks=(lambda asked: whole(asked, "before"),))
        before = whole(asked, "before")
    return doors.city().tracking.timeline(named, before, secret=own, actor=member or PUBLIC)


@api.route("/complaints/{number}/photos", methods=["POST"])
def announce_photo(number: str) -> Response:
    from chalicelib.domain.errors import InvalidError
    from chalicelib.entrypoints.forms import PhotoTicketForm, missing, read_form

    request = api.current_request
    access = doors.case_access(request, number)
    body = doors.body(request)
    tickets = doors.city().tickets
    permit = tickets.permit(access)
    values, misformed = read_form(PhotoTicketForm, body)
    faults = [*misformed, *missing(("content_type", "size"), values, misformed)]
    if faults:
        raise InvalidError(faults)
    return created(tickets.issue(permit, values["content_type"], values["size"], key=body.key))


@api.route("/complaints/{number}/contact/confirmations", methods=["POST"])
def confirm_contact(number: str) -> Response:
    """The link of a message was opened by a person: a program that only fetches the page sends nothing."""
    request = api.current_request
    doors.actor(request)
    named, city = numbers.read(number), doors.city()
    with doors.behind(lambda: city.tracking.public(named)):
        token = doors.link_token(request)
    city.confirming.confirm(named, token)
    return nothing()


@api.route("/suppressions", methods=["POST"])
def suppress() -> Response:
    """Whoever the messages reach wants no more of them."""
    token = doors.link_token(api.current_request)
    doors.city().confirming.suppress(token)
    return nothing()


@api.route("/complaints/{number}/actions/{action}", methods=["POST"])
def act(number: str, action: str) -> dict[str, Any]:
    from chalicelib.domain.lifecycle import is_for_everybody
    from chalicelib.entrypoints.inputs import action_input

    request = api.current_request
    access = doors.case_access(request, number, for_everybody=is_for_everybody(action))
    return doors.city().act(access, action_input(action, doors.body(request)))
