"""The verbs of the lifecycle table: each stands in one place, with its needs, its faults, its effect and its facts."""

from collections.abc import Collection, Mapping
from dataclasses import fields
from typing import Any

from chalicelib.domain.actions import (
    duplicates,
    handing,
    looks,
    owning,
    parts,
    pauses,
    proof,
    publicity,
    reporting,
    ringing,
)
from chalicelib.domain.actions.verb import Verb
from chalicelib.domain.errors import FieldError
from chalicelib.domain.needs import Needs

VERBS: dict[str, Verb[Any]] = {
    **owning.VERBS,
    **handing.VERBS,
    **proof.VERBS,
    **reporting.VERBS,
    **ringing.VERBS,
    **parts.VERBS,
    **pauses.VERBS,
    **duplicates.VERBS,
    **publicity.VERBS,
    **looks.VERBS,
}


def read_needs(
    action: str, values: Mapping[str, Any], empty: Collection[str] = ()
) -> tuple[Needs, tuple[FieldError, ...]]:
    """The action's needs from fields that were read one by one, and a fault for each field that it does not have, were
    it sent `empty`. An action that there is not needs nothing: whoever acts refuses it."""
    if action not in VERBS:
        return Needs(), ()
    known = {field.name for field in fields(VERBS[action].needs)}
    strange = [name for name in (*values, *empty) if name not in known]
    faults = tuple(FieldError(name, "unknown", "Not a field of this action") for name in strange)
    return VERBS[action].needs(**{name: value for name, value in values.items() if name in known}), faults
