"""An officer's answer goes to whoever wrote: taken from the row, where it stands until it was sent. The address is read
from the raw message, which is the only place that has it."""

from collections.abc import Callable
from datetime import datetime

from chalicelib.application.messages.reasons import why
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
        now, refused = self.now(), self._refused(task)
        after = task.answered(now) if refused is None else task.returned(now, refused)
        return after.state if self.tasks.save(after, task) else SENDING

    def _refused(self, task: MessageTask) -> str | None:
        """None once the provider took it; else why it never will, empty where a person has to see."""
        said = said_in(self.store, task)
        if said is None:
            return ""
        conversation = ways_back.conversation_of(task.channel, said)
        try:
            self.replies.send(conversation, task.answer, key=task.answer_id)
        except ProviderRefusedError as refused:
            return why(str(refused))
        except ProviderUnclearError:
            if conversation.public:
                return ""
            raise
        return None
