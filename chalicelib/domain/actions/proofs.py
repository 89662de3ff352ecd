"""What became of the proofs that a case's history holds."""

from collections.abc import Iterator, Sequence

from chalicelib.domain.case.events import Event


def validated_proof(history: Sequence[Event]) -> Event | None:
    """The `propose_done` whose validation stands: the last one, and none after an objection."""
    standing = None
    for event, proposal in _validations(history):
        standing = proposal if event.action == "validate" else None
    return standing


def first_solution(history: Sequence[Event]) -> Event | None:
    """The first `propose_done` with the outcome `solved` that was validated: how long the work took, whatever came
    later."""
    proposals = (proposal for _, proposal in _validations(history) if proposal)
    return next((proposal for proposal in proposals if _outcome_code(proposal) == "solved"), None)


def photos_shown(proposal: Event | None) -> frozenset[str]:
    """Ids of the photos that a proposal named."""
    return frozenset(photo["photo_id"] for photo in proposal.facts.get("photos", ())) if proposal else frozenset()


def was_reopened(history: Sequence[Event]) -> bool:
    return any(event.action in _REOPENING for event in history)


_REOPENING = ("object", "overturn")


def _validations(history: Sequence[Event]) -> Iterator[tuple[Event, Event | None]]:
    """Each validation with the proposal that it judged, and each reopening with None."""
    proposed = None
    for event in history:
        if event.action == "propose_done":
            proposed = event
        elif event.action == "validate" and proposed:
            yield event, proposed
        elif event.action in _REOPENING:
            yield event, None


def _outcome_code(proposal: Event) -> str:
    return str((proposal.facts.get("outcome") or {}).get("code", "solved"))
