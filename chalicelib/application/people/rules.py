"""What must be true of a person who works for the city, by its reference data."""

import re
from collections.abc import Iterator

from chalicelib.application.ports.people import StaffMember
from chalicelib.domain import routing
from chalicelib.domain.actor import NO_OFFICERS, ROLES
from chalicelib.domain.errors import FieldError
from chalicelib.domain.reference import Reference

STAFF_ROLES = tuple(role for role in ROLES if role not in NO_OFFICERS)
# Names that rows and events keep for whoever is no person here: a member so called would own what is theirs.
RESERVED = {*NO_OFFICERS, *STAFF_ROLES}
# Of what unit the judges of proofs are: the city draws them from its list of people.
JUDGING = {"validator": routing.GOVERNMENT_BUREAU, "inspectorate": routing.INSPECTORATE}
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,62}")  # the pool does not tell capitals apart, our rows do


def person_faults(member: StaffMember, reference: Reference) -> Iterator[FieldError]:
    """Every fault with its field: user, name, role, unit or channels."""
    if not USERNAME.fullmatch(member.username):
        yield _fault("user", "a username has small letters, digits, dots, hyphens and underscores")
    if member.username in RESERVED:
        yield _fault("user", "this name stands for somebody else in the history of cases")
    if not member.name.strip():
        yield FieldError("name", "required", "the name is missing")
    if member.role not in STAFF_ROLES:
        yield _fault("role", f"{member.role[:40]} is no role; roles are {', '.join(STAFF_ROLES)}")
    yield from _unit_faults(member, reference)
    yield from _channel_faults(member, reference)


def _unit_faults(member: StaffMember, reference: Reference) -> Iterator[FieldError]:
    unit = reference.units.get(member.unit)
    if unit is None or unit.external:
        yield _fault("unit", f"{member.unit[:40]} is no unit of the city")
    elif member.role == "kelurahan_officer" and unit.kind != "kelurahan":
        yield _fault("unit", f"{member.unit} is no kelurahan")
    elif member.role in JUDGING and member.unit != JUDGING[member.role]:
        yield _fault("unit", f"who judges proofs as {member.role} belongs to {JUDGING[member.role]}")


def _channel_faults(member: StaffMember, reference: Reference) -> Iterator[FieldError]:
    desk = {channel.code for channel in reference.channels.values() if channel.desk}
    if member.role == "desk" and not member.channels:
        yield FieldError("channels", "required", f"a desk needs channels, of {', '.join(sorted(desk))}")
    if member.role != "desk" and member.channels:
        yield _fault("channels", "only a desk has channels")
    for channel in member.channels:
        if channel not in desk:
            yield _fault("channels", f"{channel[:40]} is no channel that a desk types in")


def _fault(field: str, message: str) -> FieldError:
    return FieldError(field, "value", message)
