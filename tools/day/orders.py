"""What an officer sends: the action of a step, with what it needs."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from tools.day import pictures
from tools.day.cases import Case
from tools.day.citizens import Citizens
from tools.day.client import City
from tools.day.duties import Duties
from tools.day.people import officer, partner
from tools.day.places import Places
from tools.day.rules import Rules

Body = dict[str, Any]
_PLAIN: dict[str, tuple[str, Body]] = {
    "start": ("start", {"text": "Petugas berangkat"}),
    "validate": ("validate", {"text": "Sesuai"}),
    "refuse": ("refuse", {"reason_code": "unclear_photo", "text": "Foto tidak jelas"}),
    "return": ("transfer", {"reason_code": "not_ours", "text": "Ini bukan kewenangan kami"}),
    "ask": ("ask", {"text": "Di sisi jalan yang mana?"}),
    "approve": ("approve_extension", {"text": "Disetujui"}),
    "recall": ("recall", {"text": "PLN sudah menjawab"}),
    "reject": ("reject", {"reason_code": "not_a_complaint", "text": "Ini bukan aduan"}),
    "reply": ("comment", {"text": "Kami jadwalkan pekan ini"}),
    "take_over": ("take_over", {"text": "Terlambat, kami kerjakan sendiri"}),
    "hide": ("hide", {"legal_ground": "personal_data", "text": "Ada data pribadi, diperiksa"}),
    "restore": ("restore", {"text": "Tidak ada data pribadi"}),
}


class Orders:
    def __init__(
        self, city: City, rules: Rules, places: Places, citizens: Citizens, duties: Duties, chance: random.Random
    ) -> None:
        self._city = city
        self._rules = rules
        self._places = places
        self._citizens = citizens
        self._duties = duties
        self._chance = chance
        self._made: dict[str, Callable[[str, Case], tuple[str, Body]]] = {
            "sort": self._sort,
            "hand_on": self._hand_on,
            "assign": self._assign,
            "propose": self._propose,
            "place": self._place,
            "extend": self._extend,
            "invite": self._invite,
            "finish_part": self._finish_part,
            "refer": self._refer,
            "locate": self._locate,
            "recategorise": lambda _, case: ("recategorise", {"category": case.plan.sorted_as, "text": "Salah jenis"}),
            "merge": self._merge,
        }

    def order(self, user: str, case: Case, step: str) -> tuple[str, Body]:
        """Action and needs of a step, without the version."""
        return self._made[step](user, case) if step in self._made else _PLAIN[step]

    def holder_after(self, case: Case, action: str, needs: Body) -> str | None:
        """The unit that must hold the case then; None where this action does not name it."""
        if action == "recategorise":
            return self._rules.first_receiver(case.plan.sorted_as, case.area)
        if action == "take_over":
            return self._rules.opd(case.unit)
        return needs.get("unit") if action in ("coordinate", "assign", "transfer") else None

    def _sort(self, _user: str, case: Case) -> tuple[str, Body]:
        unit = self._duties.handed_to(case)
        return ("coordinate", {"unit": unit, "text": "Kewenangan unit ini"}) if unit else ("accept", {})

    def _hand_on(self, _user: str, case: Case) -> tuple[str, Body]:
        unit = self._duties.handed_to(case)
        return "transfer", {"unit": unit, "reason_code": "not_ours", "text": "Bukan kewenangan kelurahan"}

    def _assign(self, _user: str, case: Case) -> tuple[str, Body]:
        unit = self._rules.below(case.unit, case.plan.area) or case.unit
        return "assign", {"unit": unit, "officer": officer(unit)}

    def _propose(self, user: str, case: Case) -> tuple[str, Body]:
        return "propose_done", {"text": "Sudah dikerjakan.", "photos": self._proof(user, case)}

    def _place(self, _user: str, case: Case) -> tuple[str, Body]:
        owner = self._rules.owners(case.category, case.area)[0]
        return "coordinate", {"unit": owner, "text": "Tetap kewenangan unit ini"}

    def _extend(self, _user: str, _case: Case) -> tuple[str, Body]:
        return "extend", {"until": self._in_days(20), "text": "Menunggu suku cadang"}

    def _invite(self, _user: str, case: Case) -> tuple[str, Body]:
        return "invite", {"unit": partner(case.unit, self._rules), "text": "Tolong bersihkan salurannya"}

    def _finish_part(self, user: str, case: Case) -> tuple[str, Body]:
        (part,) = self._city.get(f"/staff/complaints/{case.number}", user=user)["parts"]
        return "finish_part", {"part": part["part"], "text": "Saluran sudah bersih"}

    def _refer(self, _user: str, case: Case) -> tuple[str, Body]:
        outside = {"outside_unit": "PLN", "outside_number": case.number[-6:], "until": self._in_days(5)}
        return "refer", {**outside, "text": "Kabel milik PLN"}

    def _locate(self, _user: str, case: Case) -> tuple[str, Body]:
        lat, lon = self._places.draw(case.plan.area)
        return "locate", {"location": {"lat": lat, "lon": lon}}

    def _merge(self, _user: str, case: Case) -> tuple[str, Body]:
        return "merge", {"survivor": case.survivor.number if case.survivor else "", "text": "Masalah yang sama"}

    def _in_days(self, days: int) -> str:
        """So many days after the city's present time."""
        now = datetime.fromisoformat(self._city.local("GET", "")["now"])
        return (now + timedelta(days=days)).isoformat()

    def wants_photo(self, case: Case) -> bool:
        return bool(self._rules.categories[case.category]["proof"] == "photo")

    def _proof(self, user: str, case: Case) -> list[str]:
        """The after-photo made at the start; a fresh one when that was judged already."""
        if not self.wants_photo(case):
            return []
        photo_id = case.proofs.pop() if case.proofs else self.upload(user, case)
        state = self._citizens.wait_for_photo(case, photo_id, user)
        if state != "ready":
            message = f"its proof is {state}"
            raise LookupError(message)
        return [photo_id]

    def upload(self, user: str, case: Case) -> str:
        data = pictures.photo(self._chance)
        ticket = {"content_type": "image/jpeg", "size": len(data)}
        form = self._city.post(f"/complaints/{case.number}/photos", ticket, user=user)
        self._city.upload(form, data, "image/jpeg")
        return str(form["photo_id"])
