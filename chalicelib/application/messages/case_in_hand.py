"""A case in the hands of one worker: read once for everybody who is told of it, and again when it has moved."""

from chalicelib.application.ports.cases import CaseFile, Complaints, with_whole_history


class CaseInHand:
    """With its whole history. Raises UnavailableError."""

    def __init__(self, number: str, complaints: Complaints) -> None:
        self.number = number
        self._complaints = complaints
        self._read: CaseFile | None = None

    def look(self) -> CaseFile | None:
        """As it stands now; None when it is gone. Notices are those of the read that found its last event."""
        if self._read and self._unmoved(self._read):
            return self._read
        case = self._complaints.case_file(self.number)
        self._read = with_whole_history(case, self._complaints) if case else None
        return self._read

    def last(self) -> CaseFile | None:
        """As it stood at the last look."""
        return self._read or self.look()

    def _unmoved(self, case: CaseFile) -> bool:
        standing = self._complaints.load(self.number)
        return standing is not None and standing.sequence == case.complaint.sequence
