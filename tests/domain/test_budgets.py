"""What an address that nobody has confirmed is sent in a day."""

from datetime import timedelta
from itertools import product

import pytest

from chalicelib.domain.budgets import BUDGETS, WINDOW, Budget, Send, certain_room, with_room_for, without
from chalicelib.domain.pseudonyms import SIGNS, mailbox_of, pseudonym
from tests.builders import NOW

MAIL, SMS = BUDGETS["email"], BUDGETS["sms"]


def sent(budget: Budget, *cases: str, receipts: bool = False) -> list[str]:
    """One message after another about these cases, a minute apart; which of them had room. The first about a case is
    its receipt, or with `receipts` every one."""
    sends: tuple[Send, ...] = ()
    took = []
    for minute, number in enumerate(cases):
        receipt = receipts or number not in cases[:minute]
        new = Send(NOW + timedelta(minutes=minute), number, f"{minute:06d}#reporter")
        after = with_room_for(new, sends, budget, receipt=receipt)
        if after is not None:
            sends = after
            took.append(number)
    return took


@pytest.mark.parametrize(
    ("budget", "cases", "room"),
    [
        (MAIL, "abcd", "abc"),
        (SMS, "abc", "ab"),
        (MAIL, "abc" * 5, "abc" * 4),
        (SMS, "ab" * 6, "ab" * 4),
        (MAIL, "a" * 20, "a" * 10),  # the receipts of two more cases keep their place
        (SMS, "a" * 20, "a" * 7),
        (MAIL, "a" * 20 + "bc", "a" * 10 + "bc"),
        (SMS, "a" * 20 + "b", "a" * 7 + "b"),
        (MAIL, "a" * 20 + "bcd", "a" * 10 + "bc"),
    ],
)
def test_a_day_has_room_for_so_many_messages_about_so_many_cases(budget: Budget, cases: str, room: str) -> None:
    assert "".join(sent(budget, *cases)) == room


@pytest.mark.parametrize("budget", [MAIL, SMS])
def test_after_a_day_there_is_room_again(budget: Budget) -> None:
    full = tuple(Send(NOW, "a", f"{n}") for n in range(budget.messages))
    young, old = (Send(NOW + WINDOW - early, "b", "x") for early in (timedelta(seconds=1), timedelta(0)))

    assert with_room_for(young, full, budget, receipt=True) is None
    assert with_room_for(old, full, budget, receipt=True) == (old,)


def test_a_message_that_is_tried_again_takes_no_second_place() -> None:
    full = tuple(Send(NOW, "a", f"{n}") for n in range(MAIL.messages))

    assert with_room_for(Send(NOW + timedelta(hours=1), "a", "3"), full, MAIL, receipt=False) == full


@pytest.mark.parametrize(
    "spelled",
    ["budi@example.com", "Budi@Example.COM", "budi+1@example.com", "budi+a+b@example.com", "BUDI+lapor@example.com"],
)
def test_one_mailbox_has_one_spelling(spelled: str) -> None:
    assert mailbox_of(spelled) == "budi@example.com"


@pytest.mark.parametrize("spelled", ["b.u.d.i@gmail.com", "budi@googlemail.com", "Bu.di+x@GMail.com"])
def test_dots_make_no_other_mailbox_where_they_are_not_read(spelled: str) -> None:
    assert mailbox_of(spelled) == "budi@gmail.com"


@pytest.mark.parametrize("spelled", ["b.udi@example.com", "budi@example.org", "+budi@example.com", "budi2@example.com"])
def test_other_mailboxes_stay_others(spelled: str) -> None:
    assert mailbox_of(spelled) != "budi@example.com"


def test_a_pseudonym_is_the_same_for_a_token_and_tells_it_not() -> None:
    assert pseudonym("Abcdefgh") == pseudonym("Abcdefgh") != pseudonym("Abcdefgi")
    assert len(pseudonym("\udc80")) == 32
    assert SIGNS["sms"] == 8


def test_an_erased_case_still_counts_under_no_name():
    sends = tuple(Send(NOW, number, "000001#reporter") for number in ("JKT-A", "JKT-A", "JKT-B"))

    left = without("JKT-B", without("JKT-A", sends))

    assert [send.number for send in left] == ["erased 0", "erased 0", "erased 1"]
    assert without("JKT-A", left) == left


@pytest.mark.parametrize("receipt", [True, False])
@pytest.mark.parametrize("budget", [MAIL, SMS], ids=["e-mail", "SMS"])
def test_what_has_room_for_certain_has_room_whenever_the_others_were_sent(budget: Budget, receipt: bool) -> None:
    """Every spread of sends over cases, with and without those that are too old to count."""
    room = certain_room(budget, receipt=receipt)
    for cases, count, old in product(range(room.cases or budget.cases + 1), range(room.messages), range(3)):
        names = [f"case {place % cases}" for place in range(count)] if cases else []
        sends = [
            Send(NOW - (WINDOW if place < old * count // 2 else timedelta(minutes=1)), name, f"{place:06d}#reporter")
            for place, name in enumerate(names)
        ]
        number = "new" if receipt else next(iter(names), None)
        if number:
            assert with_room_for(Send(NOW, number, "000099#reporter"), sends, budget, receipt=receipt) is not None
