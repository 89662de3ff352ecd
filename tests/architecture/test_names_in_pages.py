"""What a page writes as code is in the repository: files, folders, functions, settings, lines of the log."""

import re
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.architecture.test_words import PAGES, TRACKED
from tools.deployment.package import ROOT

OF_NOW = [page for page in PAGES if page != "CHANGELOG.md"]  # the changelog names what was
SPAN = re.compile(r"`([^`\n]+)`")
FILE = re.compile(r"(?<![\w./:<>*-])(?:[\w.<>*-]+/)*[\w.<>*-]+\.(?:py|js|json|yaml|toml|csv|mk|md|html|css|txt)(?!\w)")
NAME = re.compile(r"(?<![\w-])(?:[a-z][a-z0-9]*(?:_[a-z0-9]+)+|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?!\w)")
ENDINGS = {tracked.split("/", cut)[-1] for tracked in TRACKED for cut in range(tracked.count("/") + 1)}
FLOWCHART = re.compile(r"```mermaid\nflowchart.*?```", re.DOTALL)
NODE = re.compile(r"(?<![\w-])(\w+)[\[(]")
MADE = {
    "areas.json": "a city imports it",
    "build/calls.txt": "a run of the tests writes it",
    "shared.js": "an older form of a joined module",
    "atlas.json": "the build of the pages writes it",
    "people.csv": "the operator's own",
    "requests.csv": "an address of Open311 that is refused",
}
OF_OTHERS = {
    **dict.fromkeys(("whatsapp_business_messaging", "pages_messaging", "pages_manage_engagement"), "Meta's"),
    **dict.fromkeys(("pages_read_engagement", "instagram_manage_messages", "instagram_manage_comments"), "Meta's"),
    **dict.fromkeys(("generate_presigned_post", "generate_presigned_url", "AWS_CA_BUNDLE"), "botocore's"),
    "reducing_gap": "Pillow's",
    "botocore_client": "a reader's own",
    "many_rows": "the middle of a test's name",
}


def spans(page: str, pattern: re.Pattern[str]) -> list[str]:
    """What the page writes as code and the pattern finds there."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return [found for span in SPAN.findall(text) for found in pattern.findall(span)]


def is_tracked(name: str) -> bool:
    """Whether a file has this path, or ends with it; `<stage>` and `*` stand for any name."""
    pattern = re.sub(r"<[^>]*>", "*", name)
    return pattern in ENDINGS or ("*" in pattern and any(fnmatch(ending, pattern) for ending in ENDINGS))


def sources() -> Iterator[str]:
    """All text of the repository that is no page and no list of pins."""
    for name in TRACKED:
        path = ROOT / name
        if path.suffix in {".py", ".js", ".json", ".yaml", ".toml", ".csv", ".mk", ".html", ""} and path.is_file():
            yield path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def known() -> set[str]:
    """Every word of the sources, and the endings that a name gets where it is composed (`f"{name}_final"`)."""
    here = f"tests/architecture/{Path(__file__).name}"
    text = "\n".join([*sources(), *(Path(name).stem for name in TRACKED if name != here)])
    text = text.replace((ROOT / here).read_text(encoding="utf-8"), "")
    return {*re.findall(r"\w+", text), *re.findall(r"\}_\w+", text)}


def is_known(name: str, known: set[str]) -> bool:
    parts = name.split("_")
    composed = (("_".join(parts[:cut]), "}_" + "_".join(parts[cut:])) for cut in range(1, len(parts)))
    return name in known or any({beginning, ending} <= known for beginning, ending in composed)


def test_pages_write_files_and_names_as_code() -> None:
    assert len([found for page in OF_NOW for found in spans(page, FILE)]) > 100
    assert len([found for page in OF_NOW for found in spans(page, NAME)]) > 300


def test_a_node_of_the_components_is_declared_once() -> None:
    """Two declarations under one id are drawn as one node, with the arrows of both."""
    (drawing,) = FLOWCHART.findall((ROOT / "docs/architecture.md").read_text(encoding="utf-8"))
    declared = NODE.findall(drawing)
    assert len(declared) > 10
    assert [node for node, times in Counter(declared).items() if times > 1] == []


@pytest.mark.parametrize("page", OF_NOW)
def test_a_file_that_a_page_names_is_there(page: str) -> None:
    assert [name for name in spans(page, FILE) if name not in MADE and not is_tracked(name)] == []


@pytest.mark.parametrize("page", OF_NOW)
def test_a_name_that_a_page_writes_as_code_is_in_the_code(page: str, known: set[str]) -> None:
    assert [name for name in spans(page, NAME) if name not in OF_OTHERS and not is_known(name, known)] == []


@pytest.mark.parametrize("name", MADE | OF_OTHERS)
def test_no_exception_is_left_over(name: str, known: set[str]) -> None:
    assert any(name in (ROOT / page).read_text(encoding="utf-8") for page in OF_NOW)
    assert not (is_tracked(name) if FILE.fullmatch(name) else is_known(name, known))
