"""Kelurahan are found as people write them: short, joined, misspelt, turned round, by an alias, inside a sentence."""

import csv
from pathlib import Path

import pytest

from chalicelib import data
from chalicelib.domain.place.area_names import find_areas

NAMES = data.area_names()
AREAS = data.reference().areas


def rows() -> list[dict[str, str]]:
    with (Path(__file__).parents[1] / "data" / "kelurahan_as_written.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def found(text: str) -> list[str]:
    return [AREAS[match.area].name for match in find_areas(text, NAMES)]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["written"])
def test_a_kelurahan_as_people_write_it(row: dict[str, str]) -> None:
    """`tests/data/kelurahan_as_written.csv`: a new line needs no code."""
    assert row["kelurahan"] in found(row["written"])[:8]


@pytest.mark.parametrize("area", AREAS.values(), ids=lambda area: area.code)
def test_its_own_name_finds_it_first_however_it_is_cased_and_joined(area) -> None:
    for text in (area.name, area.name.upper(), f" kel. {area.name} ", area.name.replace(" ", "")):
        assert found(text)[0] == area.name, text


@pytest.mark.parametrize("area", AREAS.values(), ids=lambda area: area.code)
def test_the_whole_address_is_sure(area) -> None:
    kota = area.kota.replace("Kabupaten Administrasi ", "")

    first = find_areas(f"Kel. {area.name}, Kec. {area.kecamatan}, {kota}", NAMES)[0]

    assert (first.area, first.sure) == (area.code, True)


def test_a_kecamatan_alone_names_all_its_kelurahan() -> None:
    expected = {area.name for area in AREAS.values() if area.kecamatan == "Tebet"}

    assert set(found("kec tebet")) == expected
    assert not any(match.sure for match in find_areas("kec tebet", NAMES))


def test_a_kota_narrows_what_is_found() -> None:
    assert {area.kota_code for area in map(AREAS.get, [m.area for m in find_areas("kuningan jaksel", NAMES)])} == {
        "31.74"
    }


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("Lapor pak, lampu jalan di Jl. Tebet Timur Dalam sudah mati tiga hari", "Tebet Timur"),
        ("Saya warga Kel. Jati RT 09, mohon fogging karena banyak yang sakit", "Jati"),
        ("di kp melayu dekat stasiun banyak sampah menumpuk sejak kemarin pagi", "Kampung Melayu"),
        ("sampah di gang baru Kampung Rawa tolong diangkut ya pak sudah lama", "Kampung Rawa"),
    ],
)
def test_a_message_that_names_one_kelurahan_is_sure(text: str, area: str) -> None:
    first = find_areas(text, NAMES)[0]

    assert (AREAS[first.area].name, first.sure) == (area, True)


@pytest.mark.parametrize(
    "text",
    [
        "air mati di Pondok Kopi dan Duren Sawit sejak tadi pagi sampai malam",
        "jalan di gang baru tengah malam gelap sekali tolong pasang lampu",
        "kuningan",
        "blok m",
    ],
)
def test_what_may_mean_several_is_not_sure(text: str) -> None:
    assert not any(match.sure for match in find_areas(text, NAMES))


@pytest.mark.parametrize("text", ["", "?", "jakarta", "RT 05", "Jl.", "zzzz", "12345"])
def test_what_names_no_place_finds_none(text: str) -> None:
    assert find_areas(text, NAMES) == ()
