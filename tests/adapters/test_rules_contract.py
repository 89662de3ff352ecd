"""One contract of the rules' versions, for those in memory and for DynamoDB. The shared city's rules are everybody's:
there they stay as they are."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.adapters.dynamodb.rule_store import DynamoRules
from chalicelib.application.ports.rules import CurrentRules, Fallen, RuleVersion
from chalicelib.domain.errors import UnavailableError
from chalicelib.domain.rules import RuleSet, rules_of
from tests.fakes_rules import MemoryRules

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
RULES = rules_of(
    [
        {
            "rule": "malam",
            "when": {
                "areas": ["31.71"],
                "hours": {"from": "22:00", "to": "06:00"},
                "answers": {"BLOCKS_ROAD": ["all"]},
            },
            "then": {"receiver": "DSDA", "owners": ["DSDA", "KEL"]},
            "note": "Piket – malam",
        },
        {"rule": "sisanya", "when": {}, "then": {"receiver": "KEL"}},
    ]
)


@pytest.fixture(params=["memory", "dynamodb"])
def store(request):
    if request.param == "memory":
        return MemoryRules()
    request.getfixturevalue("table")
    return DynamoRules()


def a_version(number=1, **differences):
    return replace(RuleVersion(number, number - 1, RULES, "admin", AT, "Musim hujan"), **differences)


def approved(version):
    return replace(version, state="approved", decided_by="koordinator", decided_at=AT + timedelta(hours=1))


def put_in_force(store, version):
    store.propose(version, store.current())
    assert store.decide(approved(version))
    return approved(version)


def test_a_city_begins_with_nothing(store):
    assert store.current() == CurrentRules()
    assert (store.current().rule_set, store.history(10), store.version(1)) == (RuleSet(), [], None)


def test_a_proposal_stands_as_it_was_made_and_is_not_in_force(store):
    assert store.propose(a_version(), store.current())

    assert store.current() == CurrentRules(None, a_version())
    assert store.version(1) == a_version()


def test_what_was_approved_is_in_force(store):
    force = put_in_force(store, a_version())

    current = store.current()
    assert (current.force, current.open_proposal, current.version) == (force, None, 1)
    assert current.rule_set.rules == RULES


def test_what_was_refused_leaves_the_rules_as_they_were(store):
    force = put_in_force(store, a_version())
    second = a_version(2, rules=())
    store.propose(second, store.current())

    assert store.decide(replace(second, state="refused", decided_by="x", decided_at=AT, answer="Belum"))

    assert store.current().force == force
    assert [(version.version, version.state) for version in store.history(10)] == [(2, "refused"), (1, "approved")]


def test_a_newer_proposal_replaces_the_open_one_and_keeps_its_record(store):
    store.propose(a_version(), store.current())
    assert store.propose(a_version(2), store.current())

    assert store.current().open_proposal == a_version(2)
    assert [version.state for version in store.history(10)] == ["open", "replaced"]


def test_of_two_proposals_at_once_one_is_kept(store):
    before = store.current()

    assert store.propose(a_version(proposed_by="satu"), before)
    assert not store.propose(a_version(proposed_by="dua"), before)
    assert store.version(1).proposed_by == "satu"


def test_a_proposal_is_decided_once(store):
    put_in_force(store, a_version())

    assert not store.decide(replace(approved(a_version()), state="refused"))
    assert store.current().version == 1


def test_a_proposal_that_was_replaced_is_not_decided(store):
    store.propose(a_version(), store.current())
    store.propose(a_version(2), store.current())

    assert not store.decide(approved(a_version()))
    assert store.current().force is None


def test_a_rule_that_fell_keeps_its_first_error_until_the_next_version(store):
    put_in_force(store, a_version())
    first = Fallen("malam", "DSDA cannot hold a case", AT)
    store.switch_off(1, first)
    store.switch_off(1, replace(first, error="later"))

    assert store.current().fallen == {"malam": first}
    assert store.current().rule_set.off == {"malam": "DSDA cannot hold a case"}
    put_in_force(store, a_version(2))
    assert store.current().fallen == {}


def test_the_history_has_the_newest_versions_first_and_no_more_than_asked_for(store):
    for number in range(1, 13):
        put_in_force(store, a_version(number))

    assert [version.version for version in store.history(3)] == [12, 11, 10]


@pytest.mark.parametrize("deed", ["propose", "decide"])
def test_a_lost_answer_is_no_conflict_with_oneself(wire, deed):
    store = DynamoRules()
    if deed == "decide":
        store.propose(a_version(), store.current())
    before = store.current()
    wire.loses_the_answer_of("TransactWriteItems")

    done = store.propose(a_version(), before) if deed == "propose" else store.decide(approved(a_version()))

    assert done
    assert store.version(1).state == ("open" if deed == "propose" else "approved")


def test_a_store_that_does_not_answer_is_told(wire):
    wire.is_cut("Query")

    with pytest.raises(UnavailableError):
        DynamoRules().current()
