"""What the code cannot tell of the administrators' routes (operations.py)."""

from tools.api.operations import KEY, STAFF, UNREAD, Operation, query
from tools.api.schemas import TEXT, Schema

UNIT: Schema = {
    "name": "unit",
    "in": "path",
    "required": True,
    "description": "A unit's code.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 64},
    "example": "DBM.31.71",
}
ADMINISTRATION: dict[tuple[str, str], Operation] = {
    ("GET", "/staff/people"): Operation(
        "people",
        "staff",
        "Who works for the city",
        "For administrators: by username, disabled ones too, 100 at a time.",
        {200: "People"},
        (401, 403, 422, 503),
        security=STAFF,
        parameters=(
            query("unit", TEXT, "Only of this unit.", example="DBM.31.71"),
            query("words", TEXT, "All of these words, of username, name, role or unit."),
            query("cursor", TEXT, "`next_cursor` of the page before, for the same question."),
        ),
    ),
    ("POST", "/staff/people"): Operation(
        "put_person",
        "staff",
        "Add, change or disable somebody",
        "For administrators. What is left out stays as it is; a new person needs name, role and unit, and is answered "
        "with 201 and a temporary password, shown once, which they change when they first sign in; `new_password` "
        "gives somebody another one. Acts from the person's next request on. Nobody disables themselves or changes "
        "their own role.",
        {200: "PersonPut", 201: "PersonPut"},
        (401, *UNREAD, 403, 503),
        security=STAFF,
        parameters=(KEY,),
        form="PersonForm",
        needed=("user",),
        example={"user": "sari-binamarga", "name": "Sari", "role": "opd_officer", "unit": "DBM.31.71"},
    ),
    ("GET", "/staff/units/{unit}/subscribers"): Operation(
        "subscribers",
        "staff",
        "Who hears a unit's alerts",
        "For administrators. 404 for what is no unit that can hold a case.",
        {200: "Subscribers"},
        (401, 403, 404, 422, 503),
        security=STAFF,
        parameters=(UNIT,),
    ),
    ("PUT", "/staff/units/{unit}/subscribers"): Operation(
        "replace_subscribers",
        "staff",
        "Say who hears a unit's alerts",
        "For administrators: from now on these addresses and no others. People and hosts are asked to confirm; an "
        "address that never did ends by itself after three days, and until then is listed.",
        {200: "Subscribers"},
        (401, *UNREAD, 403, 404, 503),
        security=STAFF,
        parameters=(UNIT,),
        form="SubscribersForm",
        needed=("addresses",),
        example={"addresses": ["petugas@example.go.id", "+628110000001"]},
    ),
}
