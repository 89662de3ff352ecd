"""Versions of the routing rules: what is in force, what is proposed, and what was."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import Literal, Protocol

from chalicelib.domain.rules import Rule, RuleSet
from chalicelib.domain.values import dataclass

State = Literal["open", "approved", "refused", "replaced"]


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """Rules as somebody proposed them, and what became of them. People by username; times UTC. `base` is the version
    that was in force when they were written."""

    version: int
    base: int
    rules: tuple[Rule, ...]
    proposed_by: str
    proposed_at: datetime
    reason: str
    state: State = "open"
    decided_by: str | None = None
    decided_at: datetime | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Fallen:
    """A rule that failed and was switched off, with its error (codes only)."""

    rule: str
    error: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CurrentRules:
    """`force` is None before the first approval: the categories decide. `proposal` is the last one, decided or not."""

    force: RuleVersion | None = None
    proposal: RuleVersion | None = None
    fallen: Mapping[str, Fallen] = field(default_factory=dict)

    @property
    def version(self) -> int:
        """The version in force; 0 without rules."""
        return self.force.version if self.force else 0

    @property
    def last(self) -> int:
        """The highest version that there is."""
        return max(self.version, self.proposal.version if self.proposal else 0)

    @property
    def open_proposal(self) -> RuleVersion | None:
        return self.proposal if self.proposal and self.proposal.state == "open" else None

    @property
    def rule_set(self) -> RuleSet:
        """What intake asks."""
        off = {code: fallen.error for code, fallen in self.fallen.items()}
        return RuleSet(self.version, self.force.rules, off) if self.force else RuleSet()


class RuleStore(Protocol):
    """Where the versions are kept."""

    def current(self) -> CurrentRules:
        """One consistent query. Raises UnavailableError."""

    def propose(self, proposal: RuleVersion, before: CurrentRules) -> bool:
        """Keeps a new version, and what stood proposed as replaced; False when something else was kept since
        `before`."""

    def decide(self, decided: RuleVersion) -> bool:
        """Keeps what became of the open proposal, and puts it in force when it was approved, in one transaction; False
        when it is no longer open."""

    def switch_off(self, version: int, fallen: Fallen) -> None:
        """A rule of this version fits nothing any more; the first error stays. Raises UnavailableError."""

    def history(self, limit: int) -> list[RuleVersion]:
        """The newest versions first."""

    def version(self, number: int) -> RuleVersion | None: ...
