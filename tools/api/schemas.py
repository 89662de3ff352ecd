"""What the interface answers, as JSON Schema: views, lists, the problem document. Held to the real answers by
tests/api."""

from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.application.messages.reasons import REASONS
from chalicelib.application.reading.statistics import IN_TIME, OF_DAYS, SHOWN, TABLES
from chalicelib.domain import clocks
from chalicelib.domain.actor import ROLES
from chalicelib.domain.case import channel_limits, evidence
from chalicelib.domain.case.complaint import STATUSES
from chalicelib.domain.case.figures import MEASURED
from chalicelib.domain.case.parts import PART_STATES
from chalicelib.domain.case.queues import LISTS
from chalicelib.domain.lifecycle import TABLE
from chalicelib.domain.reasons import LEGAL_GROUNDS, OUTCOMES

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer"}
NUMBER: Schema = {"type": "number"}
FLAG: Schema = {"type": "boolean"}
TIME: Schema = {"type": "string", "format": "date-time"}
DATE: Schema = {"type": "string", "format": "date"}
CSV = "text/csv"
LINK: Schema = {"type": "string", "format": "uri"}
CASE_NUMBER: Schema = {
    "type": "string",
    "pattern": "^JKT-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]$",
}
ACTIONS = [row.action for row in TABLE]
FIELD_CODES = ["required", "unknown", "type", "value", "too_long", "outside"]


