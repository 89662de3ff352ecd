"""What codes are called on the launcher's pages, in the city's own words."""

import json
from functools import cache

from local.settings import ROOT

ROLES_FILE = ROOT / "web" / "i18n" / "id" / "console.json"  # the console's words for them
EVENTS = {
    "reminder": "Pengingat",
    "breach": "Tenggat terlewati",
    "escalation": "Eskalasi",
    "question": "Pertanyaan",
    "reply": "Balasan",
    "digest": "Ringkasan",
    "alert": "Tugas baru",
    "sms": "SMS",
}


def unit(code: str) -> str:
    """The code itself where it is no unit's."""
    from chalicelib import data

    found = data.reference().units.get(code)
    return found.name if found else code


def role(code: str) -> str:
    return _roles().get(f"console.role_{code}", code)


def event(code: str) -> str:
    """The label of a status or an action."""
    from chalicelib.domain.labels import ACTION, STATUS

    if code in STATUS:
        return STATUS[code].official
    return EVENTS.get(code) or (ACTION[code].id if code in ACTION else code)


@cache
def _roles() -> dict[str, str]:
    words: dict[str, str] = json.loads(ROLES_FILE.read_text())
    return words
