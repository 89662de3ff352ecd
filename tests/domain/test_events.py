"""The history is a chain: nothing in it changes unseen, and what people wrote can still be erased."""

import hashlib
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.actor import REPORTER
from chalicelib.domain.case import events
from chalicelib.domain.case.events import GENESIS, Event
from tests.builders import DBM, ENGINEER, LURAH, NOW, NUMBER, VALIDATOR, a_life


def a_chain():
    """Six events of a straight life, words in four of them."""
    life = a_life().does(LURAH, "coordinate", unit=DBM, text="Jalan provinsi").does(ENGINEER, "start")
    return life.proves(ENGINEER).does(VALIDATOR, "validate", text="Baik").does(REPORTER, "confirm").events


def verifies(chain):
    """Whether each event follows from the one before: what an auditor recomputes from the rows alone."""
    before = [GENESIS, *(event.digest for event in chain)]
    return all(event.prev == prev for event, prev in zip(chain, before, strict=False))


def stored(event):
    """As the row keeps it: with the hash of its words."""
    return replace(event, words_hash=event.words_hash or events.words_hash(event.salt, event.words))


def erased(event):
    """After an erasure: no words, no salt, the hash is all that is left."""
    return replace(stored(event), words={}, salt="")


def test_every_event_is_chained_to_the_one_before():
    chain = a_chain()

    assert chain[0].prev == GENESIS
    assert verifies(chain)


def test_sequence_and_version_have_no_gaps():
    chain = a_chain()

    assert [event.sequence for event in chain] == [event.version for event in chain] == list(range(1, 7))


def test_the_case_carries_the_digest_of_its_last_event():
    life = a_life()

    assert life.complaint.head == life.events[-1].digest


def test_erasing_the_words_keeps_the_chain_verifying():
    chain = [erased(event) for event in a_chain()]

    assert verifies(chain)
    assert not any(event.words or event.salt for event in chain)


@pytest.mark.parametrize(
    "change",
    [
        {"status": "closed"},
        {"at": NOW + timedelta(milliseconds=1)},
        {"actor": "orang-lain"},
        {"unit": "DSDA"},
        {"facts": {"unit": "DSDA"}},
        {"words": {"text": "Bukan itu"}},
        {"salt": "lain"},
        {"before": None},
        {"sequence": 7},
        {"operation": "kunci"},
        {"prev": "ff" * 32},
    ],
    ids=lambda change: next(iter(change)),
)
def test_whatever_is_changed_breaks_the_chain(change):
    chain = a_chain()

    assert not verifies([chain[0], replace(chain[1], **change), *chain[2:]])


def test_leaving_an_event_out_breaks_the_chain():
    chain = a_chain()

    assert not verifies([*chain[:2], *chain[3:]])


def test_words_that_were_stored_are_not_exchanged_unseen():
    event = stored(a_chain()[1])

    assert event.words_hash != events.words_hash(event.salt, {"text": "Lain"})
    assert event.chained_facts()["words"] == event.words_hash


def test_the_salt_hides_what_few_words_could_be_guessed():
    assert events.words_hash("garam", {"text": "ya"}) != events.words_hash("gula", {"text": "ya"})


def test_only_events_with_words_have_a_salt():
    assert [bool(event.salt) for event in a_chain()] == [bool(event.words) for event in a_chain()]


def test_no_words_have_no_hash():
    assert events.words_hash("garam", {}) is None


def test_no_words_are_among_the_facts_that_are_chained():
    chained = json.dumps([event.chained_facts() for event in a_chain()])

    assert not any(word in chained for word in ("Jalan provinsi", "Sudah ditambal", "Baik", "Lubang"))


@given(st.dictionaries(st.text(max_size=5), st.integers(-9, 9), max_size=5))
def test_the_order_of_keys_does_not_matter(facts):
    turned = dict(reversed(facts.items()))

    assert events.digest(GENESIS, facts) == events.digest(GENESIS, turned)


def test_a_fraction_among_the_facts_is_refused_before_anything_is_written():
    event = replace(a_chain()[1], facts={"place": [-6.1754, 106.8272]})

    with pytest.raises(ValueError, match="float"):
        event.digest  # noqa: B018


def test_fractions_among_the_words_are_hashed_as_exact_text():
    words = {"location": {"lat": -6.1754, "lon": 106.8272, "accuracy_m": 12.0}, "answers": {"depth": 7}}
    as_text = (
        '{"answers":{"depth":7},'
        '"location":{"accuracy_m":12,"lat":{"$decimal":"-6.1754"},"lon":{"$decimal":"106.8272"}}}'
    )

    assert events.words_hash("garam", words) == hashlib.sha256(("garam" + as_text).encode()).hexdigest()


def test_what_is_absent_is_left_out_of_the_digest():
    event = Event(NUMBER, 1, 1, NOW, "lodge", "waiting", None, "reporter", "reporter", None, DBM)

    assert event.chained_facts() == {
        "number": NUMBER,
        "sequence": 1,
        "version": 1,
        "at": "2026-03-02T01:00:00.000+00:00",
        "action": "lodge",
        "status": "waiting",
        "role": "reporter",
        "actor": "reporter",
        "unit": DBM,
    }


def test_time_is_chained_to_the_millisecond_as_it_is_stored():
    event = a_chain()[0]

    assert replace(event, at=event.at + timedelta(microseconds=999)).digest == event.digest
