"""What a partner's system is told of its report, by channel. The city's own form stands in docs/partners.md; a channel
with words of its own has a module of its own."""

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from typing import Any

from chalicelib.application.messages.to_partners.calling_back import Compose, PartnerNews
from chalicelib.domain.exchange import Exchange
from chalicelib.domain.labels import STATUS

DIALECTS = {"LAPOR1708": "lapor_answers"}  # with tables of their own


def compose_for(channel: str, exchange: Callable[[str], Exchange]) -> Compose:
    """How the messages of a channel are written. Its module is imported when there is something to tell."""
    dialect = DIALECTS.get(channel)
    if dialect is None:
        return report_status
    module = import_module(f"chalicelib.channels.senders.{dialect}")
    return partial(module.compose, exchange=exchange(channel))


def report_status(news: PartnerNews) -> Mapping[str, Any]:
    """Standard Webhooks' form: a type, a time, the data. Nobody is named in it."""
    event = news.event
    data = {
        **news.ids,
        "number": event.number,
        "sequence": event.sequence,
        "status": event.status,
        "label": STATUS[event.status].official,
        "unit": event.unit,
        "outcome": news.outcome,
        "text": news.words,
    }
    told = {name: value for name, value in data.items() if value}
    return {"type": "report.status", "timestamp": event.at.isoformat(timespec="milliseconds"), "data": told}
