"""Words, filters and orders of a list, among what its reader may see."""

from dataclasses import replace

import pytest

from chalicelib.application.reading.lists import worklists
from chalicelib.domain.case.complaint import Summary
from chalicelib.domain.errors import InvalidError, NotAllowedError
from tests.builders import ADMINISTRATOR, CIDENG, COORDINATOR, CREW, HEAD, KEL_GAMBIR, LURAH, SUDIN, VALIDATOR, VIOLENCE
from tests.city_in_memory import CityInMemory, an_action


@pytest.fixture
def city() -> CityInMemory:
    return CityInMemory()


def lodge(city, text="Jalan berlubang di depan pasar", landmark="", photo="", **draft):
    """A report that lists show with these words."""
    number = city.lodge(draft=draft)["number"]
    tell(city, number, summary=Summary(text, landmark, photo))
    return number


def tell(city, number, **differences):
    city.complaints.rows[number] = replace(city.complaints.rows[number], **differences)


def found(city, actor=LURAH, queue="mine", **asked):
    answer = city.worklists.page(city.worklists.permit_list(actor, queue), asked)
    return [item["number"] for item in answer["items"]]


def projects(city, number):
    city.project(number, city.complaints.rows[number].sequence)


def hands_on(city, number):
    city.act(city.open_case.as_staff(number, COORDINATOR), an_action("coordinate", 1, unit=SUDIN))
    projects(city, number)


@pytest.mark.parametrize(
    "words",
    ["pasar", "PASAR lubang", "halte", "  Halte   Monas ", "berlubang halte", "gambir", "ｐａｓａｒ", "pas\u200bar"],
)
def test_a_case_is_found_by_its_words_its_landmark_and_its_place(city, words):
    number = lodge(city, landmark="Halte Monas")
    elsewhere = lodge(city, text="Sampah menumpuk", landmark="Stasiun", category="SAMPAH")
    tell(city, elsewhere, area=CIDENG)

    assert found(city, words=words) == [number]


@pytest.mark.parametrize(
    "spelled", [lambda n: n, lambda n: n[4:8].lower(), lambda n: n.replace("-", " "), lambda n: n[6:11]]
)
def test_a_case_is_found_by_a_part_of_its_number(city, spelled):
    number = lodge(city)

    assert number in found(city, words=spelled(number))


@pytest.mark.parametrize("words", ["kucing", "pasar kucing", "-", "..", "' OR 1=1", "%"])
def test_what_no_case_says_finds_nothing(city, words):
    lodge(city)

    assert found(city, words=words) == []


def test_words_find_nothing_that_the_reader_may_not_see(city):
    number = lodge(city)
    tell(city, number, category=VIOLENCE)

    assert found(city, words="pasar") == []


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({"status": "assigned"}, "accepted"),
        ({"category": "SAMPAH"}, "rubbish"),
        ({"late": "true"}, "late"),
        ({"photo": "true"}, "pictured"),
        ({"photo": "true", "late": "true"}, None),
        ({"photo": "true", "words": " "}, "pictured"),
    ],
    ids=str,
)
def test_a_filter_keeps_what_it_names(city, asked, kept):
    numbers = {"late": lodge(city)}
    city.clock.advance(hours=6, seconds=1)
    numbers |= {"accepted": lodge(city), "rubbish": lodge(city, category="SAMPAH"), "pictured": lodge(city, photo="p")}
    tell(city, numbers["accepted"], status="assigned")

    assert found(city, **asked) == ([numbers[kept]] if kept else [])


def test_what_a_filter_leaves_out_is_the_rest(city):
    late = lodge(city)
    city.clock.advance(hours=6, seconds=1)
    others = {lodge(city), lodge(city)}

    assert set(found(city, late="false")) == others
    assert found(city, late="true") == [late]


def test_a_list_is_sorted_by_age_both_ways(city):
    old = lodge(city)
    city.clock.advance(minutes=1)
    new = lodge(city)
    tell(city, old, clocks=city.complaints.rows[new].clocks)

    assert found(city, sort="age") == [old, new]
    assert found(city, sort="newest") == [new, old]


@pytest.mark.parametrize("asked", [{"sort": "newest"}, {"words": "pasar"}, {"photo": "false", "sort": "age"}], ids=str)
def test_pages_of_what_was_sought_follow_each_other_without_gap_or_repeat(city, asked):
    numbers = {lodge(city) for _ in range(5)}
    seen, cursor = [], None
    for _ in range(3):
        permit = city.worklists.permit_list(LURAH, "mine")
        page = city.worklists.page(permit, {"limit": "2", **asked} | ({"cursor": cursor} if cursor else {}))
        seen += [item["number"] for item in page["items"]]
        cursor = page["next_cursor"]

    assert cursor is None
    assert (len(seen), set(seen)) == (5, numbers)


def test_a_cursor_is_of_one_question(city):
    for _ in range(3):
        lodge(city)
    permit = city.worklists.permit_list(LURAH, "mine")
    cursor = city.worklists.page(permit, {"limit": "1", "words": "pasar"})["next_cursor"]

    with pytest.raises(InvalidError):
        city.worklists.page(permit, {"limit": "1", "words": "halte", "cursor": cursor})


def test_how_far_was_looked_is_said(city, monkeypatch):
    monkeypatch.setattr(worklists, "LOOKED_THROUGH", 3)
    for _ in range(4):
        lodge(city)
    permit = city.worklists.permit_list(LURAH, "mine")

    assert city.worklists.page(permit, {"words": "pasar"})["looked_through"] == {"rows": 3, "all": False, "found": 3}
    assert city.worklists.page(permit, {})["looked_through"] is None


