"""Whoever types reports in for others."""

from chalicelib.domain.actor import Actor
from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class DeskPermit:
    """Somebody who may type reports in, and for which channels; made by `Forms.permit_desk` only."""

    actor: Actor
    channels: tuple[str, ...]
