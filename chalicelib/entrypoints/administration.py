"""Administration: the routes, and the function `administer` that carries out what they are asked. The API has no right
on accounts, people's rows or topics; it hands the order on with the caller's own token."""

from collections.abc import Callable
from functools import partial
from typing import Any

from chalice.app import Blueprint, Response

from chalicelib.application.people.orders import as_document
from chalicelib.domain.errors import FieldError, InvalidError, Refusal
from chalicelib.entrypoints import doors
from chalicelib.entrypoints.http import Api, answered
from chalicelib.entrypoints.log import logger, of_call
from chalicelib.entrypoints.query import read_query

api = Api(__name__)
functions = Blueprint(__name__)
People = dict[str, Any]


@api.route("/staff/people", methods=["GET"])
def people() -> People:
    request = api.current_request
    actor = doors.staff(request)
    directory = doors.city().directory
    permit = directory.permit(actor)
    known, checks = ("unit", "words", "cursor"), (partial(directory.check, permit),)
    return directory.page(permit, read_query(request, optional=known, checks=checks))


@api.route("/staff/people", methods=["POST"])
def put_person() -> Response:
    from chalicelib.entrypoints.forms import PersonForm

    found = _give("put_person", PersonForm)
    made = found.pop("made")
    return answered(found, status=201 if made else 200)


@api.route("/staff/units/{unit}/subscribers", methods=["GET"])
def subscribers(unit: str) -> People:
    request = api.current_request
    actor = doors.staff(request)
    doors.city().directory.permit(actor)
    found = _subscribers_of(unit)
    read_query(request)
    return found


@api.route("/staff/units/{unit}/subscribers", methods=["PUT"])
def replace_subscribers(unit: str) -> People:
    from chalicelib.entrypoints.forms import SubscribersForm

    return _give("replace_subscribers", SubscribersForm, earlier=lambda: _subscribers_of(unit), unit=unit)


def _subscribers_of(unit: str) -> People:
    """Raises NotFoundError for a unit that is not there."""
    return doors.city().orders.give(doors.token(api.current_request), "subscribers", {"unit": unit})


def _give(order: str, form: Any, *, earlier: Callable[[], object] = lambda: None, **named: str) -> People:
    """The body, read by its form, as an order. Raises InvalidError for faults of form, as what is written goes whole;
    before that what `earlier` raises."""
    from chalicelib.entrypoints.forms import missing

    request = api.current_request
    actor = doors.staff(request)
    body = doors.body(request)
    doors.city().directory.permit(actor)
    values, faults = _read_whole(form, body)
    wrong = [*faults, *missing(form.needed(), values, faults)]
    with doors.behind(earlier):
        if wrong:
            raise InvalidError(wrong)
    return doors.city().orders.give(doors.token(request), order, values | named)


def _read_whole(form: Any, body: doors.RequestBody) -> tuple[dict[str, Any], tuple[FieldError, ...]]:
    """What was sent empty counts as sent: an empty list takes everything away."""
    from chalicelib.entrypoints.forms import read_form

    values, faults = read_form(form, body)
    wrong = {fault.field.partition(".")[0] for fault in faults}
    empty = {key: value for key, value in body.values.items() if value in ("", []) and key in form.model_fields}
    return {key: value for key, value in (values | empty).items() if key not in wrong}, faults


@functions.lambda_function(name="administer")
@of_call
def administer(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ARG001  # what Lambda gives
    """Carries out `{token, order, values}`, for whom the token proves. Neither words nor names are logged. Without an
    order it is the week's call: which units does nobody hear?"""
    from chalicelib.bootstrap import bootstrap

    if "order" not in event:
        return _tell_unheard(bootstrap().subscribers.unheard())
    order = str(event["order"])
    try:
        answer = bootstrap().administer(event["token"], order, event["values"])
    except Refusal as refusal:
        logger().info("administer", order=order, refused=refusal.code)
        return {"refusal": as_document(refusal)}
    logger().info("administer", order=order, refused=None)
    return {"answer": answer}


def _tell_unheard(units: list[str]) -> dict[str, Any]:
    """The operators' alarm rings by the line; the codes stand in it."""
    if units:
        logger().warning("units_unheard", units=units, count=len(units))
    else:
        logger().info("units_heard")
    return {"unheard": len(units)}
