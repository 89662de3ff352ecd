"""`python -m bench`: everything, counted and timed · `--check`: the counted figures against bench/figures.json (fast,
the same on every machine) · `--accept REASON`: writes what has changed into that file, with the reason."""

import argparse
import json
import logging
import sys

from bench import figures, ledger


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--check", action="store_true")
    what.add_argument("--accept", metavar="REASON", help="why the figures are what they are now")
    given = parser.parse_args(arguments)
    logging.disable(logging.CRITICAL)
    found = figures.counted() | _imports()
    if given.accept:
        return _accept(found, given.accept)
    if given.check:
        return _check(found)
    sys.stdout.write("\n".join(f"{value:>10g}  {name}" for name, value in found.items()) + "\n")
    _timed()
    return _check(found)


def _imports() -> dict[str, float]:
    from bench import imports

    return imports.modules()


def _timed() -> None:
    from bench import imports, latency, photo

    sys.stdout.write("\nphoto of 12 megapixels: ")
    sys.stdout.flush()
    photo.main([])
    imports.show()
    latency.show()


def _check(found: dict[str, float]) -> int:
    """1 when a figure is not as committed, or over its limit."""
    changed = ledger.differences(ledger.current(ledger.read()), found)
    for line in (*figures.over(found), *changed):
        sys.stderr.write(f"{line}\n")
    if changed:
        sys.stderr.write(f"If this is meant, say why: python -m bench --accept {json.dumps('…')}\n")
    return 1 if changed or figures.over(found) else 0


def _accept(found: dict[str, float], reason: str) -> int:
    if over := figures.over(found):
        sys.stderr.write("\n".join(over) + "\n")
        return 1
    entry = ledger.add(ledger.read(), found, reason)
    ledger.read()
    sys.stdout.write(f"{len(entry.figures)} figures written to {ledger.FILE.name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
