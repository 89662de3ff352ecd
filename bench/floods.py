"""What flood mode costs: a look while it is off, and the dearest merge by the system, that into a lead which is nearly
full. Nobody waits for either."""

from typing import Any

from bench.emulated import Clock, city
from bench.life import DRAFT
from bench.people import Api
from bench.recorder import Recorder, units

CATEGORY, AREA = "JLN", "31.71"


def counted() -> dict[str, float]:
    """Write and read units."""
    recorder = Recorder()
    with city(Clock()) as boot, Api() as api, recorder.watching():
        _play(boot, api, recorder)
    off, merge = (units(recorder.of(step=step)) for step in ("off", "merge"))
    return {
        "flood mode: a look while it is off: read units": off.read,
        "flood mode: a look while it is off: write units": off.write,
        "flood mode: merge into the fullest lead: write units": merge.write,
    }


def _play(boot: Any, api: Api, recorder: Recorder) -> None:
    from chalicelib.domain.actor import Actor
    from chalicelib.domain.floods import may_join

    with recorder.step("off", "sweep"):
        boot.join_floods()
    most = boot.flood_rules.of(CATEGORY).merged
    for _ in range(most):
        api.post("/complaints", DRAFT)
    permit = boot.flood_mode.permit(Actor("coordinator", "koordinator", "BIRO_PEM"))
    boot.flood_mode.switch_on(permit, CATEGORY, AREA, 1)
    boot.join_floods()
    last = api.post("/complaints", DRAFT)["number"]
    merging, category = boot.join_floods, boot.reference.categories[CATEGORY]
    (incident,) = boot.floods.incidents(CATEGORY, boot.now().replace(minute=0, second=0, microsecond=0))
    case, lead = boot.complaints.load(last), boot.complaints.load(incident.lead)
    if len(lead.merged) != most - 1 or not may_join(case, category):
        raise AssertionError("The lead is to have one place left")
    with recorder.step("merge", "sweep"):
        merging._merged(case, lead)
