"""A style sheet that comes later, with a map, changes nothing that already stands on the page."""

import re

import pytest

from web.build import WEB

RULE = re.compile(r"([^{}]+)\{[^{}]*\}")
COMMENT = re.compile(r"/\*.*?\*/|@import[^;]*;", re.DOTALL)
OWN = (".map.", ".map ", ".map-", ".leaflet-", ":is(.map, .legend) ")  # the legend stands beside the map


def selectors() -> list[str]:
    """Of map.css, one by one."""
    text = COMMENT.sub("", (WEB / "static" / "css" / "map.css").read_text())
    return [one.strip() for rule in RULE.findall(text) for one in re.split(r",(?![^(]*\))", rule)]


@pytest.mark.parametrize("selector", selectors())
def test_what_comes_with_a_map_styles_the_map_alone(selector: str) -> None:
    assert selector.startswith(OWN)
