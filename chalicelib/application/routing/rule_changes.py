"""Who changes the routing rules, and how: one person proposes all of them anew, with a reason; another one approves or
refuses. Every version stays on record."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib.application.ports.rules import CurrentRules, Fallen, RuleStore, RuleVersion
from chalicelib.domain.actor import Actor
from chalicelib.domain.errors import ConflictError, FieldError, InvalidError, NotAllowedError, NotFoundError
from chalicelib.domain.reference import Reference
from chalicelib.domain.rule_faults import rule_faults
from chalicelib.domain.rules import Rule, as_json
from chalicelib.domain.values import dataclass

ROLES = ("administrator", "coordinator")
SHOWN = 10  # versions of the history
View = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RulesPermit:
    """Somebody who may read and change the rules; made by `permit_rules` only."""

    actor: Actor


@dataclass(frozen=True, slots=True)
class RulesInput:
    """All rules as somebody wants them, why, and the version in force that they have seen."""

    rules: tuple[Rule, ...] | None
    reason: str = ""
    base: int | None = None
    misformed: tuple[FieldError, ...] = ()

    def faults(self, reference: Reference) -> list[FieldError]:
        """Everything that is wrong with the rules."""
        unread = {fault.field.partition(".")[0] for fault in self.misformed}
        missing = [] if self.rules is not None or "rules" in unread else [_required("rules")]
        return [*self.misformed, *missing, *rule_faults(self.rules or (), reference)]


@dataclass(frozen=True, slots=True)
class RuleVerdict:
    """What a second person says of the proposal with this version. A refusal needs its `answer`."""

    version: int | None = None
    approved: bool | None = None
    answer: str = ""
    misformed: tuple[FieldError, ...] = ()


def _required(name: str) -> FieldError:
    return FieldError(name, "required", "This is needed")


def permit_rules(actor: Actor) -> RulesPermit:
    """Raises NotAllowedError for everybody but administrators and coordinators."""
    if actor.role not in ROLES:
        raise NotAllowedError("Only administrators and coordinators change rules")
    return RulesPermit(actor)


@dataclass(frozen=True, slots=True)
class RuleChanges:
    """`now` is the domain's time."""

    store: RuleStore
    reference: Reference
    now: Callable[[], datetime]

    def show(self, _permit: RulesPermit) -> View:
        """What is in force, what is proposed, which rules fell, and the last versions."""
        return self._view(self.store.current())

    def waiting(self, actor: Actor) -> dict[str, int]:
        """What of the rules waits for this person: `rules` proposals of others to decide on, `rules_off` rules that
        failed and were switched off. Empty for who does not change rules."""
        if actor.role not in ROLES:
            return {}
        current = self.store.current()
        proposal = current.open_proposal
        others = proposal is not None and proposal.proposed_by != actor.id
        return {"rules": int(others), "rules_off": len(current.fallen)}

    def switched_off(self) -> list[Fallen]:
        """The rules in force that failed and fit nothing until there is another version."""
        return list(self.store.current().fallen.values())

    def version(self, _permit: RulesPermit, number: int) -> View:
        """Raises NotFoundError."""
        found = self.store.version(number)
        if found is None:
            raise NotFoundError
        return version_view(found)

    def propose(self, permit: RulesPermit, sent: RulesInput) -> View:
        """Raises InvalidError; ConflictError (version_conflict) when other rules came in force since."""
        missing = _missing({"reason": sent.reason, "base": sent.base}, sent.misformed)
        if faults := [*sent.faults(self.reference), *missing]:
            raise InvalidError(faults)
        current = self.store.current()
        if sent.base != current.version:
            raise ConflictError("version_conflict", version=current.version)
        proposal = RuleVersion(
            version=current.last + 1,
            base=current.version,
            rules=sent.rules or (),
            proposed_by=permit.actor.id,
            proposed_at=self.now(),
            reason=sent.reason,
        )
        if not self.store.propose(proposal, current):
            raise ConflictError("version_conflict", version=self.store.current().version)
        return self._view(self.store.current())

    def decide(self, permit: RulesPermit, verdict: RuleVerdict) -> View:
        """Raises NotAllowedError for who proposed it; InvalidError; ConflictError (version_conflict) unless the open
        proposal has this version."""
        current = self.store.current()
        proposal = current.open_proposal
        named = proposal if proposal and proposal.version == verdict.version else None
        if named and named.proposed_by == permit.actor.id:
            raise NotAllowedError("A second person decides on it")
        _check(verdict)
        if named is None:
            raise ConflictError("version_conflict", version=current.version)
        self._settle(permit, named, verdict)
        return self._view(self.store.current())

    def _settle(self, permit: RulesPermit, proposal: RuleVersion, verdict: RuleVerdict) -> None:
        if verdict.approved and (faults := rule_faults(proposal.rules, self.reference)):
            raise InvalidError(faults)
        decided = replace(
            proposal,
            state="approved" if verdict.approved else "refused",
            decided_by=permit.actor.id,
            decided_at=self.now(),
            answer=verdict.answer,
        )
        if not self.store.decide(decided):
            raise ConflictError("version_conflict", version=self.store.current().version)

    def _view(self, current: CurrentRules) -> View:
        off = [
            {"rule": fallen.rule, "error": fallen.error, "at": fallen.at.isoformat()}
            for fallen in current.fallen.values()
        ]
        proposal = current.open_proposal
        return {
            "version": current.version,
            "rules": _rules(current.force.rules if current.force else ()),
            "off": off,
            "proposal": version_view(proposal) if proposal else None,
            "history": [version_view(version) for version in self.store.history(SHOWN)],
        }


def _check(verdict: RuleVerdict) -> None:
    needed: dict[str, object] = {"version": verdict.version, "approved": verdict.approved}
    needed |= {"answer": verdict.answer} if verdict.approved is False else {}
    faults = [*verdict.misformed, *_missing(needed, verdict.misformed)]
    if faults:
        raise InvalidError(faults)


def _missing(needed: Mapping[str, object], misformed: Sequence[FieldError]) -> list[FieldError]:
    unread = {fault.field for fault in misformed}
    return [_required(name) for name, value in needed.items() if value in (None, "") and name not in unread]


def version_view(version: RuleVersion) -> View:
    """One version as staff read it."""
    return {
        "version": version.version,
        "base": version.base,
        "rules": _rules(version.rules),
        "reason": version.reason,
        "state": version.state,
        "proposed_by": version.proposed_by,
        "proposed_at": version.proposed_at.isoformat(),
        "decided_by": version.decided_by,
        "decided_at": version.decided_at.isoformat() if version.decided_at else None,
        "answer": version.answer or None,
    }


def _rules(rules: Sequence[Rule]) -> list[View]:
    return [as_json(rule) for rule in rules]
