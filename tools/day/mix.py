"""What a day is made of: 508 reports, as the city counted per day in 2024, and what becomes of each. The three named
categories have their share of 2024; everything marked *assumed* is ours."""

import itertools
import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from tools.day import pictures
from tools.day.channels import IN_PUBLIC, OF_2021, TYPED, WRITTEN
from tools.day.places import Places
from tools.day.plans import Plan
from tools.day.rules import Rules
from tools.day.stories import STORIES, SURVIVING

A_DAY = 508  # complaints per day in 2024 (185,852 in the year)
NAMED = {
    "JLN": 0.140,
    "POHON": 0.106,
    "PARKIR": 0.103,
}  # roads, trees, illegal parking in 2024; the rest even (assumed)
REACHED_BY = {"email": 0.45, "sms": 0.25, "both": 0.05, None: 0.25}  # assumed
WITH_PHOTO = 0.5  # assumed; of these one in thirty is broken, one in thirty never sent
UNPLACED = 1 / 3  # of what a desk types and people write (assumed)
PRIVATE = 0.04  # assumed
OWN = "WEB"  # our form
OPENS = {
    "soon": 0.5,
    "late": 0.2,
    "never": 0.3,
}  # the link of a message (assumed); a desk has seen whose the address is, a messenger's provider knows it


class Mix:
    """The same day for the same seed."""

    def __init__(self, rules: Rules, places: Places, chance: random.Random) -> None:
        self._rules = rules
        self._places = places
        self._chance = chance
        self._others = itertools.cycle(chance.sample([c for c in rules.categories if c not in NAMED], k=_others(rules)))
        self._stories = self._shuffled()

    def day(self, count: int) -> list[Plan]:
        plans: list[Plan] = []
        for _ in range(count):
            story = next(self._stories)
            survivor = next(filter(self._may_survive, reversed(plans)), None) if story == "merged" else None
            plans.append(self._same_matter(survivor) if survivor else self._plan(story))
        return plans

    def _same_matter(self, survivor: Plan) -> Plan:
        """A report of the same matter and place as `survivor`, which is public and goes on. It comes by e-mail, since
        a day has room for the steps of both then."""
        contact = self._drawn({"email": 0.75, None: 0.25})
        photos = self._photos()
        draft = self._draft(survivor.category, None, contact, photos, OWN)
        return replace(
            survivor,
            draft={**draft, "location": survivor.draft["location"]},
            contact=contact,
            photos=photos,
            story="merged",
            channel=OWN,
            opens=self._drawn(OPENS),
            survivor=survivor,
        )

    def _may_survive(self, plan: Plan) -> bool:
        is_open = plan.placed and not self._rules.is_shielded(plan.category)
        return plan.story in SURVIVING and is_open and not plan.is_written

    def _shuffled(self) -> Iterator[str]:
        """Hundreds with exactly the shares above, in any order."""
        hundred = [name for name, (_, share) in STORIES.items() for _ in range(share)]
        while True:
            yield from self._chance.sample(hundred, k=len(hundred))

    def _plan(self, story: str) -> Plan:
        category = self._category()
        area = self._chance.choice(list(self._rules.areas))
        channel = self._channel(category)
        if channel in WRITTEN:
            return self._written(story, channel, category, area)
        by_desk = channel in TYPED
        placed = not by_desk or self._chance.random() > UNPLACED
        contact = self._drawn(REACHED_BY)
        photos = () if by_desk else self._photos()
        return Plan(
            draft=self._draft(category, area if placed else None, contact, photos, channel),
            category=category,
            area=area,
            placed=placed,
            contact="email" if contact == "both" else contact,
            photos=photos,
            story=story if placed or self._chance.random() > 1 / 3 else "left waiting",
            channel=channel,
            opens=self._drawn(OPENS),
            sorted_as=self._another(category),
        )

    def _channel(self, category: str) -> str:
        """The channel of a report. A shielded matter is never written in free words here, because words alone never
        choose such a category."""
        channel = str(self._drawn(OF_2021))
        while channel in WRITTEN and self._rules.is_shielded(category):
            channel = str(self._drawn(OF_2021))
        return channel

    def _written(self, story: str, channel: str, category: str, area: str) -> Plan:
        """In private it is told by whom; in public nobody can be told. Its draft is what it should come to."""
        in_public = self._chance.random() < IN_PUBLIC.get(channel, 0)
        placed = self._chance.random() > UNPLACED
        way = None if in_public else WRITTEN[channel]
        photos = tuple(filter(None, self._photos())) if way == "email" else ()
        name = self._rules.categories[category]["name"]["id"]
        draft: dict[str, Any] = {
            "category": category,
            "description": f"{name} sudah lama begini. Tanda {self._mark()}.",
        }
        if placed:
            lat, lon = self._places.draw(area)
            draft["location"] = {"lat": lat, "lon": lon}
        if way:
            person = self._chance.getrandbits(44)
            draft["contact"] = {"email": f"warga.{person:011x}@example.com"} if way == "email" else {way: f"1{person}"}
        another, opens = self._another(category), self._drawn(OPENS)
        given = (category, area, placed, way, photos, story, channel, opens, another)
        return Plan(draft, *given, in_public=in_public)

    def _another(self, category: str) -> str:
        """One that everybody may read of too; "" for what only few may see."""
        if self._rules.is_shielded(category):
            return ""
        others = (code for code in self._rules.categories if code != category and not self._rules.is_shielded(code))
        return self._chance.choice(list(others))

    def _category(self) -> str:
        share = self._chance.random()
        for code, part in NAMED.items():
            share -= part
            if share < 0:
                return code
        return next(self._others)

    def _draft(
        self, category: str, area: str | None, contact: str | None, photos: tuple[bytes | None, ...], channel: str
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
        if photos and channel == OWN:  # a partner's app hands on none; they come later, by the link
            draft["photos"] = [{"content_type": "image/jpeg", "size": len(data or pictures.BROKEN)} for data in photos]
        if self._chance.random() < PRIVATE:
            draft["visibility"] = "private"
        return draft | ({"channel": channel, "contact_confirmed": True} if channel in TYPED else {})

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

    def _photos(self) -> tuple[bytes | None, ...]:
        return (self._photo(),) if self._chance.random() < WITH_PHOTO else ()

    def _photo(self) -> bytes | None:
        fortune = self._chance.random() * 30
        if fortune < 1:
            return None
        return pictures.BROKEN if fortune < 2 else pictures.photo(self._chance)

    def _drawn(self, shares: Mapping[Any, float]) -> Any:
        return self._chance.choices(list(shares), weights=list(shares.values()))[0]


def _others(rules: Rules) -> int:
    return len(rules.categories) - len(NAMED)
