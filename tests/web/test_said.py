"""What people wrote is shown in a direction of its own, and without the signs that turn it."""

import re
from pathlib import Path

import pytest

from chalicelib.domain.text.personal_data import signs
from chalicelib.domain.text.privacy import shown
from tests.node import needs_node
from tests.web.in_node import each_by_page
from web.build import WEB

SCRIPTS = sorted((WEB / "static" / "js").rglob("*.js"))
# A hole of a template that is text, not an attribute, and whose expression names words of people; the city's own
# questions (`word(question.text)`) are none.
BARE = re.compile(r"[>\s]\$\{(?!word\()[^{}`]*\.(?:description|landmark|text|legal_ground)\b[^{}`]*\}")
KEY = re.compile(r'\bt\("[^"]*"')  # names a text of the page's own


def bare_in(source: str) -> list[str]:
    return [found[0] for found in BARE.finditer(KEY.sub("t(", source))]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: str(path.relative_to(WEB)))
def test_words_of_people_stand_nowhere_without_their_frame(path: Path) -> None:
    assert bare_in(path.read_text()) == []


@pytest.mark.parametrize(
    ("template", "bare"),
    [
        ("<p>${view.description}</p>", True),
        ('<p class="said">${line.text}</p>', True),
        ("<p>Patokan: ${view.landmark}</p>", True),
        ("<p><${Said} text=${line.text} /></p>", False),
        ("<dt>${word(question.text)}</dt>", False),
        ("<textarea value=${draft.description}></textarea>", False),
        ('<p>${t("track.description")}</p>', False),
    ],
)
def test_the_look_for_bare_words_sees_them(template: str, bare: bool) -> None:
    assert bool(bare_in(template)) == bare


@needs_node
def test_page_and_city_take_the_same_signs_out() -> None:
    texts = [*(f"a{chr(code)}b" for code in range(0x2000, 0x2070)), "".join(map(chr, signs.TURNING)), "محمد", ""]

    assert each_by_page("spelling.js", "plainly", texts) == [shown(text) for text in texts]
