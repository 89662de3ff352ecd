"""The routing rules as a list that somebody changes: order, what was changed, and what is sent."""

import pytest

from tests.builders import CITY, POTHOLE
from tests.node import needs_node
from tests.web.in_node import each_by_page

pytestmark = needs_node
LIST = "console/rule_list.js"


def a_rule(name: str, receiver: str = "DBM", **when: object) -> dict[str, object]:
    return {"rule": name, "when": when, "then": {"receiver": receiver}}


A, B, C = (a_rule(name) for name in "abc")


@pytest.mark.parametrize(
    ("place", "by", "order"),
    [(0, 1, "bac"), (2, -1, "acb"), (1, 1, "acb"), (0, -1, "abc"), (2, 1, "abc")],
    ids=["down", "up", "to the end", "above the first", "below the last"],
)
def test_a_rule_goes_up_and_down_and_never_out_of_the_list(place: int, by: int, order: str) -> None:
    (found,) = each_by_page(LIST, "moved", [{"rules": [A, B, C], "place": place, "by": by}])

    assert "".join(rule["rule"] for rule in found) == order


@pytest.mark.parametrize(
    ("after", "marks", "gone"),
    [
        pytest.param([A, B, C], ["", "", ""], [], id="nothing"),
        pytest.param([A, B, C, a_rule("d")], ["", "", "", "new"], [], id="one more"),
        pytest.param([a_rule("d"), A, B, C], ["new", "", "", ""], [], id="one more at the top"),
        pytest.param([A, a_rule("b", "DSDA"), C], ["", "changed", ""], [], id="another receiver"),
        pytest.param([B, C], ["", ""], ["a"], id="one less"),
        pytest.param([B, A, C], ["moved", "moved", ""], [], id="another order"),
    ],
)
def test_a_second_person_sees_what_was_changed(after: list[object], marks: list[str], gone: list[str]) -> None:
    (found,) = each_by_page(LIST, "compared", [{"before": [A, B, C], "after": after}])

    assert found == {"marks": marks, "gone": gone}


def test_the_order_of_a_rules_parts_is_no_change() -> None:
    before = a_rule("a", categories=[POTHOLE], channels=["SMS"])
    after = a_rule("a", channels=["SMS"], categories=[POTHOLE])

    (found,) = each_by_page(LIST, "compared", [{"before": [before], "after": [after]}])

    assert found["marks"] == [""]


@pytest.mark.parametrize(
    ("when", "sent"),
    [
        pytest.param({"categories": [], "areas": []}, {}, id="an empty list"),
        pytest.param({"answers": {"BLOCKS_ROAD": []}}, {}, id="a question without an answer"),
        pytest.param({"hours": None, "weekdays": [1]}, {"weekdays": [1]}, id="no hours"),
        pytest.param({"answers": {"BLOCKS_ROAD": ["all"]}}, {"answers": {"BLOCKS_ROAD": ["all"]}}, id="an answer"),
    ],
)
def test_what_asks_for_nothing_is_not_sent(when: dict[str, object], sent: dict[str, object]) -> None:
    rule = {"rule": " a ", "when": when, "then": {"receiver": "DBM", "owners": []}, "note": " "}

    (found,) = each_by_page(LIST, "tidied", [rule])

    assert found == {"rule": "a", "when": sent, "then": {"receiver": "DBM"}}


def test_only_questions_with_a_list_of_answers_are_offered_and_each_once() -> None:
    category = CITY.categories[POTHOLE]
    questions = [
        {
            "code": q.code,
            "text": q.text_id,
            "datatype": q.datatype,
            "values": [{"key": key, "name": name} for key, name, _ in q.values],
        }
        for q in category.questions
    ]

    (found,) = each_by_page(LIST, "questionsOf", [[{"questions": questions}, {"questions": questions}]])

    listed = [q.code for q in category.questions if q.datatype.endswith("valuelist")]
    assert [question["code"] for question in found] == listed
    assert all(question["values"] for question in found)
