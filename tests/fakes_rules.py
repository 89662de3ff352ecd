"""The versions of the routing rules in memory, with the promises of the real store and no more."""

from dataclasses import dataclass, field, replace

from chalicelib.application.ports.rules import CurrentRules, Fallen, RuleVersion
from chalicelib.domain.errors import UnavailableError


@dataclass
class MemoryRules:
    """Implements RuleStore. `reads` counts the queries; `down`: it does not answer."""

    force: RuleVersion | None = None
    proposal: RuleVersion | None = None
    versions: dict[int, RuleVersion] = field(default_factory=dict)
    fallen: dict[tuple[int, str], Fallen] = field(default_factory=dict)
    reads: int = 0
    down: bool = False

    def current(self) -> CurrentRules:
        self._answer()
        self.reads += 1
        version = self.force.version if self.force else 0
        fallen = {rule: one for (of, rule), one in self.fallen.items() if of == version}
        return CurrentRules(self.force, self.proposal, fallen)

    def propose(self, proposal: RuleVersion, before: CurrentRules) -> bool:
        self._answer()
        if self.proposal != before.proposal:
            return False
        if replaced := before.open_proposal:
            self.versions[replaced.version] = replace(replaced, state="replaced")
        self.proposal = self.versions[proposal.version] = proposal
        return True

    def decide(self, decided: RuleVersion) -> bool:
        self._answer()
        if self.proposal is None or (self.proposal.version, self.proposal.state) != (decided.version, "open"):
            return False
        self.proposal = self.versions[decided.version] = decided
        self.force = decided if decided.state == "approved" else self.force
        return True

    def switch_off(self, version: int, fallen: Fallen) -> None:
        self._answer()
        self.fallen.setdefault((version, fallen.rule), fallen)

    def history(self, limit: int) -> list[RuleVersion]:
        return [self.versions[number] for number in sorted(self.versions, reverse=True)][:limit]

    def version(self, number: int) -> RuleVersion | None:
        return self.versions.get(number)

    def _answer(self) -> None:
        if self.down:
            raise UnavailableError("dynamodb")
