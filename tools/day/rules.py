"""Computes from `GET /reference` and the place who must receive, hold and be told of a case. These are the rules as the
city publishes them, written a second time on purpose: so the day proves the city's code and does not repeat it."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

OF_THE_PLACE = ("KEL", "KEC", "KOTA")
BUREAU, INSPECTORATE, SECRETARY = "BIRO_PEM", "INSPEKTORAT", "SEKDA"
Entry = Mapping[str, Any]


class Rules:
    """Units, categories and areas by code, from the answer of `GET /reference`."""

    def __init__(self, reference: Mapping[str, Any]) -> None:
        self.categories: dict[str, Entry] = {c["code"]: c for c in reference["categories"]}
        self.units: dict[str, Entry] = {u["code"]: u for u in reference["units"]}
        self.areas: dict[str, Entry] = {a["code"]: a for a in reference["areas"]}
        self.channels: dict[str, Entry] = {c["code"]: c for c in reference["channels"]}

    def first_receiver(self, category: str, area: str | None) -> str:
        """The kelurahan where the category begins there, but never about an officer; else the lead, or for an
        outsider's matter the bureau; the bureau too while the place is not known."""
        about = self.categories[category]
        begins_there = about["first_receiver"] == "KEL" and not about["about_officer"]
        word = "KEL" if begins_there else about["lead"]
        if self._is_outside(word):
            return BUREAU
        return self._at(word, area) or BUREAU

    def needs_place(self, category: str) -> bool:
        """Whether the receiver depends on the place: then the location clock runs without one."""
        return self.first_receiver(category, None) != self.first_receiver(category, next(iter(self.areas)))

    def leads(self, unit: str, category: str, area: str | None) -> bool:
        return self._at(self.categories[category]["lead"], area) == unit

    def owners(self, category: str, area: str | None) -> list[str]:
        """Lead first; outsiders left out."""
        about = self.categories[category]
        words = [about["lead"], *about["co_owners"]]
        return [unit for word in words if not self._is_outside(word) and (unit := self._at(word, area))]

    def opd(self, unit: str) -> str:
        """The dinas of a suku dinas; every other unit is its own."""
        known = self.units[unit]
        return str(known["parent"]) if known["kind"] == "suku_dinas" else unit

    def below(self, unit: str, area: str) -> str | None:
        """The suku dinas of this dinas that serves the place, where there is one."""
        kota = self.areas[area]["kota"]["code"]
        return self._below.get((unit, kota))

    @cached_property
    def _below(self) -> dict[tuple[str, str], str]:
        below = (u for u in self.units.values() if u["kind"] == "suku_dinas")
        return {(u["parent"], u["area"]): u["code"] for u in below}

    def told_of_rung(self, category: str, unit: str, clock: str, rung: str) -> str:
        """Proof and place are the bureau's to see to (the proof about an officer the inspectorate's); the rest climbs
        from the holder."""
        about_officer = self.categories[category]["about_officer"]
        if clock == "validation" and about_officer:
            return INSPECTORATE
        if clock in ("validation", "location"):
            return BUREAU
        climbs = {"escalation_1": self._superior(unit), "escalation_2": BUREAU, "escalation_3": SECRETARY}
        told = climbs.get(rung, unit)
        return INSPECTORATE if about_officer and self.units[told]["kind"] == "kelurahan" else told

    def _superior(self, unit: str) -> str:
        known = self.units[unit]
        if known["kind"] == "kelurahan":
            known = self.units[known["parent"]]
        return str(known["parent"]) if known["kind"] in ("kecamatan", "suku_dinas") else BUREAU

    def is_shielded(self, category: str) -> bool:
        """Whether messages keep category and place to themselves."""
        about = self.categories[category]
        return bool(about["sensitive"] or about["about_officer"])

    def _is_outside(self, word: str) -> bool:
        return word not in OF_THE_PLACE and self.units[word]["kind"] == "eksternal"

    def _at(self, word: str, area: str | None) -> str | None:
        if word not in OF_THE_PLACE:
            return word
        if area is None:
            return None
        place = self.areas[area]
        codes = {"KEL": area, "KEC": place["kecamatan"]["code"], "KOTA": place["kota"]["code"]}
        return f"{word}_{codes[word]}"
