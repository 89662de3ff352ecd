"""The commands that the pages print, and whether each would be taken as it is printed: by make, by argparse, by AWS."""

import argparse
import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any, NoReturn

import pytest

from tests.builders import NUMBER
from tests.tools import typed_aws
from tools.__main__ import COMMANDS
from tools.deployment.package import ROOT
from tools.stack.stage import Stage

BEGINNINGS = r"(?:[A-Z_]+=(?:'[^']*'|\S*) )*(?:make|python|\.venv/bin/python|aws|cp|\. \.venv)\b"
FENCED = re.compile(r"^ *```(?:sh)?\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
INLINE = re.compile(rf"`({BEGINNINGS}[^`]*)`")
SHOWN = re.compile(r" --|=\S|\b[A-Z]{4,}$")  # an option, a variable, a word for the reader's own
# What stands for something of the reader's, and one such thing. Whatever else has a "…" is a word.
FOR_THE_READER = (
    (r"JKT-…", NUMBER),
    (r"(--since|--until|--before|--restore-date-time) …", r"\1 2026-11-24T08:00+07:00"),
    (r"<stack>", "tanggap-trial"),
    (r"<stage>", "trial"),
    (r"(?<=\s)\[([^\]]*)\](?=\s|$)", r"\1"),  # what may be left out is taken with it
    (r"\b(?<!-)(?:edge\|intake)", "edge"),
    (r"rotate\|set", "rotate"),
    (r"FILE\|-", "FILE"),
    (r"…", "00000000-0000-0000-0000-000000000000"),
)
TOOLS = re.compile(r"python -m tools (.*)")


def _of_python(words: list[str]) -> str:
    """Of other modules and files it is enough that they are there, and the tests that they are to run."""
    module = words[1] if words[0] == "-m" else ""
    if module and find_spec(module) is None:
        return f"no module {module}"
    files = [word.partition("::")[0] for word in words if word.endswith(".py")]
    return ", ".join(f"no file {name}" for name in files if not (ROOT / name).exists())


class Parsed(BaseException):  # no Exception: no command may take it for a fault of its own
    """The words were taken; nothing was done."""


def commands(page: str) -> Iterator[str]:
    """As somebody types them who has put their own things where the page says so. What a sentence only names, without
    its words, is left out (tests/architecture/test_words.py looks whether it is there). In the page's order."""
    text = (ROOT / page).read_text(encoding="utf-8")
    for place, part in enumerate(FENCED.split(text)):  # every other one stands in a block
        lines = filter(re.compile(BEGINNINGS).match, _typed(part)) if place % 2 else _inline(part)
        yield from (shlex.join(shlex.split(_own(line), comments=True)) for line in lines)


def _inline(part: str) -> Iterator[str]:
    return (line for line in INLINE.findall(part) if line.startswith("aws ") or SHOWN.search(line))


def _typed(block: str) -> Iterator[str]:
    """Lines of a block; what stands in quotes may go over several."""
    typed = ""
    for line in block.splitlines():
        typed = f"{typed} {line.strip()}".strip()
        if _is_whole(typed):
            yield typed
            typed = ""
    yield typed


def _is_whole(typed: str) -> bool:
    try:
        shlex.split(typed, comments=True)
    except ValueError:
        return False
    return True


def _own(line: str) -> str:
    for printed, typed in FOR_THE_READER:
        line = re.sub(printed, typed, line)
    return line


def fault(command: str) -> str:
    """Why it would not run; nothing where it would."""
    words = shlex.split(command)
    while "=" in words[0]:
        words.pop(0)  # a variable before it
    match words:
        case ["make", *rest]:
            return _of_make(rest)
        case ["python" | ".venv/bin/python", "-m", "tools", *rest]:
            return of_tools(rest)
        case ["python" | ".venv/bin/python", *rest]:
            return _of_python(rest)
        case ["aws", *rest]:
            return _of_aws(rest)
        case _:
            return ""


def _unmade() -> dict[str, str]:
    """The environment without what a make that runs these tests hands on: a reader has none."""
    handed_on = {"ARGS", "MAKEFLAGS", "MAKEOVERRIDES", "MAKELEVEL", "MFLAGS"}
    return {name: value for name, value in os.environ.items() if name not in handed_on}


def _of_make(words: list[str]) -> str:
    """By make itself, which only tells what it would do; and what it would do by the tools' own parsers."""
    done = subprocess.run(["make", "-n", *words], cwd=ROOT, env=_unmade(), capture_output=True, text=True, check=False)
    if done.returncode:
        return done.stderr.strip()
    called = (shlex.split(line) for line in TOOLS.findall(done.stdout))
    return next(filter(None, map(of_tools, called)), "")


def of_tools(words: list[str]) -> str:
    """Of a command named without its words it is enough that there is one."""
    name, *rest = words
    if name not in COMMANDS:
        return f"no command {name}"
    module, function = COMMANDS[name].split(":")
    with pytest.MonkeyPatch.context() as patch:
        for parse in ("parse_args", "parse_intermixed_args"):
            patch.setattr(argparse.ArgumentParser, parse, _stopping(getattr(argparse.ArgumentParser, parse)))
        patch.setattr(argparse.ArgumentParser, "error", _refusing)
        patch.setattr(Stage, "__init__", _found)
        try:
            getattr(import_module(module), function)(rest)
        except Parsed:
            return ""
        except SystemExit as told:  # of --help
            return "" if told.code == 0 else f"{name} ends with {told.code}"
        except Refused as refused:
            return str(refused)
    return f"{name} does not look at its words"


class Refused(BaseException):
    """In the words of argparse."""


def _refusing(parser: argparse.ArgumentParser, message: str) -> NoReturn:
    raise Refused(f"{parser.prog}: {message}")


def _stopping(parse: Any) -> Any:
    """A command of a stack counts its words after parsing, and then looks for the stack."""

    def parsed(*given: Any, **named: Any) -> argparse.Namespace:
        options: argparse.Namespace = parse(*given, **named)
        if hasattr(options, "stack"):
            return options
        raise Parsed

    return parsed


def _found(*_: Any) -> NoReturn:
    raise Parsed


def _of_aws(words: list[str]) -> str:
    """By the service's own description, as the AWS CLI reads it."""
    if "wait" in words[1:2]:
        return ""
    try:
        if any(word.startswith("--") for word in words):
            typed_aws.read(words)
        else:
            typed_aws.model(*words[:2])  # a sentence names it; it does not show it
    except typed_aws.TypedError as error:
        return str(error)
    return ""


def pages() -> list[str]:
    """What people read who type commands."""
    tracked = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "chalicelib/data/README.md"]
    return [*tracked, *(str(path.relative_to(ROOT)) for path in sorted((ROOT / "docs").rglob("*.md")))]
