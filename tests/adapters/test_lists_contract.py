"""One contract for the public lists, the figures and their rebuilding: the fake in memory, DynamoDB played here, and a
city. On the city `project` writes them, the API reads them, and the operator rebuilds them. Figures count everything
and a set that is served is everybody's: so that city is this module's own, and each test begins with an empty set."""

import json
import random
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pynamodb.exceptions import CancellationReason, TransactWriteError, VerboseClientError

from bench.played import played
from chalicelib import data
from chalicelib.adapters.aws.signature import AccessKeys
from chalicelib.adapters.clients import Clients
from chalicelib.adapters.dynamodb import raw
from chalicelib.adapters.dynamodb import rows as models
from chalicelib.adapters.dynamodb.keys import shard
from chalicelib.adapters.dynamodb.public import lists as module
from chalicelib.adapters.dynamodb.public import public_rows
from chalicelib.adapters.dynamodb.public.figures import DynamoFigures
from chalicelib.adapters.dynamodb.public.generations import DynamoGenerations
from chalicelib.adapters.dynamodb.public.lists import DynamoPublicLists
from chalicelib.application.ports.cases import LostRaceError
from chalicelib.application.reading.projection import Project, projection_of
from chalicelib.application.reading.rebuilding import rebuild
from chalicelib.domain.calendar import WIB
from chalicelib.domain.case import numbers
from chalicelib.domain.case.figures import total
from chalicelib.domain.errors import UnavailableError
from chalicelib.domain.place.grid import Box
from tests.adapters.conftest import EVERYWHERE, kept_binding
from tests.adapters.roles import OPERATOR, By, Roles
from tests.builders import KEL_GAMBIR, MONAS, NUMBER
from tests.city import standing
from tests.fakes_public import CaseFiles, MemoryPublicLists
from tests.histories import BEGUN, HOUR, a_history, grown
from tools.deployment.package import ROOT
from tools.infra import cfn_yaml

CATEGORIES = data.reference().categories
AROUND_MONAS = Box(106.82, -6.18, 106.83, -6.17)
JAKARTA = Box(106.5, -6.5, 107.0, -6.0)
DONE = (("coordinate", HOUR), ("start", HOUR), ("propose_done", HOUR), ("validate", HOUR))


def empty_table():
    """The template's table anew, under the name that the rows are bound to."""
    import boto3

    client = boto3.client("dynamodb", region_name="ap-southeast-3")
    name = raw.table_name()
    if name in client.list_tables()["TableNames"]:
        client.delete_table(TableName=name)
    asked = cfn_yaml.read(ROOT / "infra/data.yaml")["Resources"]["ComplaintsTable"]["Properties"]
    parts = ("BillingMode", "AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes")
    client.create_table(TableName=name, **{part: asked[part] for part in parts})
    return client


@pytest.fixture(scope="module")
def cloud():
    from moto import mock_aws

    clients = Clients(region="ap-southeast-3", keys=AccessKeys("testing", "testing"))
    with mock_aws(), played(), kept_binding():
        models.bind(table_name=raw.table_name(), client=lambda: clients.dynamodb)
        yield


class DynamoLists(DynamoPublicLists, DynamoFigures, DynamoGenerations):
    """All parts of the adapter, as the fake has them."""

    def __init__(self, **how):
        super().__init__(**how)
        empty_table()


class CityLists:
    """All parts, each call by who makes it."""

    def __init__(self, become):
        self._lists = By(become, "lists", "api", keep="project", keep_together="project")
        self._figures = By(become, "figures", "api")
        self._sets = By(become, "generations", OPERATOR)
        self.serve(self.begin())
        self.discard_others()

    def __getattr__(self, method):
        parts = {DynamoGenerations: self._sets, DynamoFigures: self._figures}
        return getattr(next((p for kind, p in parts.items() if hasattr(kind, method)), self._lists), method)


@pytest.fixture(scope="module")
def own_roles(tmp_path_factory):
    with standing(tmp_path_factory.mktemp("lists"), WEB="0") as (_, own_city):
        yield Roles(own_city)


@pytest.fixture
def on_its_city(own_roles):
    with kept_binding():
        yield partial(CityLists, own_roles)


