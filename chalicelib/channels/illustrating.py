"""Pictures of messengers find their case, also when they come before its words or after it; and the case says which of
them could not be had."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from chalicelib.application.handling.remarking import Remark
from chalicelib.application.ports.channels import MessageSources, MessageTasks, Picture, RawMessage, RawMessages
from chalicelib.application.wording import Phrases
from chalicelib.channels.fetching import Fetching, kept_at
from chalicelib.channels.incoming import Incoming
from chalicelib.channels.kept import said_in
from chalicelib.domain.case.inboxes import CASE, OPEN, MessageTask, Step, task_id_of
from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Pictured:
    """`waiting`: how many may still come. `is_said`: whoever reads the message knows of those that never will."""

    waiting: int = 0
    is_said: bool = True


@dataclass(frozen=True, slots=True)
class Illustrating:
    """`add` puts pictures, by their names, into a case and answers how many it did not take; `words` are the city's own
    language; `now` is the domain's time."""

    fetch: Fetching
    store: RawMessages
    tasks: MessageTasks
    sources: MessageSources
    add: Callable[[str, Mapping[str, Picture]], int]
    remark: Remark
    words: Callable[[], Phrases]
    now: Callable[[], datetime]

    def __call__(self, message: RawMessage, incoming: Incoming, number: str) -> Pictured:
        """`number`: the case that its words stand in, empty for what a person reads: they see its pictures, and which
        are missing. Raises UnavailableError."""
        brought = self.fetch(message, incoming.remote)
        number = number or self._made(message.channel, incoming)
        if not number:
            return Pictured(brought.waiting)
        lost = brought.lost + self._added(number, message.channel, incoming, brought.pictures)
        return Pictured(brought.waiting, is_said=not lost or self._said(number, message.channel, incoming, lost))

    def adopt(self, number: str, task_ids: Sequence[str]) -> None:
        """What waited for its words, and nobody has seen to since, is part of this case now. Raises
        UnavailableError."""
        for task in filter(None, map(self.tasks.find, task_ids)):
            if task.state == OPEN:
                self._adopt(number, task)

    def _adopt(self, number: str, task: MessageTask) -> None:
        said = said_in(self.store, task)
        if said:
            self._added(number, task.channel, said, self.fetch.kept_of(task.channel, said.remote))
        self.sources.note(number, task.raw_key, task.task_id)
        self.tasks.save(task.became_case(Step(CASE, self.now()), number), task)

    def _made(self, channel: str, incoming: Incoming) -> str:
        """The case that was made of its task meanwhile."""
        task = self.tasks.find(task_id_of(channel, incoming.message_id))
        return (task.number if task else None) or ""

    def _added(self, number: str, channel: str, incoming: Incoming, pictures: Mapping[str, Picture]) -> int:
        for source in incoming.remote:
            self.sources.note(number, kept_at(channel, source))
        return self.add(number, pictures)

    def _said(self, number: str, channel: str, incoming: Incoming, lost: int) -> bool:
        text = self.words()["talks"]["pictures_lost"].format(n=lost)
        return self.remark(channel, number, text, key=f"pictures:{incoming.message_id}")
