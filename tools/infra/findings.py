"""What a linter finds in the template, and what of it is accepted: each with its reason, and still found."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Finding:
    """What a linter says of one place (a resource, `Resource/Sid`): the code of the issue, the details."""

    place: str
    issue: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding that we want, and why. `place` may hold a star."""

    place: str
    issue: str
    reason: str

    def covers(self, finding: Finding) -> bool:
        return self.issue == finding.issue and fnmatchcase(finding.place, self.place)


def judged(found: list[Finding], accepted: list[Accepted], file: Path) -> Iterator[str]:
    """What has to be seen to, one line each. `file` holds what is accepted."""
    for finding in found:
        if not any(entry.covers(finding) for entry in accepted):
            yield f"{finding.place}: {finding.issue} {finding.detail}".rstrip()
    for entry in accepted:
        if not any(entry.covers(finding) for finding in found):
            yield f"{entry.place}: {entry.issue} is accepted in {file.name} and not found: take it out there"


def accepted_findings(file: Path) -> list[Accepted]:
    """As the file says. Raises TypeError for an entry without its reason."""
    return [Accepted(**entry) for entry in json.loads(file.read_text())]
