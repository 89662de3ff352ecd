"""No machine is too slow for these tests: none sleeps, times itself, or waits for a number of its own."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.deployment.package import ROOT

MEASURES = "lighthouse"  # a program that times pages, and no test
TESTS = sorted(path for path in (ROOT / "tests").rglob("*.py") if MEASURES not in path.parts)
CLOCKS = {"sleep", "perf_counter", "perf_counter_ns", "process_time", "monotonic", "monotonic_ns", "wait_for_timeout"}
PAGES = {"set_default_timeout", "set_default_navigation_timeout"}  # of a browser, in ms
LIMITS = {"timeout", "deadline"}  # keywords that bound how long something may take
HERE = {
    "tests/city.py: sleep": "between two looks of the one wait",
    "tests/city.py: monotonic": "the one limit, of what hangs",
    "tests/journeys/test_burst.py: sleep": "between two messages, which come at a provider's pace",
    "tests/journeys/test_burst.py: monotonic": "that pace, and what is printed; nothing is judged by it",
    "tests/journeys/test_deploy.py: monotonic": "what an operator's command took is printed",
    "tests/journeys/test_disasters.py: monotonic": "what an operator's command took is printed",
    "tests/channels/test_hostile_letters.py: process_time": "a hostile letter against a measure, in the same run",
    "tests/domain/test_privacy.py: process_time": "a long text against short ones, in the same run",
}


def calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))


def name_of(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def is_number(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and isinstance(value.value, int | float) and value.value != 0


def timed(path: Path) -> set[str]:
    """What in a file depends on how fast the machine is."""
    return {f"{path.relative_to(ROOT)}: {what}" for call in calls(path) for what in timings(call)}


def timings(call: ast.Call) -> Iterator[str]:
    numbers = [value for value in call.args[:1] if is_number(value)]
    zero = call.args and isinstance(call.args[0], ast.Constant) and not call.args[0].value
    if (name_of(call) in CLOCKS and not zero) or (name_of(call) in PAGES and numbers):
        yield name_of(call)
    for key in call.keywords:
        if key.arg in LIMITS and is_number(key.value):
            yield f"{key.arg}={ast.unparse(key.value)}"


@pytest.mark.parametrize("path", TESTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_test_depends_on_how_fast_its_machine_is(path: Path) -> None:
    assert timed(path) - HERE.keys() == set()


@pytest.mark.parametrize(
    "source",
    [
        "time.sleep(3)",
        "sleep(0.1)",
        "began = time.perf_counter()",
        "page.wait_for_timeout(700)",
        "requests.get(url, timeout=5)",
        "expect(page).to_be_visible(timeout=30_000)",
        "process.wait(timeout=15)",
        "asyncio.run(asyncio.sleep(1))",
        "page.set_default_timeout(15_000)",
    ],
)
def test_a_time_of_its_own_is_found(tmp_path: Path, source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    (tmp_path / "test_one.py").write_text(source)

    assert timed(tmp_path / "test_one.py")
