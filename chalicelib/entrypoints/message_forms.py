"""The bodies of steps with messages that are no case yet."""

from typing import Annotated, Literal

from pydantic import Field

from chalicelib.entrypoints.forms import DESCRIPTION, LANDMARK, REPLY, Answer, Code, Form, Location, _text


class MessageReplyForm(Form):
    """An answer to a message that is no case yet."""

    version: Annotated[int, Field(ge=1, le=10**9)] | None = None
    text: _text(REPLY) | None = None  # type: ignore[valid-type]


class MessageCloseForm(MessageReplyForm):
    """The end of a message that is no case."""

    reason_code: Code | None = None


class MessageCaseForm(Form):
    """A case that a person makes of a message. Its sender is in the message; `photos` says whether its photos come
    along."""

    version: Annotated[int, Field(ge=1, le=10**9)] | None = None
    category: Code | None = None
    description: _text(DESCRIPTION) | None = None  # type: ignore[valid-type]
    location: Location | None = None
    landmark: _text(LANDMARK) | None = None  # type: ignore[valid-type]
    visibility: Literal["public", "private"] | None = None
    answers: Annotated[dict[Code, Answer], Field(max_length=20)] | None = None
    photos: bool | None = None
