"""What may be kept of the messages that `notify_citizen` gets: of each kind what its repetition needs, each value in a
form in which no address and no telephone number can stand."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from chalicelib.domain.case import numbers

FATE = "eventType"  # a message of the provider of e-mail or SMS, which is about one that was sent
REDACTED = "fate"  # what is kept of it; comes back from the dead letters
MESSAGE, LINK = "message", "link"  # what the sweeper hands on
# The task of an answer, and the pseudonym of an address: hashes.
NAMED = {MESSAGE: re.compile("[0-9a-f]{24}"), LINK: re.compile("[0-9a-f]{32}")}

Said = Mapping[str, Any]


def letter(told: Said, fate: Callable[[Said], Said]) -> Said:
    """`fate` answers what is kept of a provider's words, or of what was kept of them before. May raise anything on what
    it does not know."""
    if FATE in told or REDACTED in told:
        return {REDACTED: fate(told.get(REDACTED, told))}
    for duty, form in NAMED.items():
        if duty in told and form.fullmatch(told[duty]):
            return {duty: told[duty]}
    return {"number": numbers.read(told["number"]), "sequence": int(told["sequence"])}