@pytest.fixture(params=EVERYWHERE)
def new_lists(request):
    if request.param == "city":
        return request.getfixturevalue("on_its_city")
    if request.param == "memory":
        return MemoryPublicLists
    request.getfixturevalue("cloud")
    return DynamoLists


@pytest.fixture
def lists(new_lists):
    return new_lists()


def projection(*steps, **facts):
    file = a_history(steps, **facts)[-1]
    return projection_of(file, CATEGORIES[file.complaint.category])


def test_a_kept_case_is_near_in_the_box_and_counted(lists):
    kept = projection()

    assert lists.keep(kept)
    assert [kept.listed] == lists.nearby(AROUND_MONAS, "JLN_LUBANG") == lists.cases(AROUND_MONAS)
    assert (counts(lists)["received"], counts(lists)["open"]) == (1, 1)


def test_the_same_event_twice_counts_once(lists):
    lists.keep(projection())
    before = answers(lists)

    assert not lists.keep(projection())
    assert before == answers(lists)


def test_an_older_event_told_late_changes_nothing(lists):
    lists.keep(projection(*DONE))

    assert not lists.keep(projection())
    assert lists.cases(AROUND_MONAS) == []
    assert "open" not in counts(lists)


def test_a_case_that_ended_leaves_cells_clusters_and_the_open_ones(lists):
    lists.keep(projection())
    lists.keep(projection(*DONE))

    assert (lists.cases(AROUND_MONAS), lists.clusters(JAKARTA), lists.oldest_open()) == ([], [], None)
    assert counts(lists) == SOLVED


def test_what_the_rules_were_asked_of_a_case_is_found_by_its_day(lists):
    kept = projection()
    kept = replace(kept, routed=replace(kept.routed, answers={"BLOCKS_ROAD": ("all",)}))
    day = f"{kept.routed.at.astimezone(WIB):%Y-%m-%d}"

    lists.keep(kept)

    assert (lists.routed(day, 10), lists.routed(day, 1), lists.routed("2026-01-01", 10)) == ([kept.routed],) * 2 + ([],)


def test_another_category_in_the_same_cell_is_not_near(lists):
    lists.keep(projection(category="JLN_AMBLAS"))

    assert lists.nearby(AROUND_MONAS, "JLN_LUBANG") == []


def test_a_box_shows_nothing_that_lies_beside_it_in_the_same_cell(lists):
    lists.keep(projection())

    assert lists.cases(Box(106.8273, -6.18, 106.83, -6.17)) == []


@pytest.mark.parametrize("box", [JAKARTA, Box(106.75, -6.25, 106.9, -6.1)], ids=["coarse", "fine"])
def test_a_cluster_stands_at_the_mean_of_its_cases(lists, box):
    for bits, lon in enumerate((106.8210, 106.8230)):
        lists.keep(projection(number=numbers.from_bits(bits), place=(-6.1750, lon)))

    (cluster,) = lists.clusters(box)

    assert cluster.count == 2
    assert pytest.approx(cluster.place) == (-6.1750, 106.8220)


def test_the_oldest_open_case_is_found_over_all_shards(lists):
    ages = {numbers.from_bits(bits): BEGUN - timedelta(days=bits * 7 % 20) for bits in range(20)}
    for number, at in ages.items():
        lists.keep(projection(number=number, at=at))

    oldest = lists.oldest_open()

    assert (min(ages.values()), min(ages, key=ages.get)) == (oldest.received_at, oldest.number)


def test_overdue_cases_come_longest_past_first_and_page_after_page(lists):
    for bits in range(12):
        late = projection(
            ("breach", 7 * HOUR), number=numbers.from_bits(bits), at=BEGUN + timedelta(hours=bits * 5 % 12)
        )
        lists.keep(late)

    whole = lists.overdue(None, 50)
    first = lists.overdue(None, 5)
    rest = lists.overdue(first[-1].position, 50)

    assert len(whole) == 12
    assert sorted(whole, key=lambda entry: (entry.due, entry.number)) == whole == first + rest