@pytest.mark.parametrize(
    "asked", [{"status": "x"},
        {"status": ""}, {"category": "x"}, {"late": "yes"}, {"photo": "1"}, {"sort": "x"}, {"words": "x" * 201}],
    ids=str,
)  # fmt: skip
def test_a_value_that_there_is_not_is_named(city, asked):
    with pytest.raises(InvalidError) as refused:
        found(city, **asked)

    assert [fault.field for fault in refused.value.errors] == list(asked)


def test_what_stands_under_ones_own_name_is_a_list_of_its_own(city):
    mine, other = lodge(city), lodge(city)
    for number in (mine, other):
        city.act(city.open_case.as_staff(number, COORDINATOR), an_action("coordinate", 1, unit=SUDIN))
    tell(city, mine, assignee=CREW.id)

    assert found(city, CREW, "assigned") == [mine]
    assert set(found(city, CREW)) == {mine, other}


def test_a_lurah_keeps_sight_of_what_was_handed_on(city):
    number = lodge(city)
    hands_on(city, number)

    assert found(city) == []
    assert found(city, queue="others") == [number]
    assert found(city, queue="others", words="pasar") == [number]
    assert found(city, HEAD, "others") == []


def test_what_moved_out_of_sight_since_it_was_filed_is_not_shown(city):
    number = lodge(city)
    hands_on(city, number)
    filed = city.lists.kept[number].filed
    entry = replace(filed.entry, area="31.71.01.1002")
    city.lists.kept[number] = replace(city.lists.kept[number], filed=replace(filed, entry=entry))

    assert found(city, queue="others") == []


def test_ended_cases_stand_for_ninety_days_newest_first(city):
    old = lodge(city)
    city.does(old, LURAH, "reject", reason_code="spam", text="Bukan laporan.")
    projects(city, old)
    city.clock.advance(days=1)
    new = lodge(city)
    city.does(new, LURAH, "reject", reason_code="spam", text="Bukan laporan.")
    projects(city, new)

    assert found(city, queue="done") == [new, old]
    city.clock.advance(days=89, seconds=1)
    assert found(city, queue="done") == [new]


def test_tabs_say_how_many(city):
    late = lodge(city)
    city.clock.advance(hours=6, seconds=1)
    lodge(city)
    tell(city, late, assignee=LURAH.id)
    hands_on(city, lodge(city))

    assert city.worklists.counts(LURAH) == {
        "counts": {"mine": 2, "overdue": 1, "assigned": 1, "others": 1},
        "answered": 0,
    }


def test_more_than_ninety_nine_are_a_hundred(city):
    for _ in range(101):
        lodge(city)

    assert city.worklists.counts(LURAH)["counts"]["mine"] == 100


def test_every_role_counts_its_own_lists(city):
    assert set(city.worklists.counts(VALIDATOR)["counts"]) == {"validation"}
    lists = {"mine", "unlocated", "overdue", "inbox", "assigned", "others"}
    assert set(city.worklists.counts(COORDINATOR)["counts"]) == {*lists, "rules", "rules_off"}
    with pytest.raises(NotAllowedError):
        city.worklists.counts(ADMINISTRATOR)


def flags(city, actor=LURAH):
    permit = city.worklists.permit_list(actor, "mine")
    return city.worklists.page(permit)["items"][0]["flags"]


def test_a_row_says_what_is_special_about_it(city):
    lodge(city, photo="p")
    city.clock.advance(hours=6, seconds=1)

    assert flags(city) == ["late", "photo"]


def test_a_row_says_that_the_reporter_wrote_until_an_officer_replies(city):
    answer = city.lodge()
    city.does(answer["number"], None, "comment", None, secret=answer["secret"], text="Masih ada.")
    assert "answered" in flags(city)
    city.does(answer["number"], LURAH, "comment", None, text="Antar kita.", internal=True)
    assert "answered" in flags(city)

    city.does(answer["number"], LURAH, "comment", None, text="Kami periksa.")

    assert "answered" not in flags(city)


def test_a_list_shows_and_counts_where_the_reporter_wrote(city):
    answer, quiet = city.lodge(), lodge(city)
    city.does(answer["number"], None, "comment", None, secret=answer["secret"], text="Masih ada.")

    assert found(city, answered="true") == [answer["number"]]
    assert found(city, answered="false") == [quiet]
    assert city.worklists.counts(LURAH)["answered"] == 1
    city.does(answer["number"], LURAH, "comment", None, text="Kami periksa.")
    assert city.worklists.counts(LURAH)["answered"] == 0


def test_a_row_no_longer_says_so_once_an_officer_acts(city):
    answer = city.lodge()
    city.does(answer["number"], None, "comment", None, secret=answer["secret"], text="Masih ada.")

    city.does(answer["number"], LURAH, "accept")

    assert city.complaints.rows[answer["number"]].unit == KEL_GAMBIR
    assert "answered" not in flags(city)


def test_a_row_shows_a_picture_once_there_is_one(city):
    number = lodge(city, photo="p")
    other = lodge(city)

    items = {item["number"]: item for item in city.worklists.page(city.worklists.permit_list(LURAH, "mine"))["items"]}

    assert items[number]["thumbnail"] is None
    assert items[other]["photo"] is None
