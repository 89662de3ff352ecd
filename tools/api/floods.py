"""What the code cannot tell of the routes of flood mode (operations.py)."""

from tools.api.operations import KEY, STAFF, UNREAD, Operation
from tools.api.schemas import Schema

SWITCH: Schema = {
    "name": "flood",
    "in": "path",
    "required": True,
    "description": "The `id` of a switch.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 64},
    "example": "1772413200-Zm9vYmFyYmF6cXV4",
}
FLOODS: dict[tuple[str, str], Operation] = {
    ("GET", "/staff/floods"): Operation(
        "floods",
        "staff",
        "Flood mode and what it did",
        "For coordinators: the switches of the last seven days, at most 20, the newest first; each with its incidents: "
        "the reports of one kelurahan and hour that were merged into their first (`lead`).",
        {200: "Floods"},
        (401, 403, 422, 503),
        security=STAFF,
    ),
    ("POST", "/staff/floods"): Operation(
        "switch_flood_on",
        "staff",
        "Switch flood mode on",
        "For coordinators. While it holds, `least` reports or more of this category in one kelurahan and hour become "
        "one incident, those of the hour before the switch too. Only reports that nobody has acted on are merged, "
        "never one that is not public. 409 where the same is on.",
        {201: "Flood"},
        (401, *UNREAD, 403, 409, 503),
        security=STAFF,
        parameters=(KEY,),
        form="FloodForm",
        needed=("category", "area", "hours"),
        example={"category": "BANJIR", "area": "31.71.01.1001", "hours": 3},
    ),
    ("POST", "/staff/floods/{flood}/off"): Operation(
        "switch_flood_off",
        "staff",
        "Switch flood mode off",
        "For coordinators. What was merged stays merged; each report can be taken out with `unmerge`.",
        {200: "Flood"},
        (401, *UNREAD, 403, 404, 503),
        security=STAFF,
        parameters=(KEY, SWITCH),
    ),
}