def test_an_overdue_case_that_was_answered_leaves_the_list(lists):
    lists.keep(projection(("breach", 7 * HOUR)))
    lists.keep(projection(("breach", 7 * HOUR), ("accept", 1)))

    assert lists.overdue(None, 50) == []


EVER = BEGUN - timedelta(days=1)


def filed(lists, name="others", units=(KEL_GAMBIR,), *, since=EVER, after=None, limit=50):
    return lists.filed(name, units, since=since, after=after, limit=limit)


def test_what_waits_for_others_is_on_the_list_of_its_units_until_it_is_done(lists):
    lists.keep(projection(("coordinate", HOUR)))
    (entry,) = filed(lists)
    assert (entry.number, entry.status, entry.due > 0) == (NUMBER, "coordinated", True)
    assert filed(lists, units=("KEL_31.71.01.1002",)) == filed(lists, "done") == []

    lists.keep(projection(*DONE))

    assert filed(lists) == []
    assert [entry.number for entry in filed(lists, "done")] == [NUMBER]


def test_a_case_of_two_units_is_shown_once_to_who_reads_both(lists):
    lists.keep(projection(*DONE))
    holder = filed(lists, "done")[0].unit

    assert holder != KEL_GAMBIR
    assert len(filed(lists, "done", units=(holder,))) == 1
    assert len(filed(lists, "done", units=(KEL_GAMBIR, holder))) == 1


def test_filed_cases_come_newest_first_page_after_page_and_not_from_before_a_time(lists):
    begun = {numbers.from_bits(bits): BEGUN + timedelta(hours=bits * 5 % 12) for bits in range(12)}
    for number, at in begun.items():
        lists.keep(projection(("coordinate", HOUR), number=number, at=at))
    newest = sorted(begun, key=begun.get, reverse=True)

    first = filed(lists, limit=5)
    rest = filed(lists, after=first[-1].position)
    decided = BEGUN + timedelta(hours=6, seconds=HOUR)

    assert [entry.number for entry in (*first, *rest)] == newest
    assert [entry.number for entry in filed(lists, since=decided)] == [
        n for n in newest if begun[n] >= BEGUN + timedelta(hours=6)
    ]


def test_durations_come_out_as_a_distribution(lists):
    for bits in range(10):
        lists.keep(projection(("accept", (bits + 1) * 600), number=numbers.from_bits(bits)))

    measured = lists.days("2026-03-02")["2026-03-02"].times("coordination", BEGUN)

    assert (measured.counted, measured.mean) == (10, 3300)
    assert pytest.approx([measured.quantile(0.5), measured.quantile(0.9)], rel=0.05) == [3000, 5400]


def several(*steps, cases=12):
    """Cases of different places and days."""
    places = [(MONAS[0] + bits * 0.003, MONAS[1]) for bits in range(cases)]
    days = [BEGUN - timedelta(days=bits % 3) for bits in range(cases)]
    facts = zip(map(numbers.from_bits, range(cases)), places, days, strict=True)
    return [projection(*steps, number=number, place=place, at=at) for number, place, at in facts]


@pytest.mark.parametrize("cases", [1, 12, 40])
def test_cases_kept_together_count_as_each_by_itself(lists, cases):
    oracle = MemoryPublicLists()
    for steps in ((), DONE[:1], DONE):
        told = several(*steps, cases=cases)

        assert lists.keep_together(told) == {one.number: True for one in told}
        for one in told:
            oracle.keep(one)

    assert answers(oracle) == answers(lists)


def test_of_cases_kept_together_an_old_event_changes_nothing(lists):
    told = several(*DONE, cases=3)
    lists.keep(told[0])

    assert lists.keep_together([projection(number=told[0].number), *told[1:]]) == {
        told[0].number: False,
        told[1].number: True,
        told[2].number: True,
    }
    assert counts(lists)["done"] == 3


def test_a_new_set_is_built_beside_the_one_that_is_read(lists):
    lists.keep(projection())
    generation = lists.begin()

    lists.keep(projection())
    assert [case.number for case in lists.cases(AROUND_MONAS)] == [NUMBER]

    lists.serve(generation)
    lists.discard_others()
    assert [case.number for case in lists.cases(AROUND_MONAS)] == [NUMBER]
    assert counts(lists)["received"] == 1


