"""Anybody can check a history: thirty lines of JavaScript that share nothing with our code find the same digests."""

import copy
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from chalicelib.domain.actor import REPORTER
from chalicelib.domain.case.canonical import as_stored
from tests.builders import COORDINATOR, DBM, DESK, ENGINEER, GAMBIR, HEAD, LURAH, VALIDATOR, a_life, given
from tests.node import needs_node, run

PROGRAM = Path(__file__).with_name("verify_digests.mjs")
WORDS = {
    "description": 'Lubang "besar" \\ di depan Monas\n🕳️ \u2028 ﬀ \x7f',
    "landmark": "Jl. Mérdéka",
    "answers": {"depth": 12.5, "width": 1e-07, "lanes": ["kiri", "kanan"], "count": 10**30},
    "location": {"lat": -6.175392, "lon": 106.827153, "accuracy_m": 4.823},
}


def a_whole_life():
    """Every kind of fact: rings, photos, an outcome with its time, a place that was set later, an internal note."""
    life = a_life(DESK, area=None, place=None, channel="EMAIL", words=WORDS).passes(hours=3)
    life.rings()
    found = given(area=GAMBIR, location={"lat": -6.1754, "lon": 106.8272, "accuracy_m": 12.0}, text="Di depan pintu")
    life.does(COORDINATOR, "locate", sent=found)
    life.does(LURAH, "comment", text="Cek arsip dulu", internal=True)
    life.does(LURAH, "coordinate", unit=DBM, text="Jalan provinsi").does(ENGINEER, "start")
    until = datetime(2026, 9, 1, tzinfo=UTC)
    life.does(ENGINEER, "extend", until=until, text="Menunggu anggaran").does(HEAD, "approve_extension")
    life.proves(ENGINEER, outcome="planned", until=until)
    life.does(VALIDATOR, "refuse", reason_code="other", text="Di seberang Monas").proves(ENGINEER)
    life.does(VALIDATOR, "validate").does(REPORTER, "object", text="Masih berlubang")
    life.does(ENGINEER, "start").proves(ENGINEER)
    return life.does(VALIDATOR, "validate").does(REPORTER, "confirm", rating=4)


def exported(event):
    """As a public file has it: facts, words as they are stored, and what makes their hashes."""
    words = as_stored(event.words) or None
    return {
        "facts": event.chained_facts(), "words": words, "salt": event.salt or None, "prev": event.prev,
        "digest": event.digest,
    }  # fmt: skip


def verified(chain):
    """Exit status and what was said; the file is written with other spaces and another order than ours."""
    done = run(str(PROGRAM), given=json.dumps(chain, indent=3, ensure_ascii=False))
    assert done.stderr == ""
    return done.returncode, done.stdout


@pytest.fixture(scope="module")
def chain():
    return json.loads(json.dumps([exported(event) for event in a_whole_life().events]))


@needs_node
def test_a_whole_life_verifies_in_javascript(chain):
    assert verified(chain) == (0, f"{len(chain)} events hold together\n")


@needs_node
def test_the_order_in_which_a_file_names_things_does_not_matter(chain):
    turned = [{**event, "facts": dict(reversed(event["facts"].items()))} for event in chain]

    assert verified(turned)[0] == 0


@needs_node
def test_it_verifies_after_the_words_were_erased(chain):
    assert verified([{**event, "words": None, "salt": None} for event in chain])[0] == 0


def other(value):
    """Something else of the same kind."""
    match value:
        case str():
            return value + "x"
        case int():
            return value + 1
        case list():
            return [*value, "x"]
        case dict():
            return {**value, "x": 1}
        case _:
            return "x"


def test_the_life_has_every_kind_of_fact(chain):
    named = {name for event in chain for name in event["facts"]}
    particular = {name for event in chain for name in event["facts"].get("facts", {})}

    assert {"before", "actor_unit", "facts", "words", "version"} <= named
    assert {"clock", "rung", "area", "unit", "photos", "outcome", "internal", "rating", "reason_code"} <= particular


FACTS = (
    *("number", "sequence", "version", "at", "action", "status", "before", "role", "actor", "actor_unit", "unit"),
    *("facts", "words"),
)


@needs_node
@pytest.mark.parametrize("spoil", ["changed", "left out"])
@pytest.mark.parametrize("name", FACTS)
def test_each_fact_that_is_changed_or_left_out_is_found(chain, name, spoil):
    spoilt = copy.deepcopy(chain)
    having = [event["facts"] for event in spoilt if name in event["facts"]]
    for facts in having:
        value = facts.pop(name)
        facts |= {name: other(value)} if spoil == "changed" else {}

    status, said = verified(spoilt)

    assert status == 1
    assert said.count("the facts are not those that were digested") == len(having) > 0


@needs_node
def test_a_fact_that_was_added_is_found(chain):
    spoilt = [*chain[:-1], {**chain[-1], "facts": {**chain[-1]["facts"], "operation": "x"}}]

    assert verified(spoilt)[0] == 1


def _deep(chain):
    next(event for event in chain if event["facts"]["action"] == "propose_done")["facts"]["facts"]["photos"][0][
        "sha256"
    ] = "00" * 32


def _words(chain):
    chain[0]["words"]["description"] += "."


def _place(chain):
    chain[0]["words"]["location"]["lat"] = {"$decimal": "-6.175393"}


def _salt(chain):
    chain[0]["salt"] += "x"


def _dropped(chain):
    del chain[3]


def _swapped(chain):
    chain[3], chain[4] = chain[4], chain[3]


def _first_dropped(chain):
    del chain[0]


def _of_another(chain):
    for event in chain[1:]:
        event["facts"]["number"] = "JKT-0000-0001-2"


def _redigested(chain):
    chain[2]["digest"] = "ab" * 32


@needs_node
@pytest.mark.parametrize(
    "spoil", [_deep, _words, _place, _salt, _dropped, _swapped, _first_dropped, _of_another, _redigested]
)
def test_whatever_else_is_spoilt_is_found(chain, spoil):
    spoilt = copy.deepcopy(chain)
    spoil(spoilt)

    assert verified(spoilt)[0] == 1
