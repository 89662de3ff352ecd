"""Addresses that messengers cut or mangle."""

import re
from pathlib import Path

import pytest

from tests.node import needs_node
from tests.web.in_node import each_by_page
from web.build import WEB

SCRIPTS = sorted((WEB / "static" / "js").rglob("*.js"))
THROWING = re.compile(r"\b(?:decodeURIComponent|decodeURI|unescape)\b")
FRAGMENT_READ = re.compile(r"\blocation\.hash\b(?!\s*=[^=])")
PASSES_IT_ON = ("view.js", "console.js")  # the link to the other language takes the fragment as it is
READ = [
    ("", ""),
    ("JKT-7K3M-9QXR-B", "JKT-7K3M-9QXR-B"),
    ("JKT%2D7K3M%2d9QXR%2DB", "JKT-7K3M-9QXR-B"),
    ("jalan%20rusak", "jalan rusak"),
    ("%E2%80%93", "–"),
    ("%F0%9F%98%80", "😀"),
    ("%25", "%"),
    ("%", "%"),
    ("100%", "100%"),
    ("%E0%A4%A", "%E0%A4%A"),
    ("%E0%A4", "%E0%A4"),
    ("%GG", "%GG"),
    ("%C0%80", "%C0%80"),
    ("%ED%A0%80", "%ED%A0%80"),
    ("JKT-7K3M-9QXR-B~%", "JKT-7K3M-9QXR-B~%"),
    ("a%20b%FFc%20d", "a b%FFc d"),
]


@needs_node
def test_a_mangled_address_is_read_as_far_as_it_goes() -> None:
    assert each_by_page("address.js", "decoded", [text for text, _ in READ]) == [read for _, read in READ]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: str(path.relative_to(WEB)))
def test_no_other_module_decodes_an_address(path: Path) -> None:
    text = path.read_text()

    assert path.name == "address.js" or not THROWING.search(text), "use decoded() or fragment() of address.js"
    assert path.name in ("address.js", *PASSES_IT_ON) or not FRAGMENT_READ.search(text), "use fragment() of address.js"
