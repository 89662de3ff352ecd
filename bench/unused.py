"""`python -m bench.unused`: lists our modules that a cold start loads for the read of a case although no function of
them runs then. Each may be imported where it is used instead. A module of constants or types runs nothing and may still
be needed: a person judges."""

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from bench.imports import ROOT, code_of, run

LOOK = "api, look at a case"
NAMES = "\nprint(json.dumps(sorted(n for n in sys.modules if n.startswith('chalicelib'))))"


def main() -> int:
    """Prints them, with how many lines each has."""
    logging.disable(logging.CRITICAL)
    loaded, ran = loaded_by_a_look(), run_by_a_look()
    unused = [name for name in loaded if _file(name) not in ran and _file(name).name != "__init__.py"]
    for name in unused:
        sys.stdout.write(f"{len(_file(name).read_text().splitlines()):>6}  {name}\n")
    sys.stdout.write(f"{len(unused)} of {len(loaded)} modules run no function when a case is read\n")
    return 0


def loaded_by_a_look() -> list[str]:
    """In a fresh process."""
    said = run([sys.executable, "-c", code_of(LOOK) + NAMES])
    names: list[str] = json.loads(said.splitlines()[-1])
    return names


def run_by_a_look() -> set[Path]:
    """The files whose functions run when somebody looks at a report that exists already."""
    from bench.emulated import Clock, city
    from bench.life import DRAFT
    from bench.people import Api

    with city(Clock()), Api() as api:
        number = api.post("/complaints", DRAFT)["number"]
        with watched() as ran:
            api.get(f"/complaints/{number}")
    return ran


@contextmanager
def watched() -> Iterator[set[Path]]:
    """The files whose functions are called while it lasts, in this thread."""
    found: set[str] = set()

    def note(frame: FrameType, event: str, _given: Any) -> None:
        if event == "call" and frame.f_code.co_name != "<module>":
            found.add(frame.f_code.co_filename)

    files: set[Path] = set()
    sys.setprofile(note)
    try:
        yield files
    finally:
        sys.setprofile(None)
        files |= {Path(name).resolve() for name in found}


def _file(module: str) -> Path:
    place = ROOT / Path(*module.split("."))
    return place / "__init__.py" if place.is_dir() else place.with_suffix(".py")


if __name__ == "__main__":
    sys.exit(main())
