"""`python -m tools unseen`: finds faults that no local city shows, because AWS alone would refuse them or never report
them. They are a client that the layers lack, a call without its right, a right without its call, an alarm that cannot
ring, and an update that loses what a resource holds. A part of `make check`; actions that IAM does not know are found
by `python -m tools policies`."""

import json
import sys
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from typing import Any

from tools.command_line import wordless
from tools.deployment import layer_contents
from tools.infra import abroad, alarms, calls, cfn_yaml, rights, upgrades

Json = dict[str, Any]


@dataclass
class Looked:
    """What is looked at. `template`: as packaged; `abroad`: that of us-east-1; `policies`: by function; `released`:
    facts of the last release; `described`: services whose descriptions the layers keep, if not those of the code."""

    template: Json
    abroad: Json
    policies: Json
    released: Json
    described: Set[str] | None = None


def main(arguments: list[str]) -> int:
    """Exit status 1 when there is something to be seen to; each in a line."""
    wordless("unseen", __doc__, arguments)
    found = list(faults(of_this_checkout()))
    print("\n".join(found) or "Clients, rights, alarms and what a stack can take: all well", file=sys.stderr)
    return 1 if found else 0


def of_this_checkout() -> Looked:
    from tools.deployment.package import package

    return Looked(
        template=json.loads(package().template.read_text()),
        abroad=cfn_yaml.read(abroad.FILE),
        policies=calls.policies(),
        released=upgrades.released(),
    )


def faults(looked: Looked) -> Iterator[str]:
    """One sentence each, by what was looked at."""
    for name, look in LOOKS.items():
        yield from (f"{name}: {fault}" for fault in look(looked))


LOOKS: dict[str, Callable[[Looked], Iterator[str]]] = {
    "client": lambda looked: layer_contents.faults(looked.described),
    "right": lambda looked: rights.faults(looked.policies),
    "alarm": lambda looked: iter(
        alarms.faults(looked.template["Resources"]) + alarms.faults(looked.abroad["Resources"])
    ),
    "update": lambda looked: upgrades.faults(looked.released, upgrades.of_both(looked.template, looked.abroad)),
}
