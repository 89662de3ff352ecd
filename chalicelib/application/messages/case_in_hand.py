"""A case in the hands of one worker: read once for everybody who is told of it, and again when another worker has left
messages to this one."""

from collections.abc import Iterator

from chalicelib.application.ports.cases import CaseFile, Complaints, with_whole_history


class CaseInHand:
    """With its whole history. Raises UnavailableError."""

    def __init__(self, number: str, complaints: Complaints) -> None:
        self.number = number
        self._complaints = complaints
        self._read: CaseFile | None = None

    def look(self) -> CaseFile | None:
        """As it was read; None when it is gone."""
        if self._read is None:
            case = self._complaints.case_file(self.number)
            self._read = with_whole_history(case, self._complaints) if case else None
        return self._read

    def each_look(self) -> Iterator[CaseFile]:
        """The case, and then as often as `look_again` was called and it has gone on."""
        seen = 0
        while (case := self.look()) and case.complaint.sequence > seen:
            seen = case.complaint.sequence
            yield case

    def look_again(self) -> None:
        """The next look reads it anew."""
        self._read = None
