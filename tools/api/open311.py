"""Open311 in the API's description: the same methods in XML and JSON, forms in two encodings, refusals in GeoReport's
own dialect. The shapes are GeoReport's (http://wiki.open311.org/GeoReport_v2/); docs/open311.md says what is ours."""

from typing import Any

from chalicelib.channels.open311 import queries
from chalicelib.channels.open311.vocabulary import UPDATE_WORDS
from chalicelib.entrypoints.open311.api import BASE, FORMATS
from chalicelib.entrypoints.open311.wire import CSV, MEDIA_TYPE
from tools.api.schemas import FLAG, NUMBER, TEXT, TIME, WHOLE, Schema, listed, one_of, or_null, record, ref

TAG = "open311"
TITLES = {
    200: "Done",
    400: "The request cannot be read, or is wrong",
    403: "api_key is missing or not valid",
    404: "Not found",
    429: "Too many requests of this key",
    503: "Not available, please try again",
}
SCHEMAS: dict[str, Schema] = {
    "Open311Errors": listed(record({"code": WHOLE, "description": TEXT})),
    "Open311Discovery": record(
        {
            "changeset": TIME,
            "contact": TEXT,
            "key_service": TEXT,
            "endpoints": listed(
                record(
                    {
                        "specification": TEXT,
                        "url": TEXT,
                        "changeset": TIME,
                        "type": one_of(("production", "test")),
                        "formats": listed(TEXT),
                    }
                )
            ),
        }
    ),
    "Open311Services": listed(
        record(
            {
                **dict.fromkeys(("service_code", "service_name", "description"), TEXT),
                "metadata": FLAG,
                "type": one_of(("realtime",)),
                **dict.fromkeys(("keywords", "group"), TEXT),
            }
        )
    ),
    "Open311Definition": record(
        {
            "service_code": TEXT,
            "attributes": listed(
                record(
                    {
                        "variable": FLAG,
                        "code": TEXT,
                        "datatype": one_of(
                            ("string", "number", "datetime", "text", "singlevaluelist", "multivaluelist")
                        ),
                        "required": FLAG,
                        "datatype_description": or_null(TEXT),
                        "order": WHOLE,
                        "description": TEXT,
                        "values": listed(record({"key": TEXT, "name": TEXT})),
                    }
                )
            ),
        }
    ),
    "Open311Requests": listed(
        record(
            {
                **dict.fromkeys(("service_request_id", "status_notes", "service_name", "service_code"), TEXT),
                "status": one_of(("open", "closed")),
                **dict.fromkeys(("requested_datetime", "updated_datetime"), TIME),
                "agency_responsible": TEXT,
                **dict.fromkeys(("description", "service_notice", "address", "address_id", "zipcode"), or_null(TEXT)),
                **dict.fromkeys(("expected_datetime", "media_url"), or_null(TEXT)),
                **dict.fromkeys(("lat", "long"), or_null(NUMBER)),
                "attributes": listed({"type": "object"}),
                "extended_attributes": {"type": "object"},
                "notes": listed(record({"datetime": TIME, "description": TEXT, "type": TEXT})),
            },
            optional=("attributes", "extended_attributes", "notes"),
        )
    ),
    "Open311Receipt": listed(record({"service_request_id": TEXT, "service_notice": TEXT})),
    "Open311Updates": listed(
        record(
            {
                **dict.fromkeys(("update_id", "service_request_id", "description", "external_status_code"), TEXT),
                "status": one_of(sorted(UPDATE_WORDS)),
                "updated_datetime": TIME,
                "media_url": or_null(TEXT),
                "customer_reference": or_null(TEXT),
            }
        )
    ),
    "Open311UpdateReceipt": listed(record({"update_id": TEXT})),
    "Open311RequestForm": {
        "type": "object",
        "description": "A location is lat and long, address_string or address_id. Answers are attribute[CODE], of "
        "several choices attribute[CODE][], once for each.",
        "properties": {
            **dict.fromkeys(("api_key", "service_code", "jurisdiction_id", "lat", "long", "address_id"), TEXT),
            "address_string": {"type": "string", "maxLength": 200},
            "description": {"type": "string", "maxLength": 4_000},
            "media_url": {"type": "string", "maxLength": 2_000, "description": "Kept, and never fetched."},
            **dict.fromkeys(("email", "phone", "device_id", "account_id"), TEXT),
            "first_name": {"type": "string", "maxLength": 100},
            "last_name": {"type": "string", "maxLength": 100},
            "client_request_id": {"type": "string", "maxLength": 255, "description": "Sent again, the same request."},
        },
        "required": ["api_key", "service_code"],
    },
    "Open311UpdateForm": {
        "type": "object",
        "properties": dict.fromkeys(
            (
                *("api_key", "jurisdiction_id", "service_request_id", "update_id", "updated_datetime", "status"),
                *("description", "media_url"),
            ),
            TEXT,
        ),
        "required": ["api_key", "service_request_id", "update_id", "updated_datetime", "status", "description"],
    },
}


def _asked(name: str, description: str, schema: Schema = TEXT) -> Schema:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


