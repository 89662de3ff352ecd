"""The routing rules, wired."""

from functools import cached_property
from typing import TYPE_CHECKING

from chalicelib.bootstrap.adapters import Adapters

if TYPE_CHECKING:
    from chalicelib.application.ports.rules import RuleStore
    from chalicelib.application.routing.rehearsal import Rehearsal
    from chalicelib.application.routing.router import Router
    from chalicelib.application.routing.rule_changes import RuleChanges


class Routing(Adapters):
    """What intake asks, and how it is changed."""

    @cached_property
    def rule_store(self) -> "RuleStore":
        from chalicelib.adapters.dynamodb.rule_store import DynamoRules

        self._bind()
        return DynamoRules()

    @cached_property
    def route(self) -> "Router":
        from chalicelib.application.routing.router import Router

        return Router(
            store=lambda: self.rule_store, reference=self.reference, now=self.now, machine_now=self.machine_now
        )

    @cached_property
    def rule_changes(self) -> "RuleChanges":
        from chalicelib.application.routing.rule_changes import RuleChanges

        return RuleChanges(self.rule_store, self.reference, self.now)

    @cached_property
    def rehearsal(self) -> "Rehearsal":
        from chalicelib.application.routing.rehearsal import Rehearsal

        return Rehearsal(self.lists, self.reference, self.now)
