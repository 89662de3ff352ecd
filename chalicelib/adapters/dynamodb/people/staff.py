"""People who work here: a row by username, which decides on every request, and a copy in the lists of their unit and of
everybody."""

from collections.abc import Iterable

from pynamodb.exceptions import DoesNotExist

from chalicelib.adapters.dynamodb import keys, raw
from chalicelib.adapters.dynamodb.faults import store_answers
from chalicelib.adapters.dynamodb.people.people_rows import StaffRow
from chalicelib.adapters.dynamodb.store import TransactWrite
from chalicelib.application.ports.people import StaffMember


class DynamoStaff:
    """Implements Staff."""

    def member(self, username: str) -> StaffMember | None:
        with store_answers():
            try:
                return _member_of(StaffRow.get(keys.staff(username), keys.STAFF, consistent_read=True))
            except DoesNotExist:
                return None

    def members(self, units: Iterable[str]) -> list[StaffMember]:
        return [member for unit in dict.fromkeys(units) for member in _members_of(unit)]

    def everybody(self, after: str | None, limit: int) -> list[StaffMember]:
        beyond = StaffRow.sk > keys.staff(after) if after else StaffRow.sk.startswith(keys.STAFF_PREFIX)
        with store_answers():
            return [_member_of(row) for row in StaffRow.query(keys.PEOPLE, beyond, limit=limit, consistent_read=True)]

    def put(self, member: StaffMember) -> None:
        former = self.member(member.username)
        with store_answers(), TransactWrite(connection=raw.connection()) as transaction:
            if former and former.unit != member.unit:
                transaction.delete(StaffRow(keys.unit_staff(former.unit), keys.staff(member.username)))
            transaction.save(_row(member, keys.staff(member.username), keys.STAFF))
            transaction.save(_row(member, keys.unit_staff(member.unit), keys.staff(member.username)))
            transaction.save(_row(member, keys.PEOPLE, keys.staff(member.username)))


def _members_of(unit: str) -> list[StaffMember]:
    with store_answers():
        return [_member_of(row) for row in StaffRow.query(keys.unit_staff(unit), consistent_read=True)]


def _row(member: StaffMember, pk: str, sk: str) -> StaffRow:
    return StaffRow(
        pk,
        sk,
        username=member.username,
        name=member.name,
        role=member.role,
        unit=member.unit,
        channels=list(member.channels) or None,
        disabled=member.disabled,
        on_duty=member.on_duty,
    )


def _member_of(row: StaffRow) -> StaffMember:
    channels = tuple(row.channels or ())
    return StaffMember(row.username, row.name, row.role, row.unit, channels, row.disabled, row.on_duty)
