"""No personal data where it cannot be erased: logs, facts of events, messages between functions, keys."""

import ast
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from chalicelib.adapters import event_message
from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.step_functions import StepFunctionsTimers
from chalicelib.domain.case.complaint import OPEN_LOOK, Complaint, Hidden
from chalicelib.domain.case.events import Event
from chalicelib.domain.case.parts import Part
from chalicelib.domain.lifecycle import TABLE, Row
from tests.builders import (
    DSDA,
    EVERYBODY,
    GAMBIR,
    HOUR,
    MONAS,
    NOW,
    a_case_for,
    a_life,
    a_proof,
    acted,
    given,
    offered,
    plausible,
)
from tools.deployment.package import ROOT

PERSONAL = {
    "name",
    "phone",
    "email",
    "contact",
    "description",
    "landmark",
    "text",
    "words",
    "answers",
    "secret",
    "token",
}
PERSONAL |= {"body", "address", "recipient", "to", "location", "lat", "lon", "place", "password", "ip"}
WORDS = ("text", "description", "landmark", "answers", "location", "contact", "outside_unit", "outside_number")
MARK = "RAHASIA"
LOGGED = ("debug", "info", "warning", "error", "exception", "critical", "append_keys")
SOURCES = sorted((ROOT / "chalicelib").rglob("*.py"))


def logged(path: Path) -> Iterator[str]:
    """The names of everything that a module puts into a log line; what it unpacks there, as it stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _logs(ast.unparse(node.func)):
            yield from (keyword.arg or ast.unparse(keyword.value) for keyword in node.keywords)


def _logs(called: str) -> bool:
    target, _, method = called.rpartition(".")
    return called == "log" or (target in ("log", "logger", "logger()") and method in LOGGED)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_personal_field_is_logged(path: Path) -> None:
    assert PERSONAL.isdisjoint(logged(path))


def test_what_is_logged_is_named_but_for_the_sweepers_counts() -> None:
    assert {name for path in SOURCES for name in logged(path) if "." in name} == {"swept.kept"}


def test_no_line_tells_what_an_error_says() -> None:
    """Its words may be a person's: `fault_of` tells its kind and its place."""
    told = {node.attr for path in SOURCES for node in ast.walk(ast.parse(path.read_text("utf-8"))) if _is_told(node)}
    assert told == set()


def _is_told(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "exception" and _logs(ast.unparse(node))


def test_the_look_at_logs_sees_a_telephone_number(tmp_path: Path) -> None:
    module = tmp_path / "leaky.py"
    module.write_text("logger().info('told', phone=contact.phone)")
    assert list(logged(module)) == ["phone"]


RECORDED = [row for row in TABLE if row.built and row.sources and not row.unrecorded]


def case_for(row: Row) -> Complaint:
    """One on which somebody may do it."""
    case = a_case_for(row.action, row.sources)
    parts = (Part("1", DSDA, NOW + HOUR),) if "part" in row.fields else ()
    hidden = Hidden("minor", NOW) if "is_hidden" in row.when else None
    look = OPEN_LOOK if "look_open" in row.when else None
    return replace(case, parts=parts, hidden=hidden, look=look)


@pytest.mark.parametrize("row", RECORDED, ids=lambda row: row.action)
def test_what_people_write_is_in_no_fact_of(row: Row) -> None:
    """Every text need filled with words that may not leave: a decision's facts hold none of them."""
    complaint = case_for(row)
    actor = next(person for person in EVERYBODY if row.action in offered(complaint, person))
    sent = plausible(row.action, complaint, actor) if row.action != "propose_done" else a_proof(actor)
    marked = {name: MARK for name in row.fields if name in WORDS and name != "location"}

    decision = acted(complaint, row.action, actor, sent=replace(sent, values={**sent.values, **marked}))

    assert MARK not in json.dumps(dict(decision.event.facts), default=str)
    assert (MARK in json.dumps(dict(decision.event.words))) == bool(marked)


@pytest.mark.parametrize("row", RECORDED, ids=lambda row: row.action)
def test_where_exactly_it_is_is_in_no_fact_of(row: Row) -> None:
    """Facts are chained, and can never be erased; a place of 10 m can be somebody's house."""
    complaint = case_for(row)
    actor = next(person for person in EVERYBODY if row.action in offered(complaint, person))
    there = given(location={"lat": MONAS[0], "lon": MONAS[1], "accuracy_m": 4.5}, area=GAMBIR)
    sent = there if "location" in row.fields else plausible(row.action, complaint, actor)

    assert_says_no_place(acted(complaint, row.action, actor, sent=sent).event)


def test_where_exactly_it_is_is_in_no_fact_of_the_first_event() -> None:
    assert_says_no_place(a_life().events[0])


def assert_says_no_place(event: Event) -> None:
    told = json.dumps(dict(event.facts), default=str)
    assert not [name for name in ("place", "lat", "lon", "location") if f'"{name}":' in told]
    assert str(abs(MONAS[0])) not in told


def test_the_message_of_an_event_holds_ids_and_statuses_only() -> None:
    spoken = Event(**{**_fields(a_life().events[0]), "words": {"text": MARK, "description": MARK}, "salt": MARK})

    message = json.loads(event_message.body(spoken))

    assert MARK not in json.dumps(message)
    assert set(message) == {"v", "number", "sequence", "version", "action", "status", "before", "unit", "at"}


def _fields(event: Event) -> dict[str, object]:
    return {name: getattr(event, name) for name in Event.__dataclass_fields__}


def test_an_execution_of_step_functions_is_given_a_number_counts_and_a_time() -> None:
    """Its history keeps that for 90 days; the answer of `ring` has no more (tests/entrypoints/test_timers.py)."""
    started: list[dict[str, str]] = []
    client = SimpleNamespace(start_execution=lambda **given: started.append(given))

    timers = StepFunctionsTimers(state_machine_arn="arn", client=client, once=client)
    timers.start("JKT-0000-0000-0", 3, NOW, sleep=2)

    (given,) = started
    assert given["name"] == "JKT-0000-0000-0-3-2"
    assert set(json.loads(given["input"])) == {"v", "number", "arming", "sleep", "until"}


def test_a_key_is_made_of_numbers_codes_and_times() -> None:
    makers = {name for name, value in vars(keys).items() if callable(value) and not name.startswith("_")}
    assert PERSONAL.isdisjoint(makers)
