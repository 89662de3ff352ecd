"""What GeoReport's clients read: items, the bulk export, news, and the receipt of a posted request."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from chalicelib.application.reading.dated import DatedReads, PublicCase
from chalicelib.channels.open311 import items
from chalicelib.channels.open311.arguments import Arguments
from chalicelib.channels.open311.queries import Question, read_news_span, read_number, read_question
from chalicelib.channels.open311.vocabulary import time_word
from chalicelib.domain.errors import invalid
from chalicelib.domain.reference import Reference
from chalicelib.domain.values import dataclass

LARGEST = 4_000_000  # bytes of the items in one answer, as JSON: Lambda passes on six million, and XML is longer
Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Open311Reads:
    """`now` is the domain's time."""

    reads: DatedReads
    reference: Reference
    now: Callable[[], datetime]

    def items(self, arguments: Arguments) -> list[Document]:
        """Raises InvalidError with every fault, NotFoundError for another jurisdiction."""
        question = self._question(arguments)
        found = [items.item(case, extended=question.extended) for case in self._cases(question)]
        return _fitting(found, question)

    def item(self, number: str, arguments: Arguments) -> Document:
        """Raises NotFoundError for what is not there, and for what not everybody may see."""
        arguments.check_jurisdiction()
        return items.item(self.reads.one(read_number(number)), extended=arguments.flag("extensions"))

    def rows(self, arguments: Arguments) -> list[list[str]]:
        """The bulk export: as many rows as `items` has items."""
        question = self._question(arguments)
        return _fitting([items.bulk_row(case) for case in self._cases(question)], question)

    def news(self, arguments: Arguments) -> list[Document]:
        return [items.update(news) for news in self.reads.news(*read_news_span(arguments, self.now()))]

    def receipt(self, answer: Document) -> Document:
        """What the sender of a request is told: its number, and what happens next."""
        due = answer["clocks"]["coordination"]["due_at"]
        until = datetime.fromisoformat(due)
        notice = (
            f"Laporan diterima dan disampaikan kepada {answer['unit']['name']}, yang harus menindaklanjuti paling "
            f"lambat {time_word(until)}. Pantau: {answer['links']['public']}"
        )
        return {"service_request_id": answer["number"], "service_notice": notice}

    def _question(self, arguments: Arguments) -> Question:
        return read_question(arguments, reference=self.reference, now=self.now())

    def _cases(self, question: Question) -> list[PublicCase]:
        if question.numbers is not None:
            return self.reads.some(question.numbers)
        return self.reads.cases(question.query)


def _fitting(found: list[Any], question: Question) -> list[Any]:
    """As many as an answer can hold. Who chose a size is told that it is too large, so that no page has a hole."""
    room, kept = LARGEST, 0
    for one in found:
        room -= len(json.dumps(one, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        if room < 0:
            break
        kept += 1
    if kept < len(found) and question.sized:
        raise invalid("page_size", "value", f"The answer would be too large: ask for {max(1, kept)} at most")
    return found[:kept]
