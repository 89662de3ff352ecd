"""What the operators' commands ask of a person and a password, beside the rules that hold for everybody
(application/people/rules.py)."""

import re
from collections.abc import Iterator

from chalicelib.application.people.rules import person_faults
from chalicelib.application.ports.people import StaffMember
from chalicelib.domain.reference import Reference

SHORTEST, FEWEST = 12, 6  # signs of a password, as infra/identity.yaml says, and different ones


class PeopleError(Exception):
    """What is wrong with what was asked, one line for each fault."""


def faults(member: StaffMember, reference: Reference) -> Iterator[str]:
    """What the city's reference data says against a person."""
    return (f"{member.username}: {fault.message}" for fault in person_faults(member, reference))


def password_faults(password: str, members: list[StaffMember]) -> Iterator[str]:
    """What is said against a password for these people. The pool itself asks for its length only."""
    if len(password) < SHORTEST:
        yield f"a password has at least {SHORTEST} signs"
    if len(set(password)) < FEWEST:
        yield f"a password has at least {FEWEST} different signs"
    words = {word for member in members for word in _words_of(member)} | {"tanggap", "password", "katasandi"}
    plain = re.sub(r"[^a-z0-9]", "", password.lower())
    if obvious := sorted(word for word in words if word in plain):
        yield f"a password does not contain what everybody knows: {', '.join(obvious)}"


def _words_of(member: StaffMember) -> list[str]:
    """The words about a person that others would try first."""
    named = re.split(r"[^a-z0-9]+", f"{member.username} {member.name} {member.unit}".lower())
    return [word for word in named if len(word) >= 4]
