"""Messages that are no case yet, as the people at their desk read and end them."""

from typing import Any

from chalicelib.entrypoints import doors
from chalicelib.entrypoints.http import Api
from chalicelib.entrypoints.query import read_query

api = Api(__name__)


@api.route("/staff/messages/{task_id}", methods=["GET"])
def show(task_id: str) -> dict[str, Any]:
    request = api.current_request
    actor, inbox = doors.staff(request), doors.city().inbox
    permit = inbox.permit(actor)
    found = inbox.show(permit, task_id)
    read_query(request)
    return found


@api.route("/staff/messages/{task_id}/photos/{position}", methods=["GET"])
def photo(task_id: str, position: str) -> dict[str, Any]:
    request = api.current_request
    actor, inbox = doors.staff(request), doors.city().inbox
    permit = inbox.permit(actor)
    found = inbox.photo(permit, task_id, position)
    read_query(request)
    return found


@api.route("/staff/messages/{task_id}/case", methods=["POST"])
def make_case(task_id: str) -> dict[str, Any]:
    from chalicelib.entrypoints.inputs import message_case_input

    request = api.current_request
    actor, body, inbox = doors.staff(request), doors.body(request), doors.city().inbox
    return inbox.make_case(inbox.permit(actor), task_id, message_case_input(body))


@api.route("/staff/messages/{task_id}/reply", methods=["POST"])
def reply(task_id: str) -> dict[str, Any]:
    from chalicelib.entrypoints.inputs import step_input
    from chalicelib.entrypoints.message_forms import MessageReplyForm

    request = api.current_request
    actor, body, inbox = doors.staff(request), doors.body(request), doors.city().inbox
    return inbox.reply(inbox.permit(actor), task_id, step_input(MessageReplyForm, body))


@api.route("/staff/messages/{task_id}/close", methods=["POST"])
def close(task_id: str) -> dict[str, Any]:
    from chalicelib.entrypoints.inputs import step_input
    from chalicelib.entrypoints.message_forms import MessageCloseForm

    request = api.current_request
    actor, body, inbox = doors.staff(request), doors.body(request), doors.city().inbox
    return inbox.close(inbox.permit(actor), task_id, step_input(MessageCloseForm, body))
