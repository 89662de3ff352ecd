"""What the code cannot tell of the routes of all reports of one person (operations.py)."""

from chalicelib.domain.case.complaint import STATUSES
from tools.api.operations import KEY, UNREAD, Operation
from tools.api.schemas import CASE_NUMBER, FLAG, TEXT, TIME, WHOLE, Schema, listed, one_of, or_null, record, ref

BEARER: tuple[dict[str, list[str]], ...] = ({"reporter": []},)
LINK = "In X-Complaint-Secret stands what the link of the message holds, for 24 hours. "
SCHEMAS: dict[str, Schema] = {
    "OwnReports": record(
        {
            "items": listed(
                record(
                    {
                        "number": CASE_NUMBER,
                        "status": one_of(STATUSES),
                        "label": TEXT,
                        "version": WHOLE,
                        "category": ref("Named"),
                        "area": or_null(ref("AreaName")),
                        "unit": ref("Named"),
                        "received_at": TIME,
                    }
                )
            ),
            "more": FLAG,
            "until": TIME,
        }
    ),
    "Forgotten": record({"erased": WHOLE, "left": WHOLE}),
}
REPORTERS: dict[tuple[str, str], Operation] = {
    ("POST", "/reporters/link"): Operation(
        "ask_link",
        "public",
        "Have the link to one's own reports sent",
        "To one address, by e-mail or SMS, within five minutes, three a day. The answer is the same for every address "
        "that a message can reach, whether anybody has reported with it or not.",
        {202: None},
        (401, *UNREAD, 503),
        parameters=(KEY,),
        form="ReporterLinkForm",
        example={"email": "siti@example.com", "language": "id"},
    ),
    ("GET", "/reporters/reports"): Operation(
        "own_reports",
        "case",
        "All reports of one's own address",
        LINK + "The newest 50, of this address and those that were joined with it. The same opens each of them as its "
        "reporter's secret does.",
        {200: "OwnReports"},
        (401, 422, 429, 503),
        security=BEARER,
    ),
    ("POST", "/reporters/addresses"): Operation(
        "join_addresses",
        "case",
        "Join two addresses of one person",
        LINK + "`token` is what another link holds, to another address. From then on either shows the reports of both.",
        {200: "OwnReports"},
        (401, *UNREAD, 429, 503),
        security=BEARER,
        parameters=(KEY,),
        form="TokenForm",
        needed=("token",),
        example={"token": "Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4"},
    ),
    ("POST", "/reporters/erasures"): Operation(
        "forget",
        "case",
        "Have the data of all own reports erased",
        LINK + "Each is erased as its reporter's `erase` does it, 50 at a time; `left` says how many are to be asked "
        "for again.",
        {200: "Forgotten"},
        (401, *UNREAD, 429, 503),
        security=BEARER,
        parameters=(KEY,),
    ),
}
