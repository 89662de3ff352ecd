"""What units pay that work together on one case, and what a merged duplicate costs: only what somebody waits for."""

from typing import Any

from bench.emulated import Clock, city
from bench.life import DRAFT
from bench.people import HEAD, LURAH, OFFICER, SUB_AGENCY, Api, hire
from bench.recorder import Recorder, units

PUMPS, PUMP_UNIT = "pompa", "DSDA"
WORDS = "Mohon perbaiki saluran di depan pasar: tertutup endapan sepanjang dua puluh meter, air naik ke jalan. "
REQUEST = "request"


def counted() -> dict[str, float]:
    """Write and read units of each action."""
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
