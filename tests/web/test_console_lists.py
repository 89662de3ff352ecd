"""The parts of the console that need no browser: addresses of lists, the lists of each role, where actions lead."""

import pytest

from chalicelib.domain.actor import Actor
from chalicelib.domain.case import queues
from chalicelib.domain.case.complaint import ENDED, OPEN
from chalicelib.domain.lifecycle import BEFORE, ROWS
from tests.builders import CITY, STAFF
from tests.node import needs_node
from tests.web.in_node import each_by_page
from web.strings import lifecycle

pytestmark = needs_node
LIST, QUEUE = "console/list_address.js", "console/queue.js"


@pytest.mark.parametrize(
    ("route", "is_list"),
    [("", True), ("mine", True), ("others?late=true", True), ("mine?words=JKT-7K3M", True), ("JKT-7K3M-9QXR-B", False)],
)
def test_an_address_is_a_lists_or_meant_to_be_a_number(route: str, is_list: bool) -> None:
    assert each_by_page(LIST, "isList", [route]) == [is_list]


def test_the_statuses_of_a_filter_are_those_that_the_list_can_hold() -> None:
    shown_open, shown_done = each_by_page(QUEUE, "statusesOf", ["mine", "done"])

    assert set(shown_open) == set(OPEN)
    assert set(shown_done) == ENDED


BUILT = [(row, status) for row in ROWS.values() if row.built for status in row.sources]


def test_where_an_action_leads_is_what_the_table_says() -> None:
    """Or unknown, where it leads back."""
    table = lifecycle()["actions"]
    asked = [{"to": table[row.action]["to"], "status": status} for row, status in BUILT]
    known = [None if row.to == BEFORE else row.leads_to(status, None) for row, status in BUILT]

    expected = [None if to == status else to for to, (_, status) in zip(known, BUILT, strict=True)]
    assert each_by_page("console/leads_to.js", "leadsTo", asked) == expected


def listed(actor: Actor) -> set[str]:
    """The lists that the city has for this person."""
    return {name for name in queues.LISTS if queues.visible(actor, name, CITY) is not None}


@pytest.mark.parametrize("actor", STAFF, ids=lambda actor: actor.id)
def test_the_tabs_of_a_role_are_lists_that_the_city_has_for_it(actor: Actor) -> None:
    (shown,) = each_by_page(QUEUE, "listsOf", [actor.role])
    unshown = {"coordinator": {queues.ASSIGNED}, "desk": set()}.get(actor.role, set())

    assert set(shown) == listed(actor) - unshown
