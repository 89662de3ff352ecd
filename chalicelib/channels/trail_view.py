"""What was done with a message, step by step, as the people at its desk read it."""

from chalicelib.application.reading.view_parts import View
from chalicelib.domain.case.inboxes import MessageTask
from chalicelib.domain.text.privacy import shown


def trail_view(task: MessageTask) -> list[View]:
    """Oldest first; `by` is a username, null where the system acted."""
    return [
        {
            "action": step.action,
            "at": step.at.isoformat(),
            "by": step.by or None,
            "text": shown(step.words) or None,
            "reason_code": step.reason_code or None,
        }
        for step in task.trail
    ]
