"""The people who work here: what must be true of one, and the two places where he stands, the pool and the table."""

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from chalicelib.application.ports.people import Staff, StaffMember
from chalicelib.domain.actor import PUBLIC, REPORTER, ROLES, SYSTEM
from chalicelib.domain.reference import Reference

SHORTEST, FEWEST = 12, 6  # signs of a password, as infra/identity.yaml says, and different ones
STAFF_ROLES = tuple(role for role in ROLES if role not in ("reporter", "channel", "system"))
# Names that rows and events keep for whoever is no person here: a member so called would own what is theirs.
RESERVED = {REPORTER.id, PUBLIC.id, SYSTEM.id, "channel", *STAFF_ROLES}
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,62}")  # the pool does not tell capitals apart, our rows do


class PeopleError(Exception):
    """What is wrong with what was asked, one line for each fault."""


@dataclass(frozen=True, slots=True)
class Password:
    """`permanent`: he need not choose another when he first signs in."""

    text: str
    permanent: bool


def faults(member: StaffMember, reference: Reference) -> Iterator[str]:
    """What the city's reference data says against a person."""
    if not USERNAME.fullmatch(member.username):
        yield f"{member.username}: a username has small letters, digits, dots, hyphens and underscores"
    if member.username in RESERVED:
        yield f"{member.username}: this name stands for somebody else in the history of cases"
    if not member.name.strip():
        yield f"{member.username}: the name is missing"
    if member.role not in STAFF_ROLES:
        yield f"{member.username}: {member.role} is no role; roles are {', '.join(STAFF_ROLES)}"
    yield from _unit_faults(member, reference)
    yield from _channel_faults(member, reference)


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
    """Of a person: what others would try first."""
    named = re.split(r"[^a-z0-9]+", f"{member.username} {member.name} {member.unit}".lower())
    return [word for word in named if len(word) >= 4]


def _unit_faults(member: StaffMember, reference: Reference) -> Iterator[str]:
    unit = reference.units.get(member.unit)
    if unit is None or unit.external:
        yield f"{member.username}: {member.unit} is no unit of the city"
    elif member.role == "kelurahan_officer" and unit.kind != "kelurahan":
        yield f"{member.username}: {member.unit} is no kelurahan"


def _channel_faults(member: StaffMember, reference: Reference) -> Iterator[str]:
    desk = {channel.code for channel in reference.channels.values() if channel.desk}
    if member.role == "desk" and not member.channels:
        yield f"{member.username}: a desk needs channels, of {', '.join(sorted(desk))}"
    if member.role != "desk" and member.channels:
        yield f"{member.username}: only a desk has channels"
    for channel in member.channels:
        if channel not in desk:
            yield f"{member.username}: {channel} is no channel that a desk types in"


class People:
    """`cognito` is a client of the pool's service. Everything here may be repeated."""

    def __init__(self, *, cognito: Any, pool_id: str, staff: Staff) -> None:
        self._cognito = cognito
        self._pool_id = pool_id
        self._staff = staff

    def put(self, member: StaffMember, password: Password | None) -> str | None:
        """User and row. The row comes last: a user without one opens nothing. Answers the temporary password that a
        new user without one was given."""
        given = password or Password(secrets.token_urlsafe(12), permanent=False)
        made = self._make(member.username, given)
        if password and (password.permanent or not made):
            self._call("admin_set_user_password", member.username, Password=given.text, Permanent=given.permanent)
        self._staff.put(member)
        return given.text if made and not password else None

    def _make(self, username: str, password: Password) -> bool:
        """Whether he is new; who was there is enabled."""
        try:
            self._call("admin_create_user", username, MessageAction="SUPPRESS", TemporaryPassword=password.text)
        except self._cognito.exceptions.UsernameExistsException:
            self._call("admin_enable_user", username)
            return False
        return True

    def disable(self, username: str) -> None:
        """The row comes first: it decides from the next request on. Raises PeopleError for a stranger."""
        member = self._staff.member(username)
        if member is None:
            raise PeopleError(f"{username}: there is no such person")
        self._staff.put(replace(member, disabled=True))
        self._call("admin_disable_user", username)
        self._call("admin_user_global_sign_out", username)

    def _call(self, operation: str, username: str, **more: Any) -> None:
        getattr(self._cognito, operation)(UserPoolId=self._pool_id, Username=username, **more)
