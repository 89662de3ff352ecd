"""Cases as lines for a sheet: of whose reach, in which pages, and safe to open."""

import csv
import io
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib import data
from chalicelib.application.reading.counting import tally_of
from chalicelib.application.reading.lists import export as export_module
from chalicelib.application.reading.lists.cursors import Cursors
from chalicelib.application.reading.lists.export import HEAD, Export, safe
from chalicelib.application.reading.projection import projection_of
from chalicelib.domain import rights
from chalicelib.domain.case import numbers
from chalicelib.domain.errors import InvalidError, NotAllowedError
from tests.builders import (
    ADMINISTRATOR,
    BUREAU,
    COORDINATOR,
    CREW,
    DESK,
    DSDA,
    ILLEGAL_LEVY,
    INSPECTOR,
    LURAH,
    SUDIN,
    VALIDATOR,
    an_actor,
)
from tests.builders import (
    HEAD as DBM_HEAD,
)
from tests.fakes_public import MemoryPublicLists
from tests.histories import BEGUN, HOUR, a_history

CITY = data.reference()
DONE = (("coordinate", HOUR), ("start", HOUR), ("propose_done", HOUR), ("validate", HOUR))


def export(*histories):
    lists = MemoryPublicLists()
    for history in histories:
        lists.keep(projection_of(history[-1], CITY.categories[history[-1].complaint.category]))
    later = BEGUN + timedelta(days=1)
    return Export(lists, Cursors(lambda: b"key"), CITY, lambda: later)


def lines(text):
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def read(cases, actor, **asked):
    """Every page."""
    text, cursor = cases.page(cases.permit(actor), **asked)
    while cursor:
        more, cursor = cases.page(cases.permit(actor), **asked, cursor=cursor)
        text += more
    return lines(text)


def a_case(bits, steps=(), **facts):
    return a_history(steps, number=numbers.from_bits(bits), **facts)


def test_a_line_says_what_became_of_a_case():
    (line,) = read(export(a_case(1, (*DONE, ("confirm", HOUR)))), COORDINATOR)

    assert line == {
        "nomor": numbers.from_bits(1),
        "diterima": "2026-03-02 08:00",
        "kanal": CITY.channels["WEB"].name_id,
        "kategori": CITY.categories["JLN_LUBANG"].name_id,
        "kelurahan": "Gambir",
        "kecamatan": "Gambir",
        "kota": "Kota Administrasi Jakarta Pusat",
        "unit": "Dinas Bina Marga",
        "unit_pertama": "Kelurahan Gambir",
        "status": "Ditutup",
        "tanggapan_jam": "1.00",
        "tanggapan_terlambat": "tidak",
        "penyelesaian_jam": "3.00",
        "penyelesaian_terlambat": "tidak",
        "dikonfirmasi": "ya",
        "dibuka_kembali": "tidak",
        "muncul_lagi": "tidak",
        "dialihkan": "0",
        "nilai": line["nilai"],
    }


@pytest.mark.parametrize("actor", [LURAH, CREW, DESK, VALIDATOR, ADMINISTRATOR], ids=lambda actor: actor.role)
def test_who_works_single_cases_exports_none(actor):
    with pytest.raises(NotAllowedError):
        export().permit(actor)


def test_a_supervisor_gets_the_cases_of_their_own_opd():
    units = {1: SUDIN, 2: DSDA, 3: "DBM"}
    cases = export(*(a_case(bits, unit=unit) for bits, unit in units.items()))

    assert {line["nomor"] for line in read(cases, DBM_HEAD)} == {numbers.from_bits(1), numbers.from_bits(3)}


REACHING = [COORDINATOR, INSPECTOR, DBM_HEAD, an_actor("opd_supervisor", BUREAU), an_actor("opd_supervisor", "TAMHUT")]


