"""The topic of events is down for a while: whoever reported meanwhile is told by itself, once, with nobody acting."""

from tests.city import City, an_email, eventually
from tests.conftest import OwnCity


def test_what_was_reported_while_the_topic_was_down_is_told_once_by_itself(own_city: OwnCity) -> None:
    process, city = own_city()
    log = process.home / "functions.log"
    addresses = [an_email() for _ in range(3)]
    city.fault("sns", 1)

    cases = [city.lodge(contact={"email": address}) for address in addresses]
    eventually(lambda: '"relayed_again"' in log.read_text(), what="a first retry")
    assert [city.mailbox(number=case.number) for case in cases] == [[], [], []]
    city.fault("sns", 0)

    for case in cases:
        eventually(lambda case=case: len(kinds(city, case.number)) >= 2, what=f"letters of {case.number}")
    assert [kinds(city, case.number) for case in cases] == [["alert", "email"]] * 3


def kinds(city: City, number: str) -> list[str]:
    return sorted(message["kind"] for message in city.mailbox(number=number))
