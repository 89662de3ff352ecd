"""A complaint number that anybody reads here, in a page, a document or a test, is one that the city would take."""

import re
import subprocess
from pathlib import Path

import pytest

from chalicelib.domain.case import numbers
from chalicelib.domain.errors import Refusal
from tools.deployment.package import ROOT

WRITTEN = re.compile(r"JKT[- ][0-9A-Z]{4}[- ][0-9A-Z]{4}[- ][0-9A-Z](?![0-9A-Z])", re.IGNORECASE)
WRONG_ON_PURPOSE = {
    "JKT-XXXX-XXXX-C": "the form of a number",
    "JKT-0000-0000-1": "mistyped: what a person is told",
    "JKT-0000-0000-9": "mistyped: what a page says",
}
SPELLINGS = {"tests/data/spellings_of_numbers.json"}  # right and wrong ones, each with what is made of it
TRACKED = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split("\n")


def written() -> dict[str, set[str]]:
    """Every number by the files that write it."""
    places: dict[str, set[str]] = {}
    for name in filter(None, set(TRACKED) - SPELLINGS):
        for number in WRITTEN.findall((ROOT / name).read_bytes().decode("utf-8", "replace")):
            places.setdefault(number.upper().replace(" ", "-"), set()).add(name)
    return places


def is_taken(number: str) -> bool:
    try:
        return numbers.read(number) == number
    except Refusal:
        return False


def test_every_number_in_the_project_has_its_right_check_character_or_is_wrong_on_purpose() -> None:
    wrong = {number: files for number, files in written().items() if not is_taken(number)}

    assert {number: files for number, files in wrong.items() if number not in WRONG_ON_PURPOSE} == {}


def test_what_is_wrong_on_purpose_is_wrong_and_still_written_somewhere() -> None:
    here = str(Path(__file__).resolve().relative_to(ROOT))
    elsewhere = {number for number, files in written().items() if files - {here}}

    assert elsewhere >= set(WRONG_ON_PURPOSE)
    assert not any(map(is_taken, WRONG_ON_PURPOSE))


@pytest.mark.parametrize("page", ["web/i18n/id/case.json", "web/i18n/en/case.json", "docs/api/openapi.json"])
def test_the_look_at_files_sees_the_example_that_people_read(page: str) -> None:
    assert page in written()["JKT-7K3M-9QXR-B"]
