"""Photos that people send by a messenger, and answers to what they said in public, on a running city: from the
provider's signed payload to what everybody sees."""

import random

import pytest

from tests.channels.payloads import messenger, whatsapp
from tests.city import DESK, LURAH, Case, City, a_picture, eventually
from tests.incoming import mention, sends, waiting

WORDS = "Lampu jalan mati sudah seminggu, dekat -6.1754, 106.8272"


def sent(city: City, person: str, words: str = "", code: str = "WHATSAPP") -> None:
    """A photo that somebody of their own sends; the played provider has it."""
    media = str(random.randrange(10**15))
    address = f"/_local/providers/pictures/{media}"
    left = city.call("POST", address, data=a_picture(), headers={"Content-Type": "image/jpeg"})
    assert left.status_code == 204
    image = {"id": media, "mime_type": "image/jpeg", **({"caption": words} if words else {})}
    attachment = {"type": "image", "payload": {"url": city.origin + address}}
    raw = {
        "WHATSAPP": lambda: whatsapp(f"m{media}", person=person, type="image", image=image),
        "FB": lambda: messenger(f"m{media}", words, person, attachments=[attachment]),
    }[code]()
    sends(city, code, raw)


def a_person() -> str:
    return f"62812{random.randrange(10**8):08}"


def receipt(city: City, address: str) -> Case:
    told = eventually(
        lambda: [found for found in city.mailbox(to=address) if found["event"] == "waiting"],
        what=f"receipt to {address}",
    )
    return Case(city, {"number": told[0]["number"], "secret": "", "version": 1}, {})


@pytest.mark.parametrize(("code", "shown"), [("WHATSAPP", "+{}"), ("FB", "{}")])
def test_a_photo_with_words_is_seen_in_the_case_by_who_works_it(city: City, code: str, shown: str) -> None:
    person = a_person()

    sent(city, person, WORDS, code)

    case = receipt(city, shown.format(person))
    ready = eventually(
        lambda: [photo for photo in case.staff(LURAH)["photos"] if photo["state"] == "ready"], what="the photo"
    )
    assert (len(ready), ready[0]["kind"]) == (1, "before")


def test_a_photo_before_its_words_joins_their_case(city: City) -> None:
    person = a_person()
    sent(city, person)
    eventually(lambda: city.mailbox(to=f"+{person}"), what="the question what it is about")

    sends(city, "WHATSAPP", whatsapp(f"w{person}", WORDS, person))

    case = receipt(city, f"+{person}")
    eventually(lambda: [photo for photo in case.staff(LURAH)["photos"] if photo["state"] == "ready"], what="the photo")


def test_what_was_said_in_public_is_answered_in_public(city: City) -> None:
    mark = f"lubang {random.randrange(10**12)}"
    sends(city, "FB", mention(f"Jalan berlubang, {mark}"))
    task_id = waiting(city, DESK, "FB", mark)
    answer = {"version": 1, "text": f"Terima kasih, {mark}"}

    taken = city.post(f"/staff/messages/{task_id}/reply", answer, user=DESK)
    city.advance("PT6M")

    assert (taken.status_code, taken.json()["public"]) == (200, True)
    (posted,) = eventually(
        lambda: [found for found in city.mailbox() if found["text"] == answer["text"]], what="the public answer"
    )
    assert (posted["kind"], posted["event"]) == ("facebook", "reply")
