"""What the code cannot tell of the routes of messages that are no case yet (operations.py)."""

from chalicelib.application.messages.reasons import REASONS as WHY_NOT_SENT
from chalicelib.domain.case.inboxes import ENDS, OPEN, READ_BY, REASONS, RETURNED, SENDING, SENT, STEPS
from tools.api.operations import KEY, STAFF, UNREAD, Operation
from tools.api.schemas import (
    CASE_NUMBER,
    FLAG,
    NUMBER,
    TEXT,
    TIME,
    WHOLE,
    Schema,
    listed,
    one_of,
    or_null,
    record,
    ref,
)

TASK: Schema = {
    "name": "task_id",
    "in": "path",
    "required": True,
    "description": "A message's own id, as its inbox lists it.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 64},
    "example": "0123456789abcdef01234567",
}
POSITION: Schema = {
    "name": "position",
    "in": "path",
    "required": True,
    "description": "The photo's place in the message, from 1.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 3},
    "example": "1",
}
SCHEMAS: dict[str, Schema] = {
    "MessagePhoto": record({"content_type": TEXT, "data": {"type": "string", "contentEncoding": "base64"}}),
    "Message": record(
        {
            "kind": one_of(("message",)),
            "task_id": TEXT,
            "channel": one_of(list(READ_BY)),
            "state": one_of((OPEN, SENDING, *ENDS)),
            "version": WHOLE,
            "reason": TEXT,
            "received_at": TIME,
            "due_at": TIME,
            "said": or_null(TEXT),
            "public": FLAG,
            "photos": listed(record({"content_type": TEXT, "size": WHOLE})),
            "photos_missing": WHOLE,
            "suggestions": record(
                {
                    "categories": listed(record({"category": ref("Named"), "reasons": listed(TEXT), "sure": FLAG})),
                    "point": or_null(record({"lat": NUMBER, "lon": NUMBER, "area": ref("AreaName")})),
                    "areas": listed(ref("AreaName")),
                    "landmark": or_null(TEXT),
                }
            ),
            "longest_answer": or_null(WHOLE),
            "number": or_null(CASE_NUMBER),
            "trail": listed(
                record(
                    {
                        "action": one_of((*STEPS, SENT, RETURNED)),
                        "at": TIME,
                        "by": or_null(TEXT),
                        "text": or_null(TEXT),
                        "reason_code": or_null(one_of((*REASONS, *WHY_NOT_SENT))),
                    }
                )
            ),
            "allowed_actions": listed(one_of(STEPS)),
        }
    ),
}
MESSAGES: dict[tuple[str, str], Operation] = {
    ("GET", "/staff/messages/{task_id}"): Operation(
        "message",
        "staff",
        "A message that is no case yet",
        "For the desk of its channel, and the coordinator: the raw words (null once they are gone), what they may mean "
        "with the sender's own words as reasons, and what was done with it. Nobody is shown the sender's "
        "address.",
        {200: "Message"},
        (401, 403, 404, 422, 503),
        security=STAFF,
        parameters=(TASK,),
    ),
    ("GET", "/staff/messages/{task_id}/photos/{position}"): Operation(
        "message_photo",
        "staff",
        "A photo of such a message",
        "As it came, in base64. 413 for one that is too large to be shown; it goes into the case all the same.",
        {200: "MessagePhoto"},
        (401, 403, 404, 413, 422, 503),
        security=STAFF,
        parameters=(TASK, POSITION),
    ),
    ("POST", "/staff/messages/{task_id}/case"): Operation(
        "message_case",
        "staff",
        "Make a case of it",
        "The sender's address and photos (unless `photos` is false) go along. One message is one case: whoever repeats "
        "the request gets the same number.",
        {200: "Message"},
        (401, *UNREAD, 403, 404, 409, 429, 503),
        security=STAFF,
        parameters=(TASK, KEY),
        form="MessageCaseForm",
        needed=("version", "category", "description"),
        example={"version": 1, "category": "JLN_LUBANG", "description": "Lubang di depan pasar."},
    ),
    ("POST", "/staff/messages/{task_id}/reply"): Operation(
        "message_reply",
        "staff",
        "Answer it",
        "On the channel that it came by; offered where there is a way back. What was said in public (`public`) is "
        "answered there, for everybody: 422 where the privacy check finds a person in the answer. The answer is "
        "written down, and sent within minutes; one that the provider refuses opens the message again.",
        {200: "Message"},
        (401, *UNREAD, 403, 404, 409, 429, 503),
        security=STAFF,
        parameters=(TASK, KEY),
        form="MessageReplyForm",
        needed=("version", "text"),
        example={"version": 1, "text": "Mohon tuliskan lokasinya."},
    ),
    ("POST", "/staff/messages/{task_id}/close"): Operation(
        "message_close",
        "staff",
        "Close it with a reason",
        "It becomes no case. The reason codes: " + ", ".join(f"`{code}`" for code in REASONS) + ".",
        {200: "Message"},
        (401, *UNREAD, 403, 404, 409, 429, 503),
        security=STAFF,
        parameters=(TASK, KEY),
        form="MessageCloseForm",
        needed=("version", "reason_code"),
        example={"version": 1, "reason_code": "spam"},
    ),
}
