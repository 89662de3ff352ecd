"""The pages read telephones and addresses exactly as the city does."""

import random

from chalicelib.application.intake.addresses import read_email
from chalicelib.application.intake.contact_faults import MESSAGES, ContactFaultError
from chalicelib.application.intake.telephones import read_telephone
from tests.node import needs_node
from tests.spellings import rows, table
from tests.web.in_node import each_by_page
from web import strings

TELEPHONES, ADDRESSES = table("telephones"), table("addresses")
DIGITS = [*"0123456789", "62", "812", "021", "\u0668", "\uff18", "o", "l", "I"]
BETWEEN = [
    "+",
    "(",
    ")",
    "-",
    " ",
    ".",
    "/",
    ";",
    "?",
    "&",
    "\u200b",
    "\u2011",
    "\ufffd",
    "\0",
    "wa",
    "no ",
    "tel:",
    "%20",
]
PARTS = [*"aZ9.@-_+%<>\"', \u200b\u00e9", "siti", "example", ".com", ".id", "..", "mailto:", "%40", "local", "\uff20"]


def _telephone(typed: str) -> dict[str, str]:
    try:
        found = read_telephone(typed)
    except ContactFaultError as fault:
        return {"fault": fault.code}
    return {"number": found.number, "kind": found.kind}


def _address(typed: str) -> dict[str, str]:
    try:
        return {"address": read_email(typed)}
    except ContactFaultError as fault:
        return {"fault": fault.code}


def _faults(faults: dict[str, list[str]]) -> list[tuple[str, dict[str, str]]]:
    return [(typed, {"fault": fault}) for fault, spelled in faults.items() for typed in spelled]


@needs_node
def test_the_page_reads_every_telephone_of_the_table() -> None:
    expected = [
        (typed, {"number": number, "kind": kind})
        for kind in ("mobile", "fixed")
        for typed, number in rows(TELEPHONES[kind])
    ] + _faults(TELEPHONES["faults"])

    assert each_by_page("telephone.js", "readTelephone", [typed for typed, _ in expected]) == [v for _, v in expected]


@needs_node
def test_the_page_reads_every_address_of_the_table() -> None:
    expected = [(typed, {"address": address}) for typed, address in rows(ADDRESSES["read"])]
    expected += _faults(ADDRESSES["faults"])

    assert each_by_page("email.js", "readEmail", [typed for typed, _ in expected]) == [v for _, v in expected]


@needs_node
def test_the_page_and_the_city_read_telephones_alike() -> None:
    chosen = random.Random(1711)
    begun = ["0", "+62", "62", "0062", "08", "021", "+62 (0)8", "WA 08", "+1", "", "tel:08", "wa.me/628"]
    texts = [
        chosen.choice(begun)
        + "".join(chosen.choice(DIGITS if chosen.random() < 0.85 else BETWEEN) for _ in range(chosen.randint(0, 13)))
        for _ in range(4000)
    ]

    assert each_by_page("telephone.js", "readTelephone", texts) == [_telephone(text) for text in texts]


@needs_node
def test_the_page_knows_every_range_that_the_library_knows() -> None:
    texts = [f"0{area}{'234567890'[:length]}" for area in range(1, 1000) for length in range(3, 10)]

    assert each_by_page("telephone.js", "readTelephone", texts) == [_telephone(text) for text in texts]


@needs_node
def test_the_page_and_the_city_read_addresses_alike() -> None:
    chosen = random.Random(1711)
    texts = ["".join(chosen.choice(PARTS) for _ in range(chosen.randint(0, 8))) for _ in range(4000)]
    texts += [f"siti{chosen.choice(PARTS)}@exa{chosen.choice(PARTS)}mple.com" for _ in range(500)]

    assert each_by_page("email.js", "readEmail", texts) == [_address(text) for text in texts]


def test_the_pages_have_a_sentence_for_every_fault() -> None:
    assert {f"contact.{fault}" for fault in MESSAGES} <= strings.load("id").keys()


@needs_node
def test_only_who_gives_an_address_and_a_mobile_number_has_something_to_choose() -> None:
    contacts = [
        {"phone": "0812 3456 7890", "email": "siti@example.com"},
        {"phone": "0812 3456 7890", "email": "siti@example.com", "by": "sms"},
        {"phone": "0812 3456 7890", "email": "", "by": "sms"},
        {"phone": "(021) 555-1234", "email": "siti@example.com", "by": "sms"},
        {"phone": "", "email": "siti@example.com"},
        {"phone": "0812 3456 7890", "email": "siti@", "by": "email"},
    ]

    assert each_by_page("way.js", "wayOf", contacts) == ["email", "sms", None, None, None, None]


MEANT = {
    "budi@gmial.com": "budi@gmail.com",
    "budi@gmai.com": "budi@gmail.com",
    "budi@gmaill.com": "budi@gmail.com",
    "budi@gnail.com": "budi@gmail.com",
    "budi@gmail.con": "budi@gmail.com",
    "budi@gmail.co": "budi@gmail.com",
    "budi@gmail.co.id": "budi@gmail.com",
    "Budi.S@YAHO.com": "Budi.S@yahoo.com",
    "budi@yahoo.co.di": "budi@yahoo.co.id",
    "budi@hotmial.com": "budi@hotmail.com",
}
AS_MEANT = [
    "budi@gmail.com",
    "budi@yahoo.co.id",
    "budi@ymail.com",
    "budi@mail.com",
    "budi@jakarta.go.id",
    "budi@gmail",
    "",
    "0812",
]


@needs_node
def test_a_slip_in_a_usual_domain_is_asked_about_and_nothing_else() -> None:
    assert each_by_page("email.js", "likelyEmail", [*MEANT, *AS_MEANT]) == [*MEANT.values(), *[None] * len(AS_MEANT)]