def test_what_is_told_while_a_new_set_is_built_stands_in_both(lists):
    lists.keep(projection())
    generation = lists.begin()

    lists.keep(projection(*DONE))

    assert counts(lists)["done"] == 1
    lists.serve(generation)
    assert counts(lists) == SOLVED


def lived(chooser, number):
    """A whole history: every step makes sense after the one before."""
    place = (MONAS[0] + chooser.randrange(60) / 1e4, MONAS[1] + chooser.randrange(60) / 1e4)
    about = {
        "category": chooser.choice(["JLN_LUBANG", "JLN_AMBLAS"]),
        "visibility": chooser.choice(["public", "public", "private"]),
        "reachable": chooser.choice([True, False]),
    }
    return grown(chooser, chooser.randrange(14), number=number, place=place, **about)


def answers(lists):
    def by_number(cases):
        return sorted(cases, key=lambda case: case.number)

    clusters = sorted((c.count, round(c.place[0], 6), round(c.place[1], 6)) for c in lists.clusters(JAKARTA))
    listed = by_number(lists.cases(Box(106.82, -6.18, 106.84, -6.165)))
    units = (KEL_GAMBIR, "DBM", "DBM.31.71", "BIRO_PEM")
    kept = [filed(lists, name, units) for name in ("others", "done")]
    return figures(lists), listed, clusters, lists.overdue(None, 100), lists.oldest_open(), kept


def figures(lists):
    """All counters, without those in which nothing is left."""
    every = {dimension: lists.by(dimension, ["2026-03", "2026-02"]) for dimension in ("unit", "area", "category")}
    every |= {"channel": lists.channels(), "day": lists.days("2026-03-01")}
    return {name: {key: one for key, one in found.items() if one != total([])} for name, found in every.items()}


def counts(lists):
    return total(lists.channels().values()).counts


SOLVED = {
    "received": 1,
    "done": 1,
    "asked": 1,
    "answered": 1,
    "answered_in_time": 1,
    "solved": 1,
    "solved_in_time": 1,
}


