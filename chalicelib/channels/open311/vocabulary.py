"""The words of GeoReport v2 and of its extensions, beside ours."""

from datetime import datetime, timedelta, timezone

CHANNEL = "OPEN311"
JURISDICTION = "jakarta.go.id"
SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
OPEN, CLOSED = "open", "closed"
WIB = timezone(timedelta(hours=7))

# The words of the exchange of updates, as FixMyStreet knows them.
UPDATE_STATUS = {
    "waiting": "OPEN",
    "coordinated": "INVESTIGATING",
    "assigned": "ACTION_SCHEDULED",
    "in_progress": "IN_PROGRESS",
    "scheduled": "ACTION_SCHEDULED",
    "needs_info": "INVESTIGATING",
    "awaiting_validation": "IN_PROGRESS",
    "rework": "IN_PROGRESS",
    "resolved": "FIXED",
    "closed": "CLOSED",
    "reopened": "REOPEN",
    "rejected": "NO_FURTHER_ACTION",
    "merged": "DUPLICATE",
    "referred": "INTERNAL_REFERRAL",
    "withdrawn": "CANCELLED",
}
# Of a case that ended otherwise than solved.
UPDATE_OUTCOME = {"planned": "ACTION_SCHEDULED", "cannot": "NO_FURTHER_ACTION", "not_found": "NO_FURTHER_ACTION"}
UPDATE_WORDS = frozenset(
    {*UPDATE_STATUS.values(), "NOT_COUNCILS_RESPONSIBILITY", "FOR_TRIAGE", "NO_FURTHER_ACTION", "FIXED", "CLOSED"}
)

ARGUMENT = {  # of a report's field
    "category": "service_code",
    "location": "lat",
    "location.kelurahan": "address_id",
    "landmark": "address_string",
    "contact.phone": "phone",
    "contact.email": "email",
}


def argument_of(field: str) -> str:
    """The argument in which a report's field was sent."""
    code = field.removeprefix("answers.")
    return f"attribute[{code}]" if code != field else ARGUMENT.get(field, field)


def update_word(status: str, outcome: str | None) -> str:
    """The word for our status; an outcome that is no solution has its own."""
    if status == "resolved" and outcome in UPDATE_OUTCOME:
        return UPDATE_OUTCOME[outcome]
    return UPDATE_STATUS[status]


def time_word(at: datetime) -> str:
    """ISO 8601 in the city's zone, in whole seconds."""
    return at.astimezone(WIB).replace(microsecond=0).isoformat()
