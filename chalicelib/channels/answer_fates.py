"""What a provider says later of an officer's answer to a message that is no case. If the answer did not arrive, or its
fate is unknown, the message is opened again, so that the officer learns of it. May be told any number of times, in any
order, also before the answer was recorded as sent."""

from collections.abc import Callable, Mapping
from datetime import datetime

from chalicelib.application.messages.reasons import why
from chalicelib.application.ports.channels import MessageTasks, RawMessages
from chalicelib.application.ports.messages import Fate
from chalicelib.channels.kept import said_in
from chalicelib.domain.case.inboxes import MessageTask, answered_in, first_words
from chalicelib.domain.errors import UnavailableError
from chalicelib.domain.values import dataclass
from chalicelib.domain.ways import CHATS

WAY: Mapping[str, str] = {**CHATS, "SMS": "sms", "EMAIL": "email"}  # by which a channel's answers leave
MOST_RACES = 3  # lost to whoever records the answer as sent
NO_NEWS = ""


@dataclass(frozen=True, slots=True)
class NoteAnswerFate:
    """`now` is the domain's time."""

    tasks: MessageTasks
    store: RawMessages
    now: Callable[[], datetime]

    def __call__(self, fate: Fate) -> str:
        """The reason that was noted; empty for what is no answer of ours, or nothing new. Raises UnavailableError."""
        for _ in range(MOST_RACES):
            task = self._failed(fate)
            if task is None:
                return NO_NEWS
            if self.tasks.save(self._opened(task, fate), task):
                return fate.reason
        raise UnavailableError("message")

    def _failed(self, fate: Fate) -> MessageTask | None:
        """The task whose answer did not come; none of another provider's."""
        task_id = "" if fate.arrived else answered_in(fate.message_id)
        task = self.tasks.find(task_id) if task_id else None
        is_meant = task and task.has_sent(fate.message_id) and WAY.get(task.channel) == fate.kind
        return task if is_meant else None

    def _opened(self, task: MessageTask, fate: Fate) -> MessageTask:
        """With its first words, as long as they are kept."""
        said = said_in(self.store, task)
        return task.returned(self.now(), why(fate.reason), first_words(said.text) if said else "")
