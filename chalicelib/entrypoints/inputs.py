"""Bodies → the typed inputs of the use cases. Fields that cannot be read are reported with all other faults."""

from typing import Any

from chalicelib.application.handling.acting import ActionInput
from chalicelib.application.intake.drafting import ContactInput, PhotoInput, ReportInput
from chalicelib.channels.steps import StepInput
from chalicelib.domain.actions.verbs import read_needs
from chalicelib.domain.place.spots import Location
from chalicelib.entrypoints.doors import RequestBody
from chalicelib.entrypoints.forms import ActionForm, DraftForm, read_form
from chalicelib.entrypoints.message_forms import MessageCaseForm, MessageReplyForm

VERSION = "version"  # of every action
OPERATION = 32  # hex digits of a body's hash that an event keeps: 128 bits


def action_input(action: str, body: RequestBody) -> ActionInput:
    values, misformed = read_form(ActionForm, body)
    known = ActionForm.model_fields.keys() - values.keys() - {fault.field.partition(".")[0] for fault in misformed}
    empty = [name for name in body.values if name in known and name != VERSION]
    version = values.pop(VERSION, None)
    needs, unknown = read_needs(action, _typed(values), empty)
    return ActionInput(action, needs, body.hash(action)[:OPERATION], version, (*misformed, *unknown), body.key)


def report_input(form: type[DraftForm], body: RequestBody) -> tuple[ReportInput, str]:
    """The report, and the channel's code where a desk named one."""
    values, misformed = read_form(form, body)
    channel = values.pop("channel", "")
    contact = ContactInput(**values.pop("contact", {}))
    photos = tuple(PhotoInput(**photo) for photo in values.pop("photos", ()))
    typed = _typed(values)
    return ReportInput(body.hash(), body.key, misformed, contact=contact, photos=photos, **typed), channel


def step_input(form: type[MessageReplyForm], body: RequestBody) -> StepInput:
    """An answer to a message, or its end."""
    values, misformed = read_form(form, body)
    return StepInput(body.hash(), body.key, misformed=misformed, **values)


def message_case_input(body: RequestBody) -> StepInput:
    """A case that is made of a message."""
    values, misformed = read_form(MessageCaseForm, body)
    version, photos = values.pop("version", None), values.pop("photos", True)
    report = ReportInput(body.hash(), misformed=misformed, **_typed(values))
    return StepInput(body.hash(), body.key, version, report=report, photos=photos)


def _typed(values: dict[str, Any]) -> dict[str, Any]:
    """Lists as tuples, the location as what it is."""
    typed = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    return typed | ({"location": Location(**values["location"])} if "location" in values else {})
