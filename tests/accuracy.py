"""How often the suggestion from a description is right, on sentences whose category a person has said.
`python -m tests.accuracy` prints it for both halves, with the curve behind the threshold of `sure`. The half `held_out`
is never looked at when words or weights are changed: what it gets wrong stays."""

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from chalicelib import data
from chalicelib.domain.text.suggestions import Suggestion, suggest

LABELLED = Path(__file__).parent / "data" / "labelled_reports.csv"
HALVES = ("tuning", "held_out")
LEADS = (110, 125, 150, 175, 200, 250, 300)  # hundredths of the second score


@dataclass(frozen=True, slots=True)
class Judged:
    """One sentence, the category that a person gave it, and what was suggested."""

    text: str
    category: str
    found: tuple[Suggestion, ...]

    def among(self, first: int) -> bool:
        return self.category in [each.category for each in self.found[:first]]

    def leads(self, lead: int) -> bool:
        """Whether the first may be said alone: strong enough, this far before the second, nothing to be guarded."""
        words = data.words()
        if not self.found or self.found[0].category in words.guarded:
            return False
        second = self.found[1].score if len(self.found) > 1 else 0
        return self.found[0].score >= words.sure[0] and self.found[0].score * 100 >= second * lead


def judged(half: str) -> list[Judged]:
    """All sentences of a half."""
    with LABELLED.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["half"] == half]
    return [Judged(row["text"], row["category"], suggest(row["text"], data.words())) for row in rows]


def share(rows: list[Judged], first: int) -> float:
    return sum(row.among(first) for row in rows) / len(rows)


def report(half: str) -> Iterator[str]:
    rows = judged(half)
    yield f"{half}: {len(rows)} sentences, first {share(rows, 1):.1%}, among three {share(rows, 3):.1%}"
    for lead in LEADS:
        said = [row for row in rows if row.leads(lead)]
        wrong = sum(not row.among(1) for row in said)
        yield f"  lead {lead / 100:.2f}: said of {len(said) / len(rows):.0%}, wrong {wrong} of {len(said)}"


if __name__ == "__main__":
    sys.stdout.write("\n".join(line for half in HALVES for line in report(half)) + "\n")
