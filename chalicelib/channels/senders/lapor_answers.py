"""What LAPOR! is told of its report: our status in its words, our answer, and by when it may expect the next step. A
matter that is not the city's is handed back with the agency that it was referred to. The wire is assumed
(docs/decisions/0075-exchange-with-lapor.md)."""

from collections.abc import Mapping
from typing import Any

from chalicelib.application.messages.to_partners.calling_back import PartnerNews
from chalicelib.domain.exchange import Exchange
from chalicelib.domain.labels import REASON

SILENT_AFTER = ("resolved",)  # statuses whose answer the reporter may still reply to


def compose(news: PartnerNews, exchange: Exchange) -> Mapping[str, Any]:
    """One update. `update_id` is the same at every try."""
    event, reason = news.event, str(news.event.facts.get("reason_code", ""))
    theirs = exchange.status(event.status, reason)
    data = {
        "update_id": f"{event.number}/{event.sequence}",
        "tracking_id": news.ids.get("tracking_id"),
        "number": event.number,
        "status": theirs.code,
        "label": theirs.label,
        "city_status": event.status,
        "answer": news.words,
        "reason": REASON[reason].id if reason in REASON else None,
        "handed_to": news.complaint.outside.unit if event.status == "referred" and news.complaint.outside else None,
        "limits": _limits(news, exchange),
    }
    told = {name: value for name, value in data.items() if value}
    return {"type": "report.update", "timestamp": event.at.isoformat(timespec="milliseconds"), "data": told}


def _limits(news: PartnerNews, exchange: Exchange) -> dict[str, str]:
    """By when what is still to come: the first two count from the receipt, silence from our answer."""
    event, received = news.event, news.complaint.received_at
    coming = {"verify": received, "answer": received} if event.status == "waiting" else {}
    if event.status in ("coordinated", "assigned", "in_progress"):
        coming = {"answer": received}
    if event.status in SILENT_AFTER:
        coming = {"silence": event.at}
    return {step: exchange.due(step, since).isoformat() for step, since in coming.items()}
