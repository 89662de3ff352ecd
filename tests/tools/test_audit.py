"""An audit says what it knows, and as plainly what it does not."""

import json
from typing import Any

import pytest

from tools import audit
from tools.audit import FINE, FOUND, UNKNOWN, Vulnerabilities, Vulnerable, odd_licences, read_vulnerabilities, told

CLEAN = {"name": "pydantic", "version": "2.13.5", "vulns": []}
SKIPPED = {"name": "boto3", "skip_reason": "Dependency not found on PyPI and could not be audited: boto3 (1.43.106)"}
HOLED = {
    "name": "pillow-heif",
    "version": "1.5.0",
    "vulns": [{"id": "CVE-2026-84383", "fix_versions": ["1.7.0"], "aliases": [], "description": "…"}],
}
HOLE = Vulnerable("pillow-heif 1.5.0", ("CVE-2026-84383",), ("1.7.0",))


def output(*packages: dict[str, Any]) -> str:
    return json.dumps({"dependencies": packages, "fixes": []})


@pytest.mark.parametrize(
    ("written", "known"),
    [
        (output(CLEAN, CLEAN), Vulnerabilities((), 2, 0)),
        (output(CLEAN, HOLED), Vulnerabilities((HOLE,), 2, 0)),
        (output(CLEAN, SKIPPED), Vulnerabilities((), 2, 1)),
    ],
)
def test_what_was_skipped_is_not_taken_for_safe(written: str, known: Vulnerabilities) -> None:
    assert read_vulnerabilities(written) == known


@pytest.mark.parametrize("written", ["", "Traceback: ConnectionError", "{}"])
def test_without_an_answer_nothing_is_known_of_any_package(written: str) -> None:
    known = read_vulnerabilities(written)

    assert known.unknown == known.asked > 30


@pytest.mark.parametrize(
    ("known", "line"),
    [
        (Vulnerabilities((), 36, 0), "Vulnerabilities: none known in 36 packages"),
        (Vulnerabilities((), 36, 36), "Vulnerabilities: UNKNOWN of 36 of 36 packages: no database told anything"),
        (Vulnerabilities((HOLE,), 36, 0), "VULNERABLE pillow-heif 1.5.0: CVE-2026-84383; mended in 1.7.0"),
    ],
)
def test_it_is_told_in_a_line(known: Vulnerabilities, line: str) -> None:
    assert next(told(known)) == line


@pytest.mark.parametrize(
    ("written", "licence", "status"),
    [
        (output(CLEAN), "MIT", FINE),
        (output(CLEAN, HOLED), "MIT", FOUND),
        (output(HOLED, SKIPPED), "MIT", FOUND),
        (output(SKIPPED), "MIT", UNKNOWN),
        (output(CLEAN), "GPL-3.0", FOUND),
    ],
)
def test_only_what_is_known_to_be_fine_ends_well(
    written: str, licence: str, status: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    (tmp_path / "pip-audit").touch()
    for name, stand_in in (
        ("TOOLS", tmp_path),
        ("_pip_audit", lambda: written),
        ("_licences", lambda: {"pydantic": licence}),
    ):
        monkeypatch.setattr(audit, name, stand_in)

    assert audit.main([]) == status


@pytest.mark.parametrize(
    "licence",
    [
        "MIT",
        "MIT License; MIT No Attribution License (MIT-0)",
        "Apache-2.0 OR BSD-3-Clause",
        "BSD-3-Clause AND 0BSD AND MIT AND Zlib AND CC0-1.0",
        "Mozilla Public License 2.0 (MPL 2.0)",
        "Python Software Foundation License",
        "Apache Software License; BSD License",
    ],
)
def test_a_free_licence_is_known_by_its_names(licence: str) -> None:
    assert list(odd_licences({"a": licence})) == []


@pytest.mark.parametrize(
    "licence",
    ["GPL-2.0-only", "MIT AND GPL-3.0", "GNU Affero General Public License v3", "UNKNOWN", "Other", "MITX", ""],
)
def test_any_other_is_shown(licence: str) -> None:
    assert [line.split(":")[0] for line in odd_licences({"a": licence or "\n"})] == ["  a"]


def test_the_encoder_that_a_wheel_carries_is_shown() -> None:
    assert any("libx265" in line for line in audit.natives())
