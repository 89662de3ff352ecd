"""The rows of the table of people, as PynamoDB describes them. The composition root names the table before its use."""

from chalicelib.adapters.dynamodb.attributes import BooleanAttribute, JSONAttribute, NumberAttribute, UnicodeAttribute
from chalicelib.adapters.dynamodb.store import StoredRow


class PeopleRow(StoredRow):
    """Who works here, and who sends: a table of its own, which the API only reads."""

    class Meta:
        table_name = "unbound-people"


def bind_people(*, table_name: str) -> None:
    """Names the table of people, which lies beside that of the cases."""
    PeopleRow.Meta.table_name = table_name


class StaffRow(PeopleRow):
    """A person who works here: it decides, on every request."""

    username = UnicodeAttribute()
    name = UnicodeAttribute()
    role = UnicodeAttribute()
    unit = UnicodeAttribute()
    channels = JSONAttribute(null=True)
    disabled = BooleanAttribute(default=False)
    on_duty = BooleanAttribute(default=True)


class ClientKeyRow(PeopleRow):
    """A key of a program that sends us reports, by its digest, and a copy in the list of all; times epoch
    milliseconds."""

    client = UnicodeAttribute()
    digest = UnicodeAttribute()
    per_minute = NumberAttribute()
    issued = NumberAttribute()
    ends = NumberAttribute(null=True)
