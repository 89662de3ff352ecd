"""The pages' fields take no more than the API reads: who writes too much sees it while they write."""

from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "web" / "static" / "js"
TYPED = ('type="text"', 'type="tel"', 'type="email"', "type=${type}")  # what is searched in the page itself is not sent


def fields() -> list[tuple[str, str]]:
    """Every field that is typed into and sent, with its module."""
    found = []
    for path in sorted(SCRIPTS.rglob("*.js")):
        tags = path.read_text().split("<")
        areas = [tag for tag in tags if tag.startswith("textarea ")]
        found += [(path.name, tag) for tag in areas + [tag for tag in tags if tag.startswith("input ") and typed(tag)]]
    return found


def typed(tag: str) -> bool:
    return "combobox" not in tag and 'name="number"' not in tag and any(kind in tag for kind in TYPED)


@pytest.mark.parametrize(("module", "tag"), fields(), ids=lambda value: value[:40])
def test_a_field_takes_no_more_than_is_read(module: str, tag: str) -> None:
    assert "maxlength" in tag, module


def test_there_are_such_fields() -> None:
    assert len(fields()) > 15
