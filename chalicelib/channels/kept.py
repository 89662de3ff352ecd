"""What the raw message behind a task says, as long as it is kept."""

from chalicelib.application.ports.channels import RawMessages
from chalicelib.channels.incoming import Incoming
from chalicelib.channels.registry import ADAPTERS
from chalicelib.domain.case.inboxes import MessageTask


def said_in(store: RawMessages, task: MessageTask) -> Incoming | None:
    """None once it is there no longer. Raises UnavailableError."""
    raw = store.read(task.raw_key)
    found = ADAPTERS[raw.channel].read(raw) if raw and raw.channel in ADAPTERS else []
    return next((each for each in found if each.message_id == task.message_id), None)
