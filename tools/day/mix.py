"""What a day is made of: 508 reports, as the city counted per day in 2024, and what becomes of each. The three named
categories have their share of 2024; everything marked *assumed* is ours."""

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tools.day import pictures
from tools.day.places import Places
from tools.day.rules import Rules

A_DAY = 508  # complaints per day in 2024 (185,852 in the year)
NAMED = {
    "JLN": 0.140,
    "POHON": 0.106,
    "PARKIR": 0.103,
}  # roads, trees, illegal parking in 2024; the rest even (assumed)
REACHED_BY = {"email": 0.45, "sms": 0.25, "both": 0.05, None: 0.25}  # assumed
WITH_PHOTO = 0.5  # assumed; of these one in thirty is broken, one in thirty never sent
DESK = 0.06  # typed by an officer (assumed), every third of them without a place
PRIVATE = 0.04  # assumed
DESK_CHANNEL = "EMAIL"
OPENS = {
    "soon": 0.5,
    "late": 0.2,
    "never": 0.3,
}  # the link of a message (assumed); a desk has seen whose the address is

# What becomes of a report (assumed): its steps, and how many of a hundred go that way. `later` is after the breach of
# the first clock. What has no more steps is left alone, so that its clocks ring.
_DONE = ("sort", "assign", "start", "propose", "validate")
_AGAIN = ("start", "propose", "validate", "confirm")
STORIES: dict[str, tuple[tuple[str, ...], int]] = {
    "confirmed": ((*_DONE, "confirm"), 20),
    "handed back": (("sort", "return", "place", *_DONE[1:], "confirm"), 3),
    "asked about": (("sort", "assign", "start", "ask", "answer", *_DONE[3:], "confirm"), 4),
    "more time": (("sort", "assign", "start", "extend", "approve", *_DONE[3:], "confirm"), 3),
    "in parts": (("sort", "assign", "start", "invite", "finish_part", *_DONE[3:], "confirm"), 2),
    "referred": (("sort", "assign", "refer", "recall", *_DONE[1:], "confirm"), 2),
    "talked about": (("ask_aloud", "sort", "reply", "assign", "start", "propose", "validate", "confirm"), 6),
    "lapsing": (_DONE, 12),
    "proof refused": (("sort", "assign", "start", "propose", "refuse", "propose", "validate", "confirm"), 7),
    "objected to": ((*_DONE, "object", *_AGAIN), 5),
    "rejected": (("reject",), 5),
    "rejected, objected to": (("reject", "object"), 1),
    "withdrawn": (("withdraw",), 3),
    "withdrawn later": (("sort", "assign", "withdraw"), 2),
    "left waiting": ((), 9),
    "left with its owner": (("sort",), 5),
    "left at work": (("sort", "assign", "start"), 3),
    "not judged": (_DONE[:-1], 4),
    "late": (("later", *_DONE, "confirm"), 4),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """One report to come, from this kelurahan; `placed`: whether the report says so. `photos`: what is sent, None for
    one announced and never sent. `contact`: email, sms or None, as the reporter will be told; `opens`: when they open
    the link of their first message."""

    draft: dict[str, Any]
    category: str
    area: str
    placed: bool
    contact: str | None
    photos: tuple[bytes | None, ...]
    story: str
    by_desk: bool
    opens: str = "never"

    @property
    def steps(self) -> list[str]:
        """What will be done about it, in order: a place is found first."""
        steps = list(STORIES[self.story][0])
        return steps if self.placed or not steps else ["locate", *steps]


class Mix:
    """The same day for the same seed."""

    def __init__(self, rules: Rules, places: Places, chance: random.Random) -> None:
        self._rules = rules
        self._places = places
        self._chance = chance
        self._others = itertools.cycle(chance.sample([c for c in rules.categories if c not in NAMED], k=_others(rules)))
        self._stories = self._shuffled()

    def day(self, count: int) -> list[Plan]:
        return [self._plan() for _ in range(count)]

    def _shuffled(self) -> Iterator[str]:
        """Hundreds with exactly the shares above, in any order."""
        hundred = [name for name, (_, share) in STORIES.items() for _ in range(share)]
        while True:
            yield from self._chance.sample(hundred, k=len(hundred))

    def _plan(self) -> Plan:
        category = self._category()
        area = self._chance.choice(list(self._rules.areas))
        by_desk = self._chance.random() < DESK
        placed = not by_desk or self._chance.random() > 1 / 3
        contact = self._drawn(REACHED_BY)
        photos = () if by_desk or self._chance.random() > WITH_PHOTO else (self._photo(),)
        return Plan(
            draft=self._draft(category, area if placed else None, contact, photos, by_desk=by_desk),
            category=category,
            area=area,
            placed=placed,
            contact="email" if contact == "both" else contact,
            photos=photos,
            story=next(self._stories) if placed or self._chance.random() > 1 / 3 else "left waiting",
            by_desk=by_desk,
            opens=self._drawn(OPENS),
        )

    def _category(self) -> str:
        share = self._chance.random()
        for code, part in NAMED.items():
            share -= part
            if share < 0:
                return code
        return next(self._others)

    def _draft(
        self, category: str, area: str | None, contact: str | None, photos: tuple[bytes | None, ...], *, by_desk: bool
    ) -> dict[str, Any]:
        name = self._rules.categories[category]["name"]["id"]
        draft: dict[str, Any] = {
            "category": category,
            "description": f"{name}: sudah beberapa hari begini, tolong ditangani. Tanda {self._mark()}.",
        }
        if area:
            draft["location"] = self._location(area)
        if contact:
            draft["contact"] = self._contact(contact)
        if photos:
            draft["photos"] = [{"content_type": "image/jpeg", "size": len(data or pictures.BROKEN)} for data in photos]
        if self._chance.random() < PRIVATE:
            draft["visibility"] = "private"
        return draft | ({"channel": DESK_CHANNEL, "contact_confirmed": True} if by_desk else {})

    def _mark(self) -> str:
        """Letters that stand in no other report."""
        return "".join(self._chance.choices("bcdfghjklmnp", k=12))

    def _location(self, area: str) -> dict[str, Any]:
        """Most people give a point; some only name the kelurahan."""
        if self._chance.random() < 0.1:
            return {"kelurahan": area}
        lat, lon = self._places.draw(area)
        return {"lat": lat, "lon": lon, "accuracy_m": self._chance.randint(4, 40)}

    def _contact(self, reached_by: str) -> dict[str, str]:
        person = self._chance.getrandbits(44)
        ways = {"email": f"warga.{person:011x}@example.com", "phone": f"0812{person % 10**8:08d}"}
        keys = {"email": ("email",), "sms": ("phone",), "both": ("email", "phone")}[reached_by]
        language = "en" if self._chance.random() < 0.1 else "id"
        return {"name": "Warga Jakarta", "language": language, **{key: ways[key] for key in keys}}

    def _photo(self) -> bytes | None:
        fortune = self._chance.random() * 30
        if fortune < 1:
            return None
        return pictures.BROKEN if fortune < 2 else pictures.photo(self._chance)

    def _drawn(self, shares: dict[Any, float]) -> Any:
        return self._chance.choices(list(shares), weights=list(shares.values()))[0]


def _others(rules: Rules) -> int:
    return len(rules.categories) - len(NAMED)
