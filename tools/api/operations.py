"""What the code cannot tell of a route: its words, who may call it, what it takes besides the body, what it answers,
which refusals it knows. One entry per route and method; openapi.py joins them with the application's routes."""

from dataclasses import dataclass
from typing import Any

from chalicelib.application.reading.lists.sieve import SORTS
from chalicelib.application.reading.statistics import TABLES
from chalicelib.channels.registry import ADAPTERS
from chalicelib.domain.case.complaint import STATUSES
from tools.api.schemas import ACTIONS, CSV, DATE, NUMBER, QUEUES, TEXT, Schema, one_of

SWITCH = one_of(("true", "false"))
UNREAD = (400, 413, 415, 422)  # of a body
PUBLIC: tuple[dict[str, list[str]], ...] = ({},)
STAFF: tuple[dict[str, list[str]], ...] = ({"staff": []},)
OWNER: tuple[dict[str, list[str]], ...] = ({"reporter": []}, {"staff": []})


@dataclass(frozen=True, slots=True)
class Operation:
    """`form`: the pydantic model of the body, and what of it is `needed`. `answers`: status → schema, None: no body."""

    id: str
    tag: str
    summary: str
    description: str
    answers: dict[int, str | None]
    refusals: tuple[int, ...]
    security: tuple[dict[str, list[str]], ...] = PUBLIC
    parameters: tuple[Schema, ...] = ()
    form: str | None = None
    needed: tuple[str, ...] = ()
    example: Any = None


def query(name: str, schema: Schema, description: str, *, required: bool = False, example: Any = None) -> Schema:
    shown = {} if example is None else {"example": example}
    return {"name": name, "in": "query", "required": required, "description": description, "schema": schema, **shown}


def header(name: str, schema: Schema, description: str) -> Schema:
    return {"name": name, "in": "header", "required": False, "description": description, "schema": schema}


CASE: Schema = {
    "name": "number",
    "in": "path",
    "required": True,
    "description": "As people type it: any case, with or without JKT, any dashes, blanks, punctuation and invisible "
    "signs; O is read as 0, I and L as 1.",
    "schema": {"type": "string", "minLength": 9, "maxLength": 2000},
    "example": "JKT-7K3M-9QXR-B",
}
CHANNEL: Schema = {
    "name": "channel",
    "in": "path",
    "required": True,
    "description": "The channel's code in lower case.",
    "schema": one_of(tuple(code.lower() for code in ADAPTERS)),
}
ACTION: Schema = {
    "name": "action",
    "in": "path",
    "required": True,
    "description": "What is to be done.",
    "schema": one_of(ACTIONS),
}
KEY = header(
    "Idempotency-Key",
    {"type": "string", "minLength": 16, "maxLength": 255},
    "Makes a repeated request the same request: same key and body, same answer; another body is 409 `key_reused`.",
)
DECIMAL_PAIR = r"-?[0-9]{1,3}(\.[0-9]{1,20})?"
BOX: Schema = {"type": "string", "pattern": f"^{DECIMAL_PAIR}(,{DECIMAL_PAIR}){{3}}$"}
REPORT = {
    "category": "JLN_LUBANG",
    "description": "Lubang dalam di lajur kiri, berbahaya bagi sepeda motor.",
    "location": {"lat": -6.1754, "lon": 106.8272, "accuracy_m": 12},
    "landmark": "Depan halte Monas",
    "answers": {"BLOCKS_ROAD": "lane"},
    "photos": [{"content_type": "image/jpeg", "size": 482133}],
}
VIEWS = "What you are shown depends on who you are: everybody, the reporter with the secret, staff with a token."

