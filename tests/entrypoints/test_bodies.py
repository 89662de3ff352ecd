"""Whatever a stranger sends: the answer is small, and nothing of it is an error of ours."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.errors import MOST_FAULTS, InvalidError, Refusal
from chalicelib.entrypoints import problems
from chalicelib.entrypoints.bodies import MAX_BODY, MOST_VALUES, read_object
from chalicelib.entrypoints.doors import RequestBody
from chalicelib.entrypoints.forms import DeskForm
from chalicelib.entrypoints.inputs import action_input, report_input

LARGEST = 64 * 1024  # bytes of a refusal
NASTY = st.sampled_from(["\x00", "\ufffd", "\ud800", "\u202e", "🙂", "a" * 30_000, "\n", "ﷺ"])
TEXTS = st.text(max_size=40) | NASTY
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=8) | st.dictionaries(TEXTS, inner, max_size=8),
    max_leaves=40,
)
FIELDS = st.sampled_from(["category", "description", "location", "contact", "photos", "answers", "text", "unit"])


def request(raw: bytes) -> Any:
    return SimpleNamespace(raw_body=raw, headers={})


def refusal(raw: bytes) -> bytes:
    """The answer to a body that no form of ours takes; empty where every field could be read."""
    try:
        body = RequestBody(*_split(read_object(request(raw))))
        report, _ = report_input(DeskForm, body)
        sent = action_input("propose_done", body)
        if report.misformed or sent.misformed:
            raise InvalidError([*report.misformed, *sent.misformed])
    except Refusal as refused:
        return problems.answer(refused, {}).body.encode("utf-8", "surrogatepass")
    return b""


def _split(read: Any) -> tuple[Any, Any, None, Any]:
    sent, values, faults = read
    return sent, values, None, faults


@given(body=st.dictionaries(FIELDS | TEXTS, VALUES, max_size=12))
@settings(max_examples=300, deadline=None)
def test_no_body_makes_a_large_answer(body: dict[str, Any]) -> None:
    raw = json.dumps(body, ensure_ascii=False).encode("utf-8", "surrogatepass")[:MAX_BODY]

    assert len(refusal(raw)) <= LARGEST


@given(raw=st.binary(max_size=2_000))
@settings(max_examples=200, deadline=None)
def test_no_bytes_make_an_error_of_ours(raw: bytes) -> None:
    assert len(refusal(raw)) <= LARGEST


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({"k" * 20_000: ["\x00"] * 900}, id="a long key over many unsound texts"),
        pytest.param({f"field-{number}": 1 for number in range(400)}, id="four hundred unknown fields"),
        pytest.param({"\x01" * 200: "\x00", "answers": {"\x02" * 90: "\x00"}}, id="keys of control signs"),
        pytest.param({"photos": [{"content_type": "x" * 900, "size": "y" * 900}] * 300}, id="many wrong photos"),
        pytest.param({"contact": {"\u202e" * 70 + str(n): n for n in range(300)}}, id="keys that turn the writing"),
    ],
)
def test_a_refusal_is_bounded_for(body: dict[str, Any]) -> None:
    answer = refusal(json.dumps(body).encode())

    assert 0 < len(answer) <= LARGEST
    assert len(json.loads(answer).get("errors", ())) <= MOST_FAULTS


@pytest.mark.parametrize(
    "body",
    [
        {"a": list(range(MOST_VALUES))},
        {str(number): number for number in range(MOST_VALUES)},
        {"a": [{"b": [{"c": number}]} for number in range(300)]},
    ],
    ids=["a long list", "many keys", "many small objects"],
)
def test_a_body_of_more_values_than_any_form_has_is_too_large(body: dict[str, Any]) -> None:
    assert json.loads(refusal(json.dumps(body).encode()))["status"] == 413


def test_a_text_in_which_letters_were_lost_is_refused_on_its_field() -> None:
    answer = json.loads(refusal('{"description": "caf\ufffd di seberang"}'.encode()))

    fault = answer["errors"][0]

    assert (fault["field"], fault["code"]) == ("description", "value")


def test_bytes_that_are_no_utf8_are_unreadable() -> None:
    assert json.loads(refusal(b'{"description": "caf\xe9"}'))["status"] == 400


@pytest.mark.parametrize("key", ["", " ", "\t", "\x00", "\u202e", "k" * 900], ids=ascii)
@pytest.mark.parametrize("place", [lambda key: {key: 1}, lambda key: {"contact": {key: 1}}], ids=["outside", "inside"])
def test_every_key_has_a_name_in_its_fault(place: Any, key: str) -> None:
    errors = json.loads(refusal(json.dumps(place(key)).encode()))["errors"]

    assert [fault for fault in errors if not fault["field"].rpartition(".")[2].strip()] == []
