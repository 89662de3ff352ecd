"""A case of the day with its evidence: one valid default, one difference visible."""

from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.application.reading.catalogue import catalogue
from chalicelib.data import reference
from tools.day.cases import CITIZEN, OFFICER, Case, Done
from tools.day.judging.proof import Evidence
from tools.day.plans import Plan
from tools.day.rules import Rules

GAMBIR = "31.71.01.1001"
LURAH, ROADS = f"KEL_{GAMBIR}", "DBM"
NUMBER = "JKT-0000-0000-0"
REPORTED = datetime(2026, 3, 2, 1, tzinfo=UTC)
RULES = Rules(catalogue(reference()))


def a_case(**differences: Any) -> Case:
    """A road in Gambir, coordinated to the roads' agency, then withdrawn by its reporter."""
    plan = Plan(
        draft={"description": "Jalan rusak. Tanda bcdfghjklmnp.", "contact": {"email": "warga@example.com"}},
        category="JLN",
        area=GAMBIR,
        placed=True,
        contact="email",
        photos=(),
        story="withdrawn later",
        channel="WEB",
    )
    case = Case(plan, NUMBER, "secret", LURAH, REPORTED, [], ROADS, located=True, status="withdrawn")
    case.done = [Done("coordinate", OFFICER, "coordinated"), Done("withdraw", CITIZEN, "withdrawn")]
    for name, value in differences.items():
        setattr(case, name, value)
    return case


def line(action: str, status: str, unit: str, **named: str) -> dict[str, Any]:
    return {"action": action, "status": status, "unit": {"code": unit}, "at": REPORTED.isoformat(), **named}


def clock(limit: timedelta, stopped_after: timedelta | None) -> dict[str, Any]:
    stopped = (REPORTED + stopped_after).isoformat() if stopped_after else None
    return {"started_at": REPORTED.isoformat(), "due_at": (REPORTED + limit).isoformat(), "stopped_at": stopped}


def mail(event: str, **differences: str) -> dict[str, Any]:
    found = {"kind": "email", "to": "warga@example.com", "event": event, "subject": "Laporan", "text": "Teks"}
    return {**found, "number": NUMBER, "at": REPORTED.isoformat(), **differences}


def alert(unit: str, event: str = "alert") -> dict[str, Any]:
    return mail(event, kind="alert", to=unit)


MESSAGES = (
    mail("waiting"),
    alert(LURAH),
    mail("coordinated"),
    alert(ROADS),
    mail("withdrawn"),
    alert(ROADS, "withdrawn"),
)


def evidence(messages: Any = MESSAGES, **seen: Any) -> Evidence:
    """What the city shows of that case an hour later."""
    view = {
        "timeline": [
            line("lodge", "waiting", LURAH),
            line("coordinate", "coordinated", ROADS),
            line("withdraw", "withdrawn", ROADS),
        ],
        "unit": {"code": ROADS},
        "area": {"code": GAMBIR},
        "clocks": {"coordination": clock(timedelta(hours=6), timedelta(minutes=2))},
        "photos": [],
    }
    public = {"description": "Jalan rusak", "photos": [], "place": {"lat": -6.17, "lon": 106.82}}
    return Evidence(view | seen, public, list(messages), REPORTED + timedelta(hours=1))
