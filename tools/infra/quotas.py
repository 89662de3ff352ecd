"""The table of concurrent calls in docs/operations.md, from infra/functions.yaml: what may run at once beside the API,
and what the account's quota leaves. Written by `python -m tools costs --write`."""

import re
from pathlib import Path

from tools.infra import cfn_yaml

ROOT = Path(__file__).resolve().parents[2]
ACCOUNT = 1000  # AWS's default, after the first weeks of an account
# What no setting bounds, as we expect it.
UNBOUNDED = {
    "relay": (4, "one for each shard of the stream, and a shard takes 1,000 writes a second"),
    "ring": (20, "clocks that breach in the same second (assumed)"),
    "sweep": (1, "every five minutes, for two at most"),
    "administer": (2, "administrators who write at the same moment (assumed)"),
}


def bounds() -> dict[str, tuple[int, str]]:
    """Calls at once, and why so many, by function: the queues' consumers."""
    table = cfn_yaml.read(ROOT / "infra" / "functions.yaml")["at_once"]
    return {function: (entry["calls"], entry["why"]) for function, entry in table.items()}


def together() -> int:
    """Calls at once of all functions beside the API."""
    return sum(calls for calls, _ in {**bounds(), **UNBOUNDED}.values())


def page(text: str) -> str:
    """The page with a fresh table between its marks."""
    return re.sub(r"(<!-- at once -->).*(<!-- /at once -->)", lambda m: m[1] + table() + m[2], text, flags=re.DOTALL)


def table() -> str:
    """In Markdown."""
    lines = {**bounds(), **UNBOUNDED}
    rows = [f"| {function} | {calls} | {why} |" for function, (calls, why) in lines.items()]
    end = [
        f"| **together** | **{together()}** | |",
        f"| left of {ACCOUNT:,} | {ACCOUNT - together()} | the API, and what else the account runs |",
    ]
    return "\n".join(["", "", "| function | at once | why so many |", "|---|---:|---|", *rows, *end, "", ""])