OPERATIONS: dict[tuple[str, str], Operation] = {
    ("GET", "/health"): Operation(
        "health",
        "public",
        "Whether the city answers",
        "Version, stage and the dependencies. 503 carries the same members.",
        {200: "Health"},
        (401, 422, 503),
    ),
    ("GET", "/reference"): Operation(
        "reference",
        "public",
        "Categories, statuses, channels, units, areas",
        "Changes with a deployment only: send the ETag back, and most answers are 304.",
        {200: "Reference", 304: None},
        (422, 503),
        parameters=(header("If-None-Match", TEXT, "The ETag of the answer that you have."),),
    ),
    ("GET", "/complaints/nearby"): Operation(
        "nearby",
        "public",
        "Open cases of a category near a point",
        "Within the category's radius, nearest first. Private and sensitive cases are never listed.",
        {200: "Nearby"},
        (422, 503),
        parameters=(
            query("lat", NUMBER | {"minimum": -90, "maximum": 90}, "Degrees, WGS84.", required=True, example=-6.1754),
            query(
                "lon", NUMBER | {"minimum": -180, "maximum": 180}, "Degrees, WGS84.", required=True, example=106.8272
            ),
            query("category", TEXT, "A code of /reference.", required=True, example="JLN_LUBANG"),
        ),
    ),
    ("GET", "/map"): Operation(
        "map",
        "public",
        "Open cases in a box",
        "One by one, with kind and status, where the box is small, else counted. Private and sensitive cases never.",
        {200: "Dots"},
        (422, 503),
        parameters=(
            query(
                "bbox",
                BOX,
                "west,south,east,north in degrees, inside 1°.",
                required=True,
                example="106.8,-6.2,106.9,-6.1",
            ),
        ),
    ),
    ("GET", "/statistics"): Operation(
        "statistics",
        "public",
        "How the city is doing",
        "Counts of all cases; both promised clocks, and a line per day of receipt, of the last 90 days. Seconds, with "
        "those who still wait (Kaplan-Meier): null where the curve does not reach. With `by` a line for each, of the "
        "last four months of receipt (channels: of all time); `open` and `oldest_open` are of all time everywhere.",
        {200: "Statistics | StatisticsTable"},
        (422, 503),
        parameters=(query("by", one_of(TABLES), "A table instead of the city's figures.", example="unit"),),
    ),
    ("GET", "/statistics/usual"): Operation(
        "usual",
        "public",
        "How long a kind of problem usually takes",
        "Seconds until it was solved, of cases of the last twelve months in the kota, or in the whole city (`kota` "
        "null) where fewer than 20 were solved there. `usual` is null where there are fewer than 20 anywhere.",
        {200: "Usual"},
        (401, 422, 503),
        parameters=(
            query("category", TEXT, "A code of /reference.", required=True, example="JLN_LUBANG"),
            query("area", TEXT, "A kelurahan's code.", example="31.71.01.1001"),
        ),
    ),
    ("POST", "/complaints"): Operation(
        "lodge",
        "public",
        "Report a problem",
        "The answer holds the number, and once the secret that proves you are the reporter, and a form per announced "
        "photo. At most 300 a minute from one address.",
        {201: "Receipt"},
        (401, *UNREAD, 409, 429, 503),
        parameters=(KEY,),
        form="DraftForm",
        needed=("category", "description", "location"),
        example=REPORT,
    ),
    ("GET", "/complaints/{number}"): Operation(
        "show",
        "case",
        "A case",
        VIEWS,
        {200: "PublicView | AgencyView | ReporterView | StaffView"},
        (400, 401, 404, 410, 429, 503),
        security=({}, *OWNER),
        parameters=(CASE,),
    ),
    ("GET", "/complaints/{number}/timeline"): Operation(
        "timeline",
        "case",
        "Older lines of a case's history",
        "As your view shows them, oldest first: at most 200, the last ones before a sequence. A view whose history is "
        "longer says `timeline_before`; `next_before` leads on, and is null where nothing is older.",
        {200: "Timeline"},
        (400, 401, 404, 422, 429, 503),
        security=({}, *OWNER),
        parameters=(
            CASE,
            query(
                "before",
                {"type": "integer", "minimum": 1, "maximum": 999_999},
                "The sequence before which the lines end.",
                required=True,
                example=251,
            ),
        ),
    ),
    ("POST", "/channels/{channel}"): Operation(
        "receive_message",
        "channels",
        "A message of another channel",
        "The body as the sender made it: it is kept unread, and read from a queue. JAKI, QLUE, EMAIL and SMS sign by "
        "Standard Webhooks, FB, MEDSOSGUB and WHATSAPP as Meta does, X as X does. The same message again is not read "
        "as another one.",
        {202: None},
        (401, 404, 413, 503),
        parameters=(CHANNEL,),
    ),
    ("GET", "/channels/{channel}"): Operation(
        "answer_challenge",
        "channels",
        "What a provider asks before it sends",
        "Meta: `hub.mode`, `hub.verify_token`, `hub.challenge`, answered with the challenge as text. X: `crc_token`, "
        "answered with `response_token`.",
        {200: "Challenge"},
        (400, 401, 404, 503),
        parameters=(
            CHANNEL,
            query("hub.mode", TEXT, "Meta: subscribe."),
            query("hub.verify_token", TEXT, "Meta: what was agreed."),
            query("hub.challenge", TEXT, "Meta: comes back."),
            query("crc_token", TEXT, "X: is signed."),
        ),
    ),
    ("POST", "/complaints/{number}/photos"): Operation(
        "announce_photo",
        "case",
        "Announce a photo",
        "Answers a form to send the file with (field `file`, last); it lives for five minutes. The same key and body "
        "announce one photo, with a new form; with another body it is 409 `key_reused`.",
        {201: "Upload"},
        (401, *UNREAD, 403, 404, 409, 410, 429, 503),
        security=OWNER,
        parameters=(CASE, KEY),
        form="PhotoTicketForm",
        needed=("content_type", "size"),
        example={"content_type": "image/jpeg", "size": 482133},
    ),
    ("POST", "/complaints/{number}/contact/confirmations"): Operation(
        "confirm_contact",
        "case",
        "Show that a message was read",
        "`token` is what follows the secret in a message's link. Its address is then confirmed, and what was held for "
        "it is sent. The answer is the same for every token.",
        {204: None},
        (401, *UNREAD, 404, 429, 503),
        parameters=(CASE, KEY),
        form="TokenForm",
        needed=("token",),
        example={"token": "a1B2c3D4"},
    ),
    ("POST", "/suppressions"): Operation(
        "suppress",
        "public",
        "Have no more messages sent to an address",
        "`token` is that of a message which reached it. The answer is the same for every token.",
        {204: None},
        (401, *UNREAD, 503),
        parameters=(KEY,),
        form="TokenForm",
        needed=("token",),
        example={"token": "a1B2c3D4"},
    ),
    ("POST", "/complaints/{number}/actions/{action}"): Operation(
        "act",
        "case",
        "Do something with a case",
        "Every change of a case. `version` is what you have seen (quiet actions need none).",
        {200: "PublicView | AgencyView | ReporterView | StaffView"},
        (401, *UNREAD, 403, 404, 409, 410, 429, 503),
        security=OWNER,
        parameters=(CASE, ACTION, KEY),
        form="ActionForm",
        example={"version": 3, "unit": "DBM", "text": "Mohon ditindaklanjuti."},
    ),
    ("GET", "/staff/me"): Operation(
        "me",
        "staff",
        "Who is signed in",
        "Name, role, unit and channels, as they are now.",
        {200: "Person"},
        (401, 422, 503),
        security=STAFF,
    ),
    ("GET", "/staff/queue"): Operation(
        "queue",
        "staff",
        "A work list",
        "Least time left first; `others` (waiting for others) and `done` the latest decision first, for 90 days. "
        "Without `queue` the role's own. Filters, words and another order look through the first 500 rows of a list: "
        "`looked_through` says how many there were, whether that was all, and how many fit. `assigned` is `mine`, "
        "looked through for the caller's own name.",
        {200: "Queue"},
        (401, 403, 422, 503),
        security=STAFF,
        parameters=(
            query("queue", QUEUES, "Which list."),
            query("limit", {"type": "integer", "minimum": 1, "maximum": 100, "default": 50}, "How many."),
            query("cursor", TEXT, "`next_cursor` of the page before, for the same question."),
            query("status", one_of(STATUSES), "Only in this status."),
            query("category", TEXT, "Only of this category.", example="JLN_LUBANG"),
            query("late", SWITCH, "Whether a running clock has passed its due time."),
            query("photo", SWITCH, "Whether the report announced a photo."),
            query("answered", SWITCH, "Whether the reporter wrote, and no officer has acted or replied since."),
            query("words", TEXT | {"maxLength": 200}, "All of these words, or a part of the number."),
            query("sort", one_of(list(SORTS)), "Another order than the list's own."),
        ),
    ),
    ("GET", "/staff/export.csv"): Operation(
        "export",
        "staff",
        "Cases as CSV",
        "Of the days of receipt from `from` to `to` (at most 366; without them the last 31), as far as you see them: "
        "codes, names, times and results, no words. In pages: the header `Link` names the next one.",
        {200: CSV},
        (401, 403, 422, 503),
        security=STAFF,
        parameters=(
            query("from", DATE, "The first day, in Jakarta.", example="2026-03-01"),
            query("to", DATE, "The last day; today.", example="2026-03-31"),
            query("cursor", TEXT, "Of the page before, as its `Link` has it."),
        ),
    ),
    ("GET", "/staff/queue/counts"): Operation(
        "queue_counts",
        "staff",
        "How much waits in one's work lists",
        "By list; 100 stands for more than 99. `assigned` is counted in the first 500 rows of `mine`. A coordinator "
        "also gets `rules`, proposed rules to decide on, and `rules_off`, rules that failed and are switched off.",
        {200: "Counts"},
        (401, 403, 422, 503),
        security=STAFF,
    ),
    ("GET", "/staff/officers"): Operation(
        "officers",
        "staff",
        "Who works in an OPD",
        "The people to whom a case may be assigned.",
        {200: "Officers"},
        (401, 403, 422, 503),
        security=STAFF,
        parameters=(query("unit", TEXT, "A unit's code.", required=True, example="DBM.31.71"),),
    ),
    ("GET", "/staff/complaints/{number}"): Operation(
        "staff_show",
        "staff",
        "A case, for staff",
        "404 where the role does not see it.",
        {200: "StaffView"},
        (400, 401, 403, 404, 503),
        security=STAFF,
        parameters=(CASE,),
    ),
    ("GET", "/staff/intake/today"): Operation(
        "taken_today",
        "staff",
        "What this desk took in today",
        "For who types reports in: the cases of their own channels (in a kelurahan, of that kelurahan) that were "
        "received today in Jakarta, the newest first, at most 200. A new case stands here a second or two later.",
        {200: "TakenToday"},
        (401, 403, 422, 503),
        security=STAFF,
    ),
    ("POST", "/staff/complaints"): Operation(
        "staff_lodge",
        "staff",
        "Type in a report",
        "For whoever came, called or wrote. The place may be unknown. With a contact the secret goes to it alone.",
        {201: "Receipt"},
        (401, *UNREAD, 403, 409, 429, 503),
        security=STAFF,
        parameters=(KEY,),
        form="DeskForm",
        needed=("channel", "category", "description"),
        example={
            "channel": "KELURAHAN",
            "category": "POHON_TUMB",
            "description": "Pohon tumbang menutup gang.",
            "location": {"kelurahan": "31.71.01.1001"},
            "contact": {"phone": "0811-0000-0001", "language": "id"},
        },
    ),
}
