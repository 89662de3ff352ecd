"""The city records each call with the role and the statement that allowed it. `python -m tools calls` compares the
record with the policies. Calls that a policy refuses are not recorded."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROLE = re.compile(r":assumed-role/tanggap-[a-z0-9-]+?-([A-Za-z]+Role)\b")


class Calls:
    """A file that several cities may share: a line for each role, statement, place in its resources, and action."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._known: set[str] = set()

    def note(self, principal: str, statement: str, action: str) -> None:
        role = ROLE.search(principal)
        line = f"{role[1]} {statement} {action}\n" if role else ""
        if line and line not in self._known:
            self._known.add(line)
            with self._file.open("a") as lines:  # one short write at the end: no line of another city is cut
                lines.write(line)


def record(calls: Calls) -> None:
    """From now on, in the emulator of this process."""
    from ministack.core import iam_evaluator

    usual = iam_evaluator.evaluate

    def evaluate(asked: Any, policies: list[list[Any]], *limits: Any) -> Any:
        result = usual(asked, policies, *limits)
        if result.decision == "Allow" and asked.principal_type == "AssumedRole":
            for statement in (said for document in policies for said in document):
                for place in _places(asked, statement):
                    calls.note(asked.principal_arn, place, asked.action)
        return result

    iam_evaluator.evaluate = evaluate


def _places(asked: Any, statement: Any) -> Iterator[str]:
    """The statement, if it allows the call by itself, with the number of its resource where it names several. Two may
    allow one call: the emulator does not know every condition that tells them apart."""
    from ministack.core.iam_evaluator import _first_match, fnmatch_iam_cs

    if _first_match(asked, [statement], "Allow"):
        several = len(statement.resources) > 1
        for number, arn in enumerate(statement.resources):
            if fnmatch_iam_cs(asked.resource_arn, arn):
                yield f"{statement.sid}[{number}]" if several else statement.sid
