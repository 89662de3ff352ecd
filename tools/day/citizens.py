"""The people who report: what each sends, and what each does later with the secret that only they have."""

import random
import re
import time
from datetime import UTC, datetime
from typing import Any

from tools.day import pictures
from tools.day.cases import CITIZEN, Case, Stopwatch
from tools.day.client import City
from tools.day.people import DESK
from tools.day.plans import Plan

OWNER_LINK = re.compile(r"/lacak/?#JKT-[0-9A-Z-]+~([\w-]+)")
PROVING_LINK = re.compile(r"/lacak/?#JKT-[0-9A-Z-]+~([\w-]+)~(\w+)")
TO_REPORTER = ("email", "sms", "x", "facebook")
PATIENCE = 300.0  # seconds for a message or a photo: no machine needs them, what takes longer hangs
LOOK = 0.05  # seconds between two reads of a case by somebody who waits for a photo
GLANCE = 0.2  # between two reads of the mailbox: more would only keep the city from writing it
ACTS: dict[str, tuple[str, dict[str, Any]]] = {
    "confirm": ("confirm", {"rating": 5, "text": "Terima kasih"}),
    "object": ("object", {"text": "Belum beres, masih sama seperti kemarin"}),
    "withdraw": ("withdraw", {"text": "Sudah beres sendiri"}),
    "answer": ("answer", {"text": "Di depan gerbang sekolah, sisi kiri jalan"}),
    "ask_aloud": ("comment", {"text": "Kapan kira-kira ditangani?"}),
    "erase": ("erase", {}),
}
FOLLOW = "follow"  # by somebody else, without any secret


class Citizens:
    """`stopwatch` is told what a person waited for; `patience`: seconds for a message or a photo."""

    def __init__(self, city: City, stopwatch: Stopwatch, patience: float = PATIENCE) -> None:
        self._city = city
        self._patience = patience
        self._stopwatch = stopwatch

    def report(self, plan: Plan, crowd: str) -> Case:
        """Sends the report and its pictures. `crowd` says who else was sending."""
        path, user = ("/staff/complaints", DESK) if plan.by_desk else ("/complaints", None)
        at = datetime.now(UTC)
        with self._stopwatch.timing(f"submit, {crowd}"):
            receipt = self._city.post(path, plan.draft, user=user)
        unit = receipt["unit"]["code"]
        case = Case(plan, receipt["number"], receipt["secret"], unit, at, plan.steps, unit, plan.placed)
        for upload, data in zip(receipt["uploads"], plan.photos, strict=True):
            case.photos[upload["photo_id"]] = becomes(data)
            if data is not None:
                self._city.upload(upload, data, "image/jpeg")
        return case

    def wait_for_photo(self, case: Case, photo_id: str, user: str | None = None) -> str:
        """Its state once it is no longer pending, or after all patience."""
        end = time.monotonic() + self._patience
        path = f"/staff/complaints/{case.number}" if user else f"/complaints/{case.number}"
        while True:
            view = self._city.get(path, user=user, secret=None if user else case.secret)
            state = next((p["state"] for p in view["photos"] if p["photo_id"] == photo_id), "unknown")
            if state != "pending" or time.monotonic() > end:
                return str(state)
            time.sleep(LOOK)

    def act(self, case: Case, step: str) -> None:
        """Looks at the page, then acts on what it showed. Who has their data erased has read their messages first."""
        action, needs = ACTS[step]
        if step == "erase":
            self.read_last(case)
        secret = case.secret or self._from_message(case)
        with self._stopwatch.timing("look at the own case"):
            seen = self._city.get(f"/complaints/{case.number}", secret=secret)
        body = needs if action == "comment" else {"version": seen["version"], **needs}
        with self._stopwatch.timing("action of a citizen"):
            view = self._city.post(f"/complaints/{case.number}/actions/{action}", body, secret=secret)
        case.was(action, CITIZEN, view)

    def follow(self, case: Case) -> None:
        """Somebody who has only the number, with an address of their own."""
        address = f"pengikut.{case.number.lower()}@example.com"
        with self._stopwatch.timing("action of a citizen"):
            self._city.post(f"/complaints/{case.number}/actions/{FOLLOW}", {"contact": {"email": address}})
        case.followed = (address, len(case.done))

    def reads_words(self, case: Case) -> bool:
        """Whether everybody reads what was reported."""
        seen = self._city.get(f"/complaints/{case.number}")
        return bool(seen["description"] or seen["photos"] or seen["place"])

    def read_last(self, case: Case) -> None:
        """Waits for the message of the present status. Raises LookupError."""
        end = time.monotonic() + self._patience
        while case.plan.contact:
            if case.status in {
                item["event"] for item in self._city.mailbox(case.number) if item["kind"] in TO_REPORTER
            }:
                return
            if time.monotonic() > end:
                message = f"{case.number}: no message said {case.status}"
                raise LookupError(message)
            time.sleep(GLANCE)

    def open_link(self, case: Case, when: str, patience: float) -> None:
        """Opens the link of the first message, if one comes in time, and sends its token as the page does. A message
        without such a link is a trouble of the case: else a day in which nobody can open theirs would look well."""
        found = self._link(case, patience)
        if found:
            self._city.post(f"/complaints/{case.number}/contact/confirmations", {"token": found[2]})
            case.opened = when
            case.secret = case.secret or found[1]
            if when == "soon" and case.plan.by_partner:
                self._add_photos(case)
        elif any(item["kind"] in TO_REPORTER for item in self._city.mailbox(case.number)):
            case.troubles.append("no message to the reporter brings a link that proves whose the address is")

    def _add_photos(self, case: Case) -> None:
        """Whoever reported by a partner's app adds their pictures by the link."""
        for data in case.plan.photos:
            ticket = {"content_type": "image/jpeg", "size": len(data or pictures.BROKEN)}
            form = self._city.post(f"/complaints/{case.number}/photos", ticket, secret=case.secret)
            case.photos[form["photo_id"]] = becomes(data)
            if data is not None:
                self._city.upload(form, data, "image/jpeg")

    def _link(self, case: Case, patience: float) -> re.Match[str] | None:
        end = time.monotonic() + patience
        while True:
            texts = [item["text"] for item in self._city.mailbox(case.number)]
            found = next((match for text in texts if (match := PROVING_LINK.search(text))), None)
            if found or time.monotonic() > end:
                return found
            time.sleep(GLANCE)

    def _from_message(self, case: Case) -> str:
        """Who reported at a desk has the link of the first message only."""
        end = time.monotonic() + self._patience
        while time.monotonic() < end:
            texts = (item["text"] for item in self._city.mailbox(case.number))
            found = next((match for text in texts if (match := OWNER_LINK.search(text))), None)
            if found:
                case.secret = found[1]
                return found[1]
            time.sleep(GLANCE)
        message = f"{case.number}: no message brought the owner's link"
        raise LookupError(message)


def becomes(data: bytes | None) -> str:
    """The state that a photo must come to."""
    return "expired" if data is None else "refused" if data is pictures.BROKEN else "ready"


def large_photo() -> bytes:
    """12 megapixels with a sensor's noise, as a phone takes them."""
    from bench.photo import phone_photo

    return phone_photo()


def dice(seed: int) -> random.Random:
    """The day's chance: the same day for the same seed."""
    return random.Random(seed)  # noqa: S311 - a drawn day, nothing secret
