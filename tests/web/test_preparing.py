"""What was chosen is waited for, and what could not be taken is not passed over."""

import json

import pytest

from tests import node
from tests.node import needs_node
from web.build import WEB

MODULE = json.dumps((WEB / "static" / "js" / "preparing.js").as_uri())
AFTER = "const after = (ms, value) => new Promise((done) => setTimeout(done, ms, value));"


def answer(program: str) -> object:
    """What the program prints, with `preparing`, `prepared`, `isPreparing` and `after(ms, value)` at hand."""
    imported = f"import {{ preparing, prepared, isPreparing }} from {MODULE}; {AFTER} {program}"
    done = node.run("--input-type=module", "-e", imported)
    done.check_returncode()
    return json.loads(done.stdout)


@needs_node
@pytest.mark.parametrize(
    ("work", "all_taken"),
    [
        ("", True),
        ("preparing(after(5, true));", True),
        ("preparing(after(5, true)); preparing(after(1, true));", True),
        ("preparing(after(5, false));", False),
        ("preparing(after(5, true)); preparing(after(1, false));", False),
        ("preparing(after(5).then(() => { throw new Error(); })).catch(() => {});", False),
        ("preparing(after(5, true).then((taken) => (void preparing(after(5, false)), taken)));", False),
    ],
    ids=["nothing", "one", "two", "one that failed", "one of two", "one that broke", "one chosen meanwhile"],
)
def test_sending_waits_until_everything_is_ready_and_says_whether_it_was_taken(work: str, all_taken: bool) -> None:
    assert answer(f"{work} console.log(JSON.stringify([await prepared(), isPreparing()]))") == [all_taken, False]


@needs_node
def test_a_file_that_failed_before_is_not_held_against_the_next_one() -> None:
    program = "preparing(after(1, false)); await prepared(); preparing(after(1, true));"

    assert answer(f"{program} console.log(JSON.stringify(await prepared()))") is True
