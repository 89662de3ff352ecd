"""Events: the history, the outbox and the proof of both, in one row each. `facts` (codes, ids, times, hashes) never
change. `words` (free text) and `salt` may be erased. The chain still verifies then, because the facts hold the hash of
the salted words, and the digest is over the facts. Both hashes are over RFC 8785 without fractions (canonical.py)."""

import hashlib
from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import Any

from chalicelib.domain.case.canonical import as_stored, canonical
from chalicelib.domain.values import dataclass

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history. `action` names it; `status` is after it, `before` the one it left (None at lodge).

    `facts` holds what only this action has (unit, officer, reason_code, photos, clock, rung, …), as JSON values
    without fractions;
    `words` what people wrote (text, description, landmark, answers, location). `role`, `actor` and `actor_unit` say
    who acted; `unit` is the holder after. `operation` and `body_hash` (hex SHA-256) tell a repeat from new."""

    number: str
    sequence: int
    version: int
    at: datetime
    action: str
    status: str
    before: str | None
    role: str
    actor: str
    actor_unit: str | None
    unit: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, Any] = field(default_factory=dict)
    operation: str | None = None
    body_hash: str | None = None
    salt: str = ""
    prev: str = GENESIS
    words_hash: str | None = None  # as stored: after an erasure it is all that is left of the words

    @property
    def moved(self) -> bool:
        """Whether the status changed: what the reporter is told of."""
        return self.status != self.before

    @property
    def handed_on(self) -> bool:
        """Whether the case went to another unit in the status in which it was."""
        return not self.moved and self.facts.get("from", self.unit) != self.unit

    @property
    def tells_state(self) -> bool:
        """Whether its message to the reporter says how the case stands: in which status, or with whom."""
        return self.moved or self.handed_on

    def chained_facts(self) -> dict[str, Any]:
        """The facts that the digest covers: everything but words, salt and `prev`; what is absent is left out."""
        facts = {
            "number": self.number,
            "sequence": self.sequence,
            "version": self.version,
            "at": self.at.isoformat(timespec="milliseconds"),
            "action": self.action,
            "status": self.status,
            "before": self.before,
            "role": self.role,
            "actor": self.actor,
            "actor_unit": self.actor_unit,
            "unit": self.unit,
            "facts": dict(self.facts),
            "operation": self.operation,
            "body_hash": self.body_hash,
            "words": self.words_hash or words_hash(self.salt, self.words),
        }
        return {name: value for name, value in facts.items() if value not in (None, {})}

    @property
    def digest(self) -> str:
        """Hex SHA-256(prev ‖ canonical JSON of the facts)."""
        return digest(self.prev, self.chained_facts())


def words_hash(salt: str, words: Mapping[str, Any]) -> str | None:
    """Hex SHA-256(salt ‖ canonical JSON of the words as they are stored); None without words."""
    return hashlib.sha256((salt + canonical(as_stored(words))).encode()).hexdigest() if words else None


def digest(prev: str, facts: Mapping[str, Any]) -> str:
    return hashlib.sha256((prev + canonical(facts)).encode()).hexdigest()