@pytest.mark.parametrize("actor", REACHING, ids=lambda actor: actor.id)
@pytest.mark.parametrize("category", ["JLN_LUBANG", "KDRT", ILLEGAL_LEVY, "PPSU"])
@pytest.mark.parametrize("place", [(-6.1754, 106.8272), None], ids=["placed", "unlocated"])
@pytest.mark.parametrize("unit", [None, SUDIN, BUREAU, "INSPEKTORAT", "TAMHUT"])
def test_the_reach_of_an_export_is_what_its_reader_sees(actor, category, place, unit):
    file = a_case(1, category=category, place=place, unit=unit)[-1]
    tally = tally_of(file, CITY.categories[category])

    reached = rights.is_in_reach(actor, tally.unit, restricted=tally.restricted, reference=CITY)

    assert reached == rights.sees(actor, file.complaint, CITY, BEGUN)


def test_pages_together_hold_every_case_once(monkeypatch):
    monkeypatch.setattr(export_module, "ROWS", 7)
    monkeypatch.setattr(export_module, "PARTS", 5)
    cases = [a_case(bits, at=BEGUN - timedelta(days=bits % 4)) for bits in range(40)]

    found = [line["nomor"] for line in read(export(*cases), INSPECTOR)]

    assert sorted(found) == sorted(numbers.from_bits(bits) for bits in range(40))


def test_only_the_days_that_were_asked_for_are_told():
    cases = export(*(a_case(bits, at=BEGUN - timedelta(days=bits)) for bits in range(5)))

    found = read(cases, INSPECTOR, first="2026-02-27", last="2026-02-28")

    assert [line["diterima"][:10] for line in found] == ["2026-02-28", "2026-02-27"]


def test_the_first_page_holds_the_newest_cases_however_long_the_time(monkeypatch):
    monkeypatch.setattr(export_module, "PARTS", 8)
    cases = export(*(a_case(bits, at=BEGUN - timedelta(days=bits)) for bits in range(5)))

    text, cursor = cases.page(cases.permit(INSPECTOR), first="2026-01-01", last="2026-03-02")

    assert [line["diterima"][:10] for line in lines(text)] == ["2026-03-02"]
    assert cursor


def test_without_a_case_there_is_a_head():
    text, cursor = export().page(export().permit(COORDINATOR), first="2026-03-01", last="2026-03-01")

    assert (text, cursor) == ("\ufeff" + ",".join(HEAD) + "\r\n", None)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"first": "yesterday"}, "from"),
        ({"first": ""}, "from"),
        ({"last": ""}, "to"),
        ({"last": "2026-02-30"}, "to"),
        ({"first": "20260301"}, "from"),
        ({"first": "2026-03-02", "last": "2026-03-01"}, "from"),
        ({"first": "2024-01-01", "last": "2026-03-01"}, "from"),
        ({"first": "2026-W09-1"}, "from"),
        ({"last": "0001-01-01"}, "to"),
        ({"cursor": "x"}, "cursor"),
        ({"cursor": ""}, "cursor"),
    ],
)
def test_a_wrong_question_is_named(asked, field):
    with pytest.raises(InvalidError) as refused:
        export().page(export().permit(COORDINATOR), **asked)

    assert [error.field for error in refused.value.errors] == [field]


def test_the_cursor_of_somebody_else_leads_nowhere(monkeypatch):
    monkeypatch.setattr(export_module, "PARTS", 3)
    _, cursor = export().page(export().permit(COORDINATOR))

    with pytest.raises(InvalidError):
        export().page(export().permit(INSPECTOR), cursor=cursor)


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+62812", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "＝1", "＠a", '=HYPERLINK("x")'],
)
def test_a_cell_that_a_sheet_would_run_is_text(cell):
    assert safe(cell) == f"'{cell}"


@given(st.text(max_size=20))
def test_no_cell_begins_as_a_formula_does(cell):
    assert not safe(cell).strip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


@pytest.mark.parametrize("cell", ["Jalan rusak", "JKT-7K3M-9QXR-B", "1.50", "", "Kp. Melayu"])
def test_an_ordinary_cell_stays_as_it_is(cell):
    assert safe(cell) == cell
