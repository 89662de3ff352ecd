"""What the day prints, while it is played and at its end."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tools.day.play import Played

SHOWN = 40  # faults in full; the rest is counted


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of all do not exceed (nearest rank)."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, max(0, -(-int(share * 100) * len(ranked) // 100) - 1))]


def timings(taken: Mapping[str, Sequence[float]]) -> str:
    """Milliseconds, by what a person waited for."""
    lines = [f"{'':34}{'count':>7}{'p50 ms':>9}{'p95 ms':>9}"]
    for what, values in taken.items():
        p50, p95 = (percentile(values, share) * 1000 for share in (0.5, 0.95))
        lines.append(f"{what:34}{len(values):>7}{p50:>9.0f}{p95:>9.0f}")
    return "\n".join(lines)


def counts(played: "Played") -> str:
    """How the day ended, in numbers."""
    kinds = Counter(str(message["kind"]) for message in played.messages)
    states = Counter(case.status for case in played.cases)
    rows = {
        "reports": str(len(played.cases)),
        "last seen": ", ".join(f"{count} {status}" for status, count in states.most_common()),
        "actions": str(sum(len(case.done) for case in played.cases)),
        "messages": ", ".join(f"{count} {kind}" for kind, count in kinds.most_common()),
        "held": f"{played.held} messages, since nobody had shown whose the address was",
        "rungs": str(played.rungs),
        "by the sweeper": f"{played.by_sweeper} cases were right only after it had passed",
        "calls": str(played.calls),
    }
    return "\n".join(f"{name:16}{value}" for name, value in rows.items())


def verdict(faults: Sequence[str]) -> str:
    """All is well, or what is not."""
    if not faults:
        return "Nothing lost, nothing twice, everything where it belongs."
    more = [f"… and {len(faults) - SHOWN} more"] if len(faults) > SHOWN else []
    return "\n".join([f"{len(faults)} faults:", *(f"  {fault}" for fault in faults[:SHOWN]), *more])


@contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[int], object]]:
    """A bar that is told how many more are done."""
    from tqdm import tqdm

    with tqdm(total=total, desc=f"{what:30}", unit="", mininterval=0.5, leave=True) as bar:
        yield bar.update