def live(lists, histories, chooser):
    """Every event told at least once, in any order, each when its case stands at that event or any later one."""
    complaints = CaseFiles()
    project = Project(complaints=complaints, lists=lists, categories=CATEGORIES)
    told = [(file.complaint.number, index) for history in histories for index, file in enumerate(history)]
    told += chooser.sample(told, len(told) // 2)
    chooser.shuffle(told)
    by_number = {history[0].complaint.number: history for history in histories}
    stands = dict.fromkeys(by_number, 0)
    for number, index in told:
        newest = len(by_number[number]) - 1
        stands[number] = max(stands[number], chooser.randint(index, newest))
        complaints.files[number] = by_number[number][stands[number]]
        project(number, by_number[number][index].complaint.sequence)
    for number, history in by_number.items():
        complaints.files[number] = history[-1]
        project(number, history[-1].complaint.sequence)
    return complaints, project


@given(seed=st.integers(0, 2**32))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_rebuild_gives_what_events_told_in_any_order_gave(new_lists, seed):
    chooser = random.Random(seed)
    histories = [lived(chooser, numbers.from_bits(bits)) for bits in range(chooser.randrange(1, 7))]
    lists, oracle = new_lists(), MemoryPublicLists()
    complaints, project = live(lists, histories, chooser)
    told = answers(lists)

    cases = rebuild(complaints=complaints, generations=lists, project=project)
    for history in histories:
        oracle.keep(projection_of(history[-1], CATEGORIES[history[-1].complaint.category]))

    assert len(histories) == cases
    assert answers(oracle) == told == answers(lists)
    lists.discard_others()
    assert answers(lists) == told


def test_reading_scans_nothing(cloud, monkeypatch):
    lists, called = DynamoLists(), []
    lists.keep(projection())
    inner = raw.call
    monkeypatch.setattr(raw, "call", lambda operation, request: called.append(operation) or inner(operation, request))

    lists.nearby(AROUND_MONAS, "JLN_LUBANG")
    lists.clusters(JAKARTA)
    lists.overdue(None, 50)
    figures(lists)
    filed(lists)
    lists.oldest_open()

    assert {"GetItem", "Query"} == set(called)


def test_a_row_that_did_not_change_is_not_written_again(cloud):
    lists = DynamoLists()
    lists.keep(projection())
    written = []
    inner = raw.connection().client._make_api_call

    def watched(operation, request):
        written.extend(request.get("TransactItems", []))
        return inner(operation, request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(raw.connection().client, "_make_api_call", watched)
        lists.keep(projection(("comment", 1)))

    kinds = [item["Put"]["Item"]["pk"]["S"].split("#")[1] for item in written]
    assert kinds == ["KEPT", "TOLD"]  # the comment is news


def test_a_marker_with_the_checksums_of_lines_is_read_and_none_of_its_lines_is_written_again(cloud):
    lists = DynamoLists()
    lists.keep(projection(*DONE[:2]))
    marker = raw.get(*public_rows.marker(1, projection()), consistent=True)
    rows = {name: mark or 3400845652 for name, mark in json.loads(marker["rows"]).items()}
    former = marker | {"rows": json.dumps(rows)}
    raw.call("PutItem", {"Item": raw.typed(former)})

    items = transaction(lists, [projection(*DONE[:3])])

    lines = [item["Put"]["Item"]["sk"]["S"] for item in items if "Put" in item and is_line(item["Put"]["Item"])]
    assert [line.rpartition("#")[2] for line in lines] == ["000004"]


def is_line(item):
    return "#TOLD#" in item["pk"]["S"]


def test_lines_of_a_case_that_is_hidden_leave_with_it(cloud):
    lists = DynamoLists()
    shown = projection(*DONE[:2])
    lists.keep(shown)
    hidden = replace(shown, sequence=shown.sequence + 1, listed=None, dated=None, lines=())

    lists.keep(hidden)

    assert raw.page("G1#TOLD#202603") == []


@contextmanager
def transactions_cancelled(code):
    """Each transaction meanwhile is cancelled for this reason."""

    def cancels(*requests):
        raise cancelled(code)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(raw.connection(), "transact_write_items", cancels)
        yield


def cancelled(*codes):
    reasons = [CancellationReason(code=code) if code else None for code in codes]
    cause = VerboseClientError(
        {"Error": {"Code": "TransactionCanceledException"}}, "", {}, cancellation_reasons=reasons
    )
    return TransactWriteError("cancelled", cause)


@pytest.mark.parametrize("why", ["ConditionalCheckFailed", "TransactionConflict"])
def test_a_transaction_that_met_another_is_tried_again(cloud, why):
    lists, refusals = DynamoLists(), [cancelled(None, why)]
    inner = raw.connection().transact_write_items

    def once_refused(*requests):
        if refusals:
            raise refusals.pop()
        return inner(*requests)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(raw.connection(), "transact_write_items", once_refused)

        assert lists.keep(projection())
    assert counts(lists)["received"] == 1


def test_a_transaction_that_meets_others_all_the_time_leaves_the_message_in_its_queue(cloud):
    lists = DynamoLists()

    with transactions_cancelled("TransactionConflict"), pytest.raises(LostRaceError):
        lists.keep(projection())


def test_cases_kept_together_that_meet_another_transaction_are_left_to_be_kept_by_themselves(cloud):
    lists = DynamoLists()

    with transactions_cancelled("TransactionConflict"):
        assert lists.keep_together(several(cases=3)) == {}
    assert counts(lists) == {}


class Killed(BaseException):
    """What no handler catches, as SIGKILL."""


def killed_at(call, *, after):
    """Dies at this call of the store, before it arrives or after it is done. Whether it came so far."""
    inner, left = raw.connection().dispatch, [call]

    def dispatch(operation, request):
        left[0] -= 1
        if left[0] == 0 and not after:
            raise Killed
        answer = inner(operation, request)
        if left[0] == 0:
            raise Killed
        return answer

    return dispatch


def batch(lists, told):
    """As `project` keeps a batch; what is left out goes by itself."""
    kept = lists.keep_together(told)
    for one in told:
        if one.number not in kept:
            lists.keep(one)


@pytest.mark.parametrize("after", [False, True], ids=["before it arrived", "after it was done"])
@pytest.mark.parametrize("call", range(1, 4))
def test_a_batch_whose_worker_is_killed_at_any_call_is_kept_once_when_it_comes_again(cloud, monkeypatch, call, after):
    monkeypatch.setattr(module, "MOST_AT_ONCE", 40)  # a batch of a read and two transactions
    lists, oracle = DynamoLists(), MemoryPublicLists()
    lists.keep(several(cases=6)[0])
    told = several(("coordinate", HOUR), cases=6)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(raw.connection(), "dispatch", killed_at(call, after=after))
        with pytest.raises(Killed):
            batch(lists, told)
    for one in told:
        oracle.keep(one)
    batch(DynamoPublicLists(), told)

    assert answers(lists) == answers(oracle)


def test_a_batch_reads_where_it_writes_and_what_stood_there_in_one_call(cloud, monkeypatch):
    lists, called = DynamoLists(), []
    inner = raw.connection().dispatch
    monkeypatch.setattr(
        raw.connection(), "dispatch", lambda operation, request: called.append(operation) or inner(operation, request)
    )

    lists.keep_together(several(cases=3))
    lists.keep(projection(*DONE))

    assert called == ["BatchGetItem", "TransactWriteItems"] * 2


def test_a_worker_that_was_there_before_a_rebuild_writes_both_sets_and_then_the_new_one(cloud):
    lists, worker = DynamoLists(), DynamoPublicLists()
    worker.keep(projection())
    generation = lists.begin()
    worker.keep(projection(("coordinate", HOUR)))
    assert lists.keep_together([]) == {}

    lists.serve(generation)
    worker.keep(projection(*DONE))
    lists.discard_others()

    assert counts(lists) == SOLVED


def test_ten_reports_of_one_flood_are_written_for_less_than_seven_by_themselves(cloud):
    """What they add to the same counters is written once."""
    lists = DynamoLists()
    rows = [len(transaction(lists, [one])) for one in several(cases=10)]
    lists = DynamoLists()

    assert len(transaction(lists, several(cases=10))) < 0.7 * sum(rows)


def transaction(lists, told):
    """The items that were written."""
    written = []
    inner = raw.connection().client._make_api_call

    def watched(operation, request):
        written.extend(request.get("TransactItems", []))
        return inner(operation, request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(raw.connection().client, "_make_api_call", watched)
        lists.keep_together(told)
    return written


def test_the_figures_of_sixty_cases_are_read_from_as_many_rows_as_those_of_three(cloud, monkeypatch):
    lists, read = DynamoLists(), []
    inner = raw.page
    monkeypatch.setattr(raw, "page", lambda *at, **how: read.append(page := inner(*at, **how)) or page)

    def rows_read():
        read.clear()
        figures(lists)
        lists.oldest_open()
        return sum(map(len, read))

    lists.keep_together([projection(number=numbers.from_bits(bits)) for bits in range(8)])
    of_few = rows_read()
    lists.keep_together([projection(number=numbers.from_bits(bits)) for bits in range(8, 60)])

    assert rows_read() <= of_few + 8  # the oldest case of each shard
    assert counts(lists)["received"] == 60


def test_a_figure_is_spread_only_where_transactions_meet(cloud):
    lists, refusals = DynamoLists(pause=lambda _: None), [cancelled(None, "TransactionConflict")] * 3
    inner = raw.connection().transact_write_items
    lists.keep(projection())

    def refused(*requests):
        if refusals:
            raise refusals.pop()
        return inner(*requests)

    assert {row["sk"].rpartition("#")[2] for row in raw.page("G1#DAYS")} == {"0"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(raw.connection(), "transact_write_items", refused)
        lists.keep(projection(number=numbers.from_bits(1)))
    assert {row["sk"].rpartition("#")[2] for row in raw.page("G1#DAYS")} == {"0", str(shard(numbers.from_bits(1), 8))}
    assert lists.days("2026-03-02")["2026-03-02"].count("received") == 2


def test_a_store_that_does_not_answer_is_unavailable(cloud):
    lists = DynamoLists()

    with transactions_cancelled("ThrottlingError"), pytest.raises(UnavailableError):
        lists.keep(projection())
