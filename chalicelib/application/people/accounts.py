"""A person's account and row, made and ended together. The operators' commands and the function `administer` use this
and nothing else. Everything here may be repeated."""

import secrets
from dataclasses import replace

from chalicelib.application.ports.people import Accounts, Staff, StaffMember
from chalicelib.domain.errors import NotFoundError
from chalicelib.domain.values import dataclass

TEMPORARY = 12  # random bytes of a password that its owner must change


@dataclass(frozen=True, slots=True)
class Password:
    """`permanent`: the person need not choose another when they first sign in."""

    text: str
    permanent: bool


def temporary_password() -> Password:
    return Password(secrets.token_urlsafe(TEMPORARY), permanent=False)


@dataclass(frozen=True, slots=True)
class People:
    """Who may sign in, and what they may do."""

    accounts: Accounts
    staff: Staff

    def put(self, member: StaffMember, password: Password | None) -> str | None:
        """Account and row, brought up to date and enabled. The row comes last: an account without one opens nothing.
        Answers the temporary password that a new account without one was given. Raises UnavailableError."""
        given = password or temporary_password()
        made = self.accounts.create(member.username, given.text)
        if not made:
            self.accounts.enable(member.username)
        if password and (password.permanent or not made):
            self.accounts.set_password(member.username, given.text, permanent=given.permanent)
        self.staff.put(member)
        return given.text if made and not password else None

    def disable(self, username: str) -> None:
        """The row comes first: it decides from the next request on. Raises NotFoundError for a stranger."""
        member = self.staff.member(username)
        if member is None:
            raise NotFoundError(f"{username}: there is no such person")
        self.staff.put(replace(member, disabled=True))
        self.accounts.disable(username)
