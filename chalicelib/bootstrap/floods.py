"""Flood mode, wired: as a coordinator works it, and at work."""

from functools import cached_property
from typing import TYPE_CHECKING

from chalicelib.bootstrap.chance import random_id, salt
from chalicelib.bootstrap.routing import Routing

if TYPE_CHECKING:
    from chalicelib.application.handling.flood_mode import FloodMode
    from chalicelib.application.handling.joining import JoinFloods
    from chalicelib.application.ports.floods import Floods
    from chalicelib.domain.floods import FloodRules


class FloodParts(Routing):
    """The use cases of flood mode."""

    @cached_property
    def floods(self) -> "Floods":
        from chalicelib.adapters.dynamodb.floods import DynamoFloods

        self._bind()
        return DynamoFloods()

    @cached_property
    def flood_rules(self) -> "FloodRules":
        from chalicelib.data import flood_rules

        return flood_rules()

    @cached_property
    def flood_mode(self) -> "FloodMode":
        from chalicelib.application.handling.flood_mode import FloodMode

        return FloodMode(self.floods, self.flood_rules, self.reference, now=self.now, random_id=random_id)

    @cached_property
    def join_floods(self) -> "JoinFloods":
        from chalicelib.application.handling.joining import JoinFloods

        return JoinFloods(
            floods=self.floods,
            queues=self.queues,
            complaints=self.complaints,
            rules=self.flood_rules,
            routing=self.rule_store,
            reference=self.reference,
            now=self.now,
            machine_now=self.machine_now,
            salt=salt,
        )
