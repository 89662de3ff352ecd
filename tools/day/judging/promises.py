"""What units hear of promises that were not kept and that no clock rings for: a desk's, and parts of the work."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from tools.day.cases import Case
from tools.day.rules import BUREAU, INSPECTORATE, Rules

PROMISED = timedelta(days=3)  # until somebody responds to what came to a desk


def limits_passed(case: Case, seen: Mapping[str, Any], now: datetime, rules: Rules) -> list[tuple[str, str]]:
    """What units hear of a desk's channel where nobody took the case within three days: its holder and the bureau."""
    if not rules.channels[case.plan.channel]["desk"]:
        return []
    clock = seen["clocks"].get("coordination") or {}
    due = datetime.fromisoformat(seen["timeline"][0]["at"]) + PROMISED
    done = datetime.fromisoformat(clock["stopped_at"]) if clock.get("stopped_at") else None
    if min(done or now, now) <= due:
        return []
    about_officer, unit = rules.categories[case.category]["about_officer"], seen["unit"]["code"]
    holder = INSPECTORATE if about_officer and rules.units[unit]["kind"] == "kelurahan" else unit
    return [(heard, "limit_respond") for heard in dict.fromkeys((holder, BUREAU))]


def parts_late(seen: Mapping[str, Any], now: datetime) -> list[tuple[str, str]]:
    """What units hear of parts of the work that were open past their time: the part's unit and the holder."""
    return [
        (unit, "part_late")
        for part in seen.get("parts", ())
        if min(_ended(part["part"], seen) or now, now) > datetime.fromisoformat(part["due_at"])
        for unit in dict.fromkeys((part["unit"]["code"], seen["unit"]["code"]))
    ]


def _ended(part_id: str, seen: Mapping[str, Any]) -> datetime | None:
    """When the part was finished, declined or cancelled: its last line but the invitation."""
    lines = [line for line in seen["timeline"] if line.get("part", {}).get("part") == part_id]
    return datetime.fromisoformat(lines[-1]["at"]) if len(lines) > 1 else None
