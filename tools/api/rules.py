"""The routes of the routing rules, for the API's description."""

from typing import Any

from tools.api.operations import STAFF, UNREAD, Operation, query
from tools.api.schemas import FLAG, NAMED, TEXT, TIME, WHOLE, Schema, listed, one_of, or_null, record, ref

RULES: list[dict[str, Any]] = [
    {
        "rule": "lubang-jalan-raya",
        "when": {"categories": ["JLN_LUBANG"], "answers": {"BLOCKS_ROAD": ["all"]}},
        "then": {"receiver": "DBM", "owners": ["DBM"]},
        "note": "Seluruh jalan terhalang: langsung ke dinas",
    }
]
CONDITIONS: Schema = record(
    {
        "categories": listed(TEXT),
        "areas": listed(TEXT),
        "channels": listed(TEXT),
        "answers": {"type": "object", "additionalProperties": listed(TEXT)},
        "weekdays": listed(WHOLE),
        "hours": record({"from": TEXT, "to": TEXT}),
    },
    optional=("categories", "areas", "channels", "answers", "weekdays", "hours"),
)
RESPONSES: dict[str, Schema] = {
    "Rule": record(
        {
            "rule": TEXT,
            "when": CONDITIONS,
            "then": record({"receiver": TEXT, "owners": listed(TEXT)}, optional=("owners",)),
            "note": TEXT,
        },
        optional=("note",),
    ),
    "RuleVersion": record(
        {
            "version": WHOLE,
            "base": WHOLE,
            "rules": listed(ref("Rule")),
            "reason": TEXT,
            "state": one_of(("open", "approved", "refused", "replaced")),
            "proposed_by": TEXT,
            "proposed_at": TIME,
            "decided_by": or_null(TEXT),
            "decided_at": or_null(TIME),
            "answer": or_null(TEXT),
        }
    ),
    "Rules": record(
        {
            "version": WHOLE,
            "rules": listed(ref("Rule")),
            "off": listed(record({"rule": TEXT, "error": TEXT, "at": TIME})),
            "proposal": or_null(ref("RuleVersion")),
            "history": listed(ref("RuleVersion")),
        }
    ),
    "Rehearsal": record(
        {
            "since": {"type": "string", "format": "date"},
            "until": TIME,
            "looked_at": WHOLE,
            "complete": FLAG,
            "moved": WHOLE,
            "units": listed(record({"unit": NAMED, "received": WHOLE, "would_receive": WHOLE})),
            "moves": listed(record({"from": NAMED, "to": NAMED, "rule": TEXT, "cases": WHOLE})),
            "rules": listed(record({"rule": TEXT, "cases": WHOLE, "error": or_null(TEXT)})),
        }
    ),
}
OPERATIONS: dict[tuple[str, str], Operation] = {
    ("GET", "/staff/rules"): Operation(
        "rules",
        "staff",
        "The routing rules",
        "What is in force, what is proposed, which rules failed and were switched off, and the last ten versions; with "
        "`version` that version alone. Administrators and coordinators.",
        {200: "Rules | RuleVersion"},
        (401, 403, 404, 422, 503),
        security=STAFF,
        parameters=(
            query("version", {"type": "integer", "minimum": 1, "maximum": 999_999}, "An older version.", example=1),
        ),
    ),
    ("PUT", "/staff/rules"): Operation(
        "propose_rules",
        "staff",
        "Propose other rules",
        "All rules anew, in their order, with the reason and the version in force that they were made from. They wait "
        "for a second person; an older proposal is replaced.",
        {200: "Rules"},
        (401, *UNREAD, 403, 409, 503),
        security=STAFF,
        form="RulesForm",
        needed=("rules", "reason", "base"),
        example={"rules": RULES, "reason": "Musim hujan", "base": 0},
    ),
    ("POST", "/staff/rules/verdicts"): Operation(
        "decide_rules",
        "staff",
        "Approve or refuse the proposed rules",
        "Never by who proposed them; a refusal needs an answer. Approved rules are in force within 30 seconds, for new "
        "reports and for places that are found from then on.",
        {200: "Rules"},
        (401, *UNREAD, 403, 409, 503),
        security=STAFF,
        form="VerdictForm",
        needed=("version", "approved"),
        example={"version": 1, "approved": True},
    ),
    ("POST", "/staff/rules/rehearsal"): Operation(
        "rehearse_rules",
        "staff",
        "What other rules would have done",
        "The rules, run over the reports of the last 31 days, at most 20,000 of them and 3,000 of a day: who would "
        "have received how many. Counts only; nothing is changed.",
        {200: "Rehearsal"},
        (401, *UNREAD, 403, 503),
        security=STAFF,
        form="RehearsalForm",
        needed=("rules",),
        example={"rules": RULES},
    ),
}