def one_of(values: Sequence[str]) -> Schema:
    return {"type": "string", "enum": list(values)}


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def listed(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def record(properties: Mapping[str, Schema], *, optional: Sequence[str] = ()) -> Schema:
    """An object with these properties and no others; all but `optional` are always there."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": dict(properties), "required": required, "additionalProperties": False}


def by_key(schema: Schema, keys: Sequence[str]) -> Schema:
    return {"type": "object", "propertyNames": {"enum": list(keys)}, "additionalProperties": schema}


NAMED = record({"code": TEXT, "name": TEXT})
WORDS = record({"id": TEXT, "en": TEXT})
PERSON = {
    "user": TEXT,
    "name": TEXT,
    "role": one_of(ROLES),
    "unit": NAMED,
    "channels": listed(TEXT),
    "disabled": FLAG,
    "on_duty": FLAG,
}
CLOCK = record(
    {
        "started_at": TIME,
        "due_at": TIME,
        "stopped_at": or_null(TIME),
        "paused_seconds": WHOLE,
        "state": one_of(["running", "paused", "met", "late", "missed"]),
        "first_due_at": TIME,
    },
    optional=("first_due_at",),
)
FLOOD = record(
    {
        "id": TEXT,
        "category": ref("Named"),
        "area": ref("Named"),
        "since": TIME,
        "until": TIME,
        "by": TEXT,
        "on": FLAG,
        "off_at": or_null(TIME),
        "off_by": or_null(TEXT),
        "least": WHOLE,
        "incidents": listed(record({"area": ref("AreaName"), "hour": TIME, "lead": CASE_NUMBER, "merged": WHOLE})),
    }
)
PHOTO = record(
    {
        "photo_id": TEXT,
        "kind": one_of(["before", "after", "objection"]),
        "state": one_of(["pending", "ready", "refused", "expired"]),
        "reason": one_of(list(evidence.REASONS)),
        "urls": record({"large": LINK, "small": LINK}),
        "public": FLAG,
    },
    optional=("reason", "urls", "public"),
)
_BY = record({"role": one_of((*ROLES, "public")), "unit": or_null(ref("Named"))})
LINE = record(
    {
        "sequence": WHOLE,
        "version": WHOLE,
        "at": TIME,
        "action": one_of(ACTIONS),
        "status": one_of(STATUSES),
        "label": TEXT,
        "by": _BY,
        "unit": ref("Named"),
        "text": TEXT,
        "clock": one_of(clocks.KINDS),
        "rung": TEXT,
        "reason_code": TEXT,
        "until": TIME,
        "hops": WHOLE,
        "held_seconds": WHOLE,
        "from": ref("Named"),
        "category": ref("Named"),
        "former_category": ref("Named"),
        "part": record({"part": TEXT, "unit": ref("Named")}),
        "agency": TEXT,
    },
    optional=(
        *("text", "clock", "rung", "part", "agency"),
        *("reason_code", "until", "hops", "held_seconds", "from", "category", "former_category"),
    ),
)
FORM = {"photo_id": TEXT, "url": LINK, "fields": {"type": "object", "additionalProperties": TEXT}, "expires_at": TIME}
_POINT = record({"lat": NUMBER, "lon": NUMBER})
_SHARED: dict[str, Schema] = {
    "number": CASE_NUMBER,
    "status": one_of(STATUSES),
    "label": TEXT,
    "public_label": TEXT,
    "outcome": or_null(
        record({"code": one_of(OUTCOMES), "until": TIME, "reason_code": TEXT}, optional=("until", "reason_code"))
    ),
    "version": WHOLE,
    "category": ref("Named"),
    "area": or_null(ref("AreaName")),
    "unit": ref("Named"),
    "place": or_null(_POINT),
    "description": or_null(TEXT),
    "clocks": by_key(ref("Clock"), clocks.KINDS),
    "next_step": record({"id": TEXT, "en": TEXT, "due_at": or_null(TIME), "late": FLAG}),
    "photos": listed(ref("Photo")),
    "timeline": listed(ref("Line")),
    "timeline_before": WHOLE,
    "held": listed(record({"unit": ref("Named"), "seconds": WHOLE})),
    "parts": listed(
        record(
            {
                "part": TEXT,
                "unit": ref("Named"),
                "text": TEXT,
                "due_at": TIME,
                "state": one_of(PART_STATES),
                "late": FLAG,
            }
        )
    ),
    "followers": WHOLE,
    "outside": or_null(record({"unit": TEXT, "number": or_null(TEXT), "until": or_null(TIME)})),
    "merged_into": or_null(CASE_NUMBER),
    "hidden": or_null(record({"legal_ground": one_of(LEGAL_GROUNDS), "at": TIME})),
    "erased_at": or_null(TIME),
    "allowed_actions": listed(one_of(ACTIONS)),
}
_ASKED = record({"text": TEXT, "at": TIME, "due_at": TIME})
_LOCATION = or_null({"type": "object", "additionalProperties": True})
_OWN: dict[str, Schema] = {
    "landmark": or_null(TEXT),
    "location": _LOCATION,
    "answers": {"type": "object", "additionalProperties": True},
    "visibility": one_of(["public", "private"]),
    "returns": or_null(CASE_NUMBER),
}
_MASKED = record(
    {
        "name": TEXT,
        "phone": TEXT,
        "email": TEXT,
        "reach": or_null(one_of(["email", "sms", "whatsapp", "facebook", "instagram", "x", "call"])),
        "confirmed": FLAG,
    },
    optional=("name", "phone", "email"),
)
_MEAN = record({"counted": WHOLE, "mean": or_null(NUMBER)})
_TIMES = record(
    {
        **{"counted": WHOLE, "waiting": WHOLE, "left": WHOLE},
        **dict.fromkeys(("mean", "median", "p90"), or_null(NUMBER)),
        "target": WHOLE,
        "within_target": or_null(NUMBER),
    }
)
_RATING = record({"counted": WHOLE, "mean": or_null(NUMBER)})
_OF_A_TIME = {
    **dict.fromkeys(OF_DAYS, WHOLE),
    "within_target": record(dict.fromkeys(MEASURED, or_null(NUMBER))),
}
_METHOD = {"counted_at": TIME, "method": record({"estimator": TEXT, "error": NUMBER})}
_QUESTION = record(
    {
        "code": TEXT,
        "text": ref("Words"),
        "datatype": one_of(["string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"]),
        "required": FLAG,
        "values": listed(record({"key": TEXT, "name": ref("Words")})),
    }
)
_CATEGORY = record(
    {
        "code": TEXT,
        "name": ref("Words"),
        "group": ref("Words"),
        "lead": TEXT,
        "co_owners": listed(TEXT),
        "first_receiver": one_of(["KEL", "LEAD"]),
        "limits": record({"coordination": WHOLE, "resolution": WHOLE, "rework": WHOLE}),
        "calendar": TEXT,
        "radius_m": WHOLE,
        "proof": one_of(["photo", "text"]),
        "about_officer": FLAG,
        "sensitive": FLAG,
        "questions": listed(_QUESTION),
    }
)
_STATUS = record({"code": one_of(STATUSES), "label": TEXT, "public_label": ref("Words"), "icon": TEXT, "open": FLAG})
_CHANNEL = record({"code": TEXT, "name": ref("Words"), "kind": TEXT, "desk": FLAG, "ours": FLAG}, optional=("ours",))
_UNIT = record({"code": TEXT, "name": TEXT, "kind": TEXT, "parent": TEXT, "area": TEXT}, optional=("parent", "area"))
_AREA = record(
    {
        "code": TEXT,
        "name": TEXT,
        "kecamatan": ref("Named"),
        "kota": ref("Named"),
        "lat": NUMBER,
        "lon": NUMBER,
        "islands": listed(_POINT),
    },
    optional=("islands",),
)
_PROBLEM = record(
    {
        "type": TEXT,
        "title": TEXT,
        "status": WHOLE,
        "code": TEXT,
        "detail": TEXT,
        "errors": listed(record({"field": TEXT, "code": one_of(FIELD_CODES), "message": TEXT})),
        "version": WHOLE,
        "allowed_actions": listed(TEXT),
        "changes": listed(record({"version": WHOLE, "action": TEXT, "at": TIME, "unit": ref("Named"), "by": _BY})),
        "owner": TEXT,
    },
    optional=("detail", "errors", "version", "allowed_actions", "changes", "owner"),
)
_HEALTH: dict[str, Schema] = {
    "version": TEXT,
    "stage": TEXT,
    "dependencies": {"type": "object", "additionalProperties": one_of(["ok", "unavailable"])},
}

RESPONSES: dict[str, Schema] = {
    "Words": WORDS,
    "Named": NAMED,
    "AreaName": record({"code": TEXT, "name": TEXT, "kecamatan": TEXT, "kota": TEXT}),
    "Clock": CLOCK,
    "Photo": PHOTO,
    "Line": LINE,
    "PublicView": record(
        _SHARED | {"description_withheld": FLAG, "question": or_null(_ASKED)},
        optional=("description_withheld", "timeline_before", "question"),
    ),
    "AgencyView": record(
        _SHARED
        | {"description_withheld": FLAG}
        | {"referral": or_null(record({"unit": TEXT, "number": TEXT, "until": TIME, "text": or_null(TEXT)}))},
        optional=("description_withheld", "timeline_before"),
    ),
    "ReporterView": record(
        _SHARED
        | _OWN
        | {"contact": or_null(_MASKED), "rating": or_null(WHOLE), "description_withheld": FLAG}
        | {"question": or_null(_ASKED)},
        optional=("timeline_before", "description_withheld"),
    ),
    "StaffView": record(
        _SHARED
        | _OWN
        | {
            "channel": TEXT,
            "channel_limits": listed(
                record(
                    {
                        "step": one_of(channel_limits.STEPS),
                        "due_at": TIME,
                        "done_at": or_null(TIME),
                        "state": one_of(("running", "late", "met", "missed")),
                    }
                )
            ),
            "hops": WHOLE,
            "route": or_null(record({"rule": TEXT, "version": WHOLE})),
            "extension": or_null(record({"until": TIME, "task_id": TEXT})),
            "validator": or_null(TEXT),
            "links": listed(TEXT),
            "agency_link": or_null(LINK),
            "messages": listed(
                record({"event": TEXT, "kind": TEXT, "state": TEXT, "reason": one_of(REASONS)}, optional=("reason",))
            ),
        },
        optional=("validator", "links", "agency_link", "messages", "timeline_before"),
    ),
    "Timeline": record({"items": listed(ref("Line")), "next_before": or_null(WHOLE)}),
    "Challenge": {"anyOf": [TEXT, record({"response_token": TEXT})]},
    "Upload": record(FORM),
    "Receipt": record(
        {
            "number": CASE_NUMBER,
            "secret": or_null(TEXT),
            "status": one_of(STATUSES),
            "version": WHOLE,
            "clocks": by_key(ref("Clock"), clocks.KINDS),
            "unit": ref("Named"),
            "links": record({"public": LINK, "owner": or_null(LINK)}),
            "uploads": listed(ref("Upload")),
            "entry_hash": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        }
    ),
    "Nearby": record(
        {
            "items": listed(
                record(
                    {
                        "number": CASE_NUMBER,
                        "distance_m": WHOLE,
                        "category": TEXT,
                        "status": one_of(STATUSES),
                        "label": TEXT,
                        "received_at": TIME,
                        "followers": WHOLE,
                        "photo": LINK,
                    },
                    optional=("photo",),
                )
            )
        }
    ),
    "Dots": record(
        {
            "items": listed(
                record(
                    {
                        "lat": NUMBER,
                        "lon": NUMBER,
                        "count": WHOLE,
                        "number": CASE_NUMBER,
                        "category": TEXT,
                        "status": one_of(STATUSES),
                    },
                    optional=("number", "category", "status"),
                )
            )
        }
    ),
    "Statistics": record(
        dict.fromkeys(SHOWN, WHOLE)
        | {
            "rating": _RATING,
            "oldest_open": or_null(record({"number": or_null(TEXT), "received_at": TIME, "age_seconds": WHOLE})),
            "clocks": record(dict.fromkeys(MEASURED, _TIMES)),
            "period": record({"from": DATE, "to": DATE, "days": WHOLE}),
            "days": listed(record({"day": DATE, **_OF_A_TIME})),
            "weeks": listed(record({"from": DATE, **_OF_A_TIME})),
            **_METHOD,
        }
    ),
    "StatisticsTable": record(
        {
            "by": one_of(TABLES),
            "items": listed(
                record(
                    {
                        **{"code": or_null(TEXT), "name": or_null(TEXT)},
                        **{"name_en": TEXT, "kecamatan": TEXT, "kota": TEXT},
                        **dict.fromkeys((*SHOWN, *IN_TIME), WHOLE),
                        "oldest_open": or_null(DATE),
                        "rating": _RATING,
                        "clocks": record({key: {"anyOf": [_TIMES, _MEAN]} for key in MEASURED}),
                    },
                    optional=("name_en", "kecamatan", "kota"),
                )
            ),
            "period": or_null(record({"from": DATE, "to": DATE})),
            **_METHOD,
        }
    ),
    "Usual": record(
        {
            "usual": or_null(
                record(
                    {
                        "cases": WHOLE,
                        "waiting": WHOLE,
                        "quarter": or_null(NUMBER),
                        "median": or_null(NUMBER),
                        "three_quarters": or_null(NUMBER),
                        "kota": or_null(TEXT),
                    }
                )
            ),
            **_METHOD,
        }
    ),
    "Reference": record(
        {
            "categories": listed(_CATEGORY),
            "statuses": listed(_STATUS),
            "channels": listed(_CHANNEL),
            "units": listed(_UNIT),
            "areas": listed(_AREA),
        }
    ),
    "Health": record(_HEALTH),
    "HealthProblem": record({"type": TEXT, "title": TEXT, "status": WHOLE, "code": TEXT, **_HEALTH}),
    "Person": record(
        {
            "user": TEXT,
            "name": TEXT,
            "role": one_of(ROLES),
            "unit": or_null(ref("Named")),
            "channels": listed(TEXT),
        }
    ),
    "StaffPerson": record(PERSON),
    "People": record({"items": listed(ref("StaffPerson")), "next_cursor": or_null(TEXT)}),
    "PersonPut": record({"person": ref("StaffPerson"), "temporary_password": or_null(TEXT)}),
    "Flood": FLOOD,
    "Floods": record({"items": listed(ref("Flood"))}),
    "Subscribers": record(
        {
            "items": listed(
                record({"address": TEXT, "protocol": one_of(("email", "sms", "https", "sqs")), "confirmed": FLAG})
            )
        }
    ),
    "Counts": record(
        {
            "counts": {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0, "maximum": 100}},
            "answered": {"type": "integer", "minimum": 0, "maximum": 100},
        },
        optional=("answered",),
    ),
    "Queue": record(
        {
            "items": listed(
                record(
                    {
                        "kind": one_of(("case", "part", "approval", "message", "look")),
                        "task_id": TEXT,
                        "number": or_null(CASE_NUMBER),
                        "status": one_of((*STATUSES, "message")),
                        "label": TEXT,
                        "version": WHOLE,
                        "category": ref("Named"),
                        "area": or_null(ref("AreaName")),
                        "unit": ref("Named"),
                        "channel": TEXT,
                        "received_at": TIME,
                        "clocks": by_key(ref("Clock"), clocks.KINDS),
                        "text": TEXT,
                        "landmark": TEXT,
                        "photo": or_null(TEXT),
                        "thumbnail": or_null(LINK),
                        "flags": listed(one_of(("late", "reopened", "answered", "agency", "photo"))),
                        "assignee": or_null(TEXT),
                        "due_at": TIME,
                    },
                    optional=("due_at",),
                )
            ),
            "next_cursor": or_null(TEXT),
            "looked_through": or_null(record({"rows": WHOLE, "all": FLAG, "found": WHOLE})),
        }
    ),
    "TakenToday": record(
        {
            "items": listed(
                record(
                    {
                        "number": CASE_NUMBER,
                        "status": one_of(STATUSES),
                        "label": TEXT,
                        "category": ref("Named"),
                        "area": or_null(ref("AreaName")),
                        "channel": TEXT,
                        "received_at": TIME,
                    }
                )
            )
        }
    ),
    "Officers": record({"items": listed(record({"user": TEXT, "name": TEXT, "unit": TEXT, "on_duty": FLAG}))}),
    "Problem": _PROBLEM,
}

QUEUES = one_of(LISTS)
