"""An officer's answer goes to whoever wrote: taken from the row, where it stands until it was sent. The address is read
from the raw message, which is the only place that has it."""

from collections.abc import Callable
from datetime import datetime

from chalicelib.application.ports.channels import MessageTasks, RawMessages
from chalicelib.application.ports.messages import ProviderRefusedError, ProviderUnclearError
from chalicelib.application.ports.replies import Replies
from chalicelib.channels import ways_back
from chalicelib.channels.kept import said_in
from chalicelib.domain.case.inboxes import SENDING, MessageTask
from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class AnswerMessage:
    """`now` is the domain's time."""

    tasks: MessageTasks
    store: RawMessages
    replies: Replies
    now: Callable[[], datetime]

    def __call__(self, task_id: str) -> str:
        """The state of the task afterwards. At least once: two calls at the same time send twice. What everybody reads
        is not posted again when nobody knows whether it stands: whoever answered looks. Raises the Provider errors that
        come again, and UnavailableError."""
        task = self.tasks.find(task_id)
        if task is None or task.state != SENDING:
            return task.state if task else "gone"
        after = task.answered(self.now()) if self._sent(task) else task.returned(self.now())
        return after.state if self.tasks.save(after, task) else SENDING

    def _sent(self, task: MessageTask) -> bool:
        """Whether the provider took it; False when it never will, or a person has to see."""
        said = said_in(self.store, task)
        if said is None:
            return False
        conversation = ways_back.conversation_of(task.channel, said)
        try:
            self.replies.send(conversation, task.answer, key=f"{task.task_id}-{task.version}")
        except ProviderRefusedError:
            return False
        except ProviderUnclearError:
            if conversation.public:
                return False
            raise
        return True
