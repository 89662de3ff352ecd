"""How a case stands, in one short message. Whoever has the number reads what everybody may; the reporter, whom the
provider has proved, what is said to them."""

from collections.abc import Callable
from datetime import datetime

from chalicelib.application.messages.naming import Names
from chalicelib.application.ports.cases import Complaints
from chalicelib.application.wording import Phrases, next_sentence
from chalicelib.domain.case import numbers
from chalicelib.domain.errors import NotFoundError, UnreadableError
from chalicelib.domain.labels import STATUS
from chalicelib.domain.next_step import next_step
from chalicelib.domain.reference import Reference
from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class TellStatus:
    """`pseudonym_of` answers the pseudonym of the address that a case's reporter is told at."""

    complaints: Complaints
    pseudonym_of: Callable[[str], str | None]
    reference: Reference
    site_url: str
    words: Callable[[], Phrases]
    now: Callable[[], datetime]

    def __call__(self, typed: str, asker: str) -> str:
        """`asker` is the pseudonym of who asks. "" when no case has this number."""
        try:
            number = numbers.read(typed)
        except (NotFoundError, UnreadableError):
            return ""
        complaint = self.complaints.load(number)
        if complaint is None:
            return ""
        words, own = self.words(), self.pseudonym_of(number) == asker
        step = next_step(complaint, self.reference.categories[complaint.category], self.now())
        unit = Names(complaint, words, self.reference).unit(step.unit)
        label = getattr(STATUS[complaint.status].public, words["label_name"])
        link = f"{self.site_url}{words['path']}#{number}"
        sentence = next_sentence(step, unit, words, own=own)
        return str(words["talks"]["status"].format(number=number, label=label, sentence=sentence, link=link))