CITY = _asked("jurisdiction_id", "jakarta.go.id, or nothing.")
SPAN = (
    _asked("start_date", "ISO 8601; at most 90 days before the end."),
    _asked("end_date", "ISO 8601; without both, the last 90 days."),
)
FULL = _asked("extensions", "true: with extended_attributes and notes.")
LIST = (
    CITY,
    _asked("service_request_id", f"Numbers between commas, at most {queries.MOST_NUMBERS}; overrides all others."),
    _asked("service_code", "Codes between commas."),
    _asked("status", "open, closed or both."),
    *SPAN,
    _asked("page", "From 1."),
    _asked("page_size", f"At most {queries.MOST_ITEMS}; with extensions {queries.MOST_WHOLE}."),
    FULL,
    _asked("updated_after", "ISO 8601."),
    _asked("updated_before", "ISO 8601."),
    _asked("bbox", "west,south,east,north in degrees."),
)
NAME: Schema = {
    "name": "name",
    "in": "path",
    "required": True,
    "description": "What is asked for, then .xml or .json.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
}


def paths() -> dict[str, Any]:
    """Every path below the base of Open311."""
    found: dict[str, Any] = {}
    for kind in FORMATS:
        made = {
            "discovery": {"get": _operation("discovery", "Where the endpoints are", kind, "Open311Discovery")},
            "services": {"get": _operation("services", "What can be reported", kind, "Open311Services", (CITY,))},
            "requests": {
                "get": _operation("requests", "Public requests, newest first", kind, "Open311Requests", LIST),
                "post": _posting("post_request", "Send a request", kind, "Open311Receipt", "Open311RequestForm"),
            },
            "servicerequestupdates": {
                "get": _operation("updates", "News of public requests", kind, "Open311Updates", (CITY, *SPAN)),
                "post": _posting(
                    "post_update",
                    "Comment on a request that you sent",
                    kind,
                    "Open311UpdateReceipt",
                    "Open311UpdateForm",
                ),
            },
        }
        found |= {f"{BASE}/{path}.{kind}": methods for path, methods in made.items()}
    named = (
        ("services", "definition", "The questions of a service", "Open311Definition", (NAME, CITY)),
        ("requests", "request", "One public request", "Open311Requests", (NAME, CITY, FULL)),
        ("tokens", "token", "There are no tokens: 404", "Open311Requests", (NAME, CITY)),
    )
    for path, name, summary, schema, parameters in named:
        found[f"{BASE}/{path}/{{name}}"] = {"get": _operation(name, summary, "", schema, parameters)}
        found[f"{BASE}/{path}"] = {method: _nothing(f"{method}_{path}") for method in ("get", "post")}
    found[f"{BASE}/requests.csv"] = {"get": _export()}
    nothing = {method: _nothing(method, (NAME,)) for method in ("get", "post")}
    return found | {f"{BASE}/{{name}}": nothing}


def _operation(name: str, summary: str, kind: str, schema: str, parameters: tuple[Schema, ...] = ()) -> Schema:
    kinds = (kind,) if kind else FORMATS
    return {
        "operationId": "_".join(filter(None, (TAG, name, kind))),
        "tags": [TAG],
        "summary": summary,
        "security": [{}],
        **({"parameters": list(parameters)} if parameters else {}),
        "responses": _responses((200, 400, 404, 503), kinds, schema),
    }


def _posting(name: str, summary: str, kind: str, schema: str, form: str) -> Schema:
    forms = ("application/x-www-form-urlencoded", "multipart/form-data")
    body = {"required": True, "content": {media_type: {"schema": ref(form)} for media_type in forms}}
    responses = _responses((200, 400, 403, 404, 429, 503), (kind,), schema)
    return {**_operation(name, summary, kind, schema), "requestBody": body, "responses": responses}


def _responses(statuses: tuple[int, ...], kinds: tuple[str, ...], schema: str) -> Schema:
    return {str(status): _response(status, kinds, schema if status == 200 else "Open311Errors") for status in statuses}


def _response(status: int, kinds: tuple[str, ...], schema: str) -> Schema:
    """The response, in XML the same document: no schema here is a schema of XML."""
    content = {MEDIA_TYPE[kind]: {"schema": ref(schema)} if kind == "json" else {} for kind in kinds}
    if status == 404 and len(kinds) > 1:  # an odd spelling of an address is refused before anything is routed
        content["application/problem+json"] = {"schema": ref("Problem")}
    return {"description": TITLES[status], "content": content}


def _export() -> Schema:
    made = _operation("export", "Public requests as a table", "xml", "Open311Errors", LIST)
    content = {MEDIA_TYPE[CSV]: {}}
    done = {"200": {"description": TITLES[200], "content": content}}
    return {**made, "operationId": f"{TAG}_export", "responses": {**made["responses"], **done}}


def _nothing(name: str, parameters: tuple[Schema, ...] = ()) -> Schema:
    made = _operation(f"nothing_{name}", "No such method: 404", "", "Open311Errors", parameters)
    return {**made, "responses": _responses((404,), FORMATS, "Open311Errors")}
