"""What units pay that work together on one case, and what a merged duplicate costs: only what somebody waits for. And
what flood mode costs, where the system merges: a look while it is off, and the dearest merge, into a lead which is
nearly full. Nobody waits for either."""

from typing import Any

from bench.emulated import Clock, city
from bench.life import DRAFT
from bench.people import HEAD, LURAH, OFFICER, SUB_AGENCY, Api, hire
from bench.recorder import Recorder, units

PUMPS, PUMP_UNIT = "pompa", "DSDA"
WORDS = "Mohon perbaiki saluran di depan pasar: tertutup endapan sepanjang dua puluh meter, air naik ke jalan. "
REQUEST = "request"
CATEGORY, AREA = "JLN", "31.71"  # of the flood


def counted() -> dict[str, float]:
    """Write and read units."""
    return _of_people() | _of_flood_mode()


def _of_people() -> dict[str, float]:
    recorder = Recorder()
    with city(Clock()) as boot, Api() as api, recorder.watching():
        _play(boot, api, recorder)
    found = {}
    for step in ("invite", "finish_part", "merge", "unmerge", "follow", "hide"):
        spent = units(recorder.of(step=step))
        found |= {f"together: {step}: write units": spent.write, f"together: {step}: read units": spent.read}
    return found


def _play(boot: Any, api: Api, recorder: Recorder) -> None:
    from chalicelib.application.ports.people import StaffMember

    hire(boot)
    boot.staff.put(StaffMember(PUMPS, "Pompa", "opd_officer", PUMP_UNIT))
    number, double = (api.post("/complaints", DRAFT)["number"] for _ in range(2))

    def act(case: str, action: str, user: str | None, *, step: str = "", **needs: Any) -> None:
        with recorder.step("", ""):
            version = boot.complaints.load(case).version
        who = {"user": user} if user else {}
        with recorder.step(step, REQUEST if step else ""):
            api.post(f"/complaints/{case}/actions/{action}", {"version": version, **needs}, **who)

    act(number, "coordinate", LURAH, unit="DBM")
    act(number, "assign", HEAD, unit=SUB_AGENCY, officer=OFFICER)
    act(number, "start", OFFICER)
    act(number, "invite", OFFICER, step="invite", unit=PUMP_UNIT, text=WORDS * 4)
    act(number, "finish_part", PUMPS, step="finish_part", part="1", text=WORDS * 4)
    act(double, "merge", LURAH, step="merge", survivor=number, text=WORDS)
    act(double, "unmerge", LURAH, step="unmerge", text=WORDS)
    act(number, "follow", None, step="follow", contact={"email": "warga@example.com"})
    act(number, "hide", _coordinator(boot), step="hide", legal_ground="minor", text=WORDS)


def _coordinator(boot: Any) -> str:
    from chalicelib.application.ports.people import StaffMember

    boot.staff.put(StaffMember("koordinator", "Koordinator", "coordinator", "BIRO_PEM"))
    return "koordinator"


def _of_flood_mode() -> dict[str, float]:
    recorder = Recorder()
    with city(Clock()) as boot, Api() as api, recorder.watching():
        _flooded(boot, api, recorder)
    off, merge = (units(recorder.of(step=step)) for step in ("off", "merge"))
    return {
        "flood mode: a look while it is off: read units": off.read,
        "flood mode: a look while it is off: write units": off.write,
        "flood mode: merge into the fullest lead: write units": merge.write,
    }


def _flooded(boot: Any, api: Api, recorder: Recorder) -> None:
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
