"""What the command line of every tool is made of: argparse, so that a word that no command knows is refused before
anything happens."""

import argparse
from collections.abc import Sequence

FORM = argparse.RawDescriptionHelpFormatter


def parser(command: str, about: str | None) -> argparse.ArgumentParser:
    """For a command with its words."""
    return argparse.ArgumentParser(prog=f"python -m tools {command}", description=about, formatter_class=FORM)


def flag(command: str, about: str | None, name: str, arguments: Sequence[str]) -> bool:
    """Whether the one flag of a command was given."""
    made = parser(command, about)
    made.add_argument(name, action="store_true", dest="given")
    given: bool = made.parse_args(list(arguments)).given
    return given


def wordless(command: str, about: str | None, arguments: Sequence[str]) -> None:
    """Refuses every word after a command that takes none."""
    parser(command, about).parse_args(list(arguments))
