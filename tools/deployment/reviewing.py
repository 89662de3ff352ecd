"""Shows an operator what a deployment would change, and asks before it loses something."""

import sys
from collections.abc import Callable, Collection
from dataclasses import dataclass

import boto3

from tools.stack.change_sets import Change, losses
from tools.stack.stacks import StackError


@dataclass(frozen=True, slots=True)
class Account:
    """Whose credentials are used."""

    number: str
    caller: str


def account(region: str) -> Account:
    found = boto3.client("sts", region_name=region).get_caller_identity()
    return Account(found["Account"], found["Arn"])


class Reviewer:
    """`accepted`: resources whose loss the command line allows. `ask` reads an answer from a terminal; None: nobody is
    there to ask."""

    def __init__(self, *, accepted: Collection[str] = (), ask: Callable[[str], str] | None = None) -> None:
        self._accepted = accepted
        self._ask = ask

    def __call__(self, stack: str, changes: list[Change]) -> bool:
        """Whether something is lost. Raises StackError when that is not agreed."""
        print(f"{stack}: {len(changes)} changes")
        for change in changes:
            print(f"  {change}")
        lost = [change for change in losses(changes) if change.resource not in self._accepted]
        if lost:
            self._agree(stack, lost)
        return bool(losses(changes))

    def _agree(self, stack: str, lost: list[Change]) -> None:
        told = "\n".join(f"  {change.resource} would lose {change.lost}" for change in lost)
        allow = " ".join(f"--lose {change.resource}" for change in lost)
        if self._ask is None:
            raise StackError(f"{stack} is not changed:\n{told}\nTo allow it, add: {allow}")
        if self._ask(f"{told}\nType {stack} to go on: ").strip() != stack:
            raise StackError(f"{stack} is not changed")


def at_the_terminal() -> Callable[[str], str] | None:
    return input if sys.stdin.isatty() else None
