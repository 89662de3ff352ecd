"""What a provider says later of a message goes into the ledger, and an address that takes none gets no more. May come
any number of times, in any order, also before the message was recorded as sent."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from chalicelib.application.ports.cases import Complaints, Vault
from chalicelib.application.ports.followers import Followers
from chalicelib.application.ports.messages import Fate, Notice, Notices
from chalicelib.application.ports.standings import Standings
from chalicelib.domain.case import numbers
from chalicelib.domain.case.inboxes import answered_in
from chalicelib.domain.errors import NotFoundError, UnreadableError
from chalicelib.domain.messages import FOLLOWER, MERGED, THE_REPORTER, Recipient, split_key
from chalicelib.domain.pseudonyms import pseudonym

NOT_OURS = ""
_NUMBER = "JKT-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]"
_CODE = re.compile("[a-z_]*")
# The ids of notices that go to an address; a follower's own id is a hash.
NOTICE_ID = re.compile(
    rf"{_NUMBER}_[0-9]{{6,9}}_({THE_REPORTER.name}|{MERGED}_{_NUMBER}|{FOLLOWER}_{_NUMBER}_[0-9a-f]{{1,64}})"
)


class NoteFate:
    """`fate_of` reads the provider's words; `pseudonym_of` is of the address that a case's reporter is told at.
    `answers` notes what is about an answer to a message that is no case: the reason, empty for none of ours."""

    def __init__(
        self,
        *,
        fate_of: Callable[[Mapping[str, Any]], Fate | None],
        complaints: Complaints,
        ledger: Notices,
        followers: Followers,
        vault: Vault,
        standings: Standings,
        pseudonym_of: Callable[[str], str | None],
        answers: Callable[[Fate], str],
    ) -> None:
        self._fate_of = fate_of
        self._complaints = complaints
        self._ledger = ledger
        self._followers = followers
        self._vault = vault
        self._standings = standings
        self._pseudonym_of = pseudonym_of
        self._answers = answers

    def __call__(self, told: Mapping[str, Any]) -> str:
        """The reason that was noted, else the state; empty for a message that nobody here knows. Raises
        UnavailableError, and DamagedError when a follower's contact can never be opened."""
        fate = self._fate_of(told)
        return self.note(fate) if fate else NOT_OURS

    def redacted(self, told: Mapping[str, Any]) -> dict[str, Any]:
        """What `note_again` needs of the provider's words, or of what this kept of them before: no address. Raises
        ValueError for what says nothing of a message of ours."""
        fate = self._fate_of(told) or fate_in(told)
        if not is_ours(fate.message_id):
            raise ValueError("not ours")
        return {name: getattr(fate, name) for name in Fate.__dataclass_fields__}

    def note_again(self, redacted: Mapping[str, Any]) -> str:
        """As of the provider's own words. Raises ValueError for what `redacted` did not write."""
        return self.note(fate_in(redacted))

    def note(self, fate: Fate) -> str:
        """The same of a fate that was read elsewhere."""
        notice = self._notice(fate.message_id)
        if notice is None:
            return self._answers(fate) if answered_in(fate.message_id) else NOT_OURS
        if notice.kind != fate.kind:
            return NOT_OURS
        state = _state(fate, notice)
        self._ledger.amend(replace(notice, state=state, reason=fate.reason))
        if fate.is_refused:
            self._suppress(notice)
        return fate.reason or state

    def _notice(self, message_id: str) -> Notice | None:
        """Its id begins with the case's number, but the rest cannot be turned back into the notice's key."""
        number = message_id.partition("_")[0]
        try:
            case = self._complaints.case_file(numbers.read(number))
        except (NotFoundError, UnreadableError):
            return None
        notices = case.notices if case else ()
        return next((notice for notice in notices if notice.message_id == message_id), None)

    def _suppress(self, notice: Notice) -> None:
        _, to = split_key(notice.key)
        if address := self._address(notice.number, to):
            self._standings.suppress(address)

    def _address(self, number: str, to: Recipient) -> str | None:
        """Its pseudonym."""
        if to.kind == MERGED:
            return self._pseudonym_of(to.id)
        if to.kind == FOLLOWER:
            followed, _, follower_id = to.id.partition("/")
            return self._followers_address(followed, follower_id)
        return self._pseudonym_of(number)

    def _followers_address(self, number: str, follower_id: str) -> str | None:
        """Their row does not name it: it follows from the sealed contact."""
        for follower in self._followers.told(number):
            if follower.follower_id == follower_id and follower.contact:
                token = self._vault.unseal(follower.name, follower.contact).token
                return pseudonym(token) if token else None
        return None


def is_ours(message_id: str) -> bool:
    """Whether it has the form of an id of a notice or an answer, in which no address can stand."""
    return bool(NOTICE_ID.fullmatch(message_id) or answered_in(message_id))


def fate_in(redacted: Mapping[str, Any]) -> Fate:
    """Raises ValueError for what `NoteFate.redacted` did not write."""
    if set(redacted) != set(Fate.__dataclass_fields__):
        raise ValueError("fate")
    fate = Fate(**redacted)
    flags = (fate.arrived is None or isinstance(fate.arrived, bool)) and isinstance(fate.is_refused, bool)
    words = all(isinstance(word, str) for word in (fate.message_id, fate.reason, fate.kind))
    if flags and words and is_ours(fate.message_id) and _CODE.fullmatch(fate.reason) and _CODE.fullmatch(fate.kind):
        return fate
    raise ValueError("fate")


def _state(fate: Fate, notice: Notice) -> str:
    """A complaint is about what arrived before: it adds a reason."""
    if fate.arrived is None:
        return "unknown"
    if not fate.arrived:
        return "failed"
    return notice.state if fate.is_refused else "delivered"
