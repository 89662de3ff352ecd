"""An update that a client's own people wrote → a comment on the report that the client sent. A foreign status changes
none of ours: it is told in words."""

from chalicelib.application.handling.access import OpenCase
from chalicelib.application.handling.acting import Act, ActionInput
from chalicelib.channels.open311.arguments import Arguments
from chalicelib.channels.open311.posting import body_hash, client_actor, read_link
from chalicelib.channels.open311.queries import read_number
from chalicelib.channels.open311.vocabulary import UPDATE_WORDS
from chalicelib.domain.actions.verbs import read_needs
from chalicelib.domain.errors import NotFoundError

COMMENT = "comment"
TEXT = 3_500  # characters: with the link and the status it stays below what a comment may have


def take_update(arguments: Arguments, client: str, *, open_case: OpenCase, act: Act) -> str:
    """The id of the update, whether it is new or was taken before. Raises InvalidError, NotFoundError for a report
    that this client did not send, ConflictError, TooManyError."""
    arguments.check_jurisdiction()
    update_id = arguments.required("update_id", 200)
    number = arguments.required("service_request_id", 100)
    arguments.required("updated_datetime", 64)
    arguments.moment("updated_datetime")
    for file in arguments.files:
        arguments.fault(file.name, "Files are not taken with an update: send media_url")
    text = _text(arguments)
    arguments.refuse()
    actor = client_actor(client)
    access = open_case.as_staff(read_number(number), actor)
    if access.case is None or access.case.complaint.lodging.typed_by != actor.id:
        raise NotFoundError("service_request_id: no such request of yours")
    needs, _ = read_needs(COMMENT, {"text": text})
    act(access, ActionInput(COMMENT, needs, _same(update_id), key=f"update:{update_id}"))
    return update_id


def _same(update_id: str) -> str:
    """A client sends an update again with another time: the id alone tells whether it is the same."""
    return body_hash(Arguments({"update_id": [update_id]}))[:32]


def _text(arguments: Arguments) -> str:
    words = arguments.required("description", TEXT)
    status = arguments.required("status", 64).upper().replace(" ", "_")
    if status and status not in UPDATE_WORDS:
        arguments.fault("status", f"One of: {', '.join(sorted(UPDATE_WORDS))}")
    link = read_link(arguments)
    return "\n".join(filter(None, (words, link[:300], f"[Status pada pengirim: {status}]")))
