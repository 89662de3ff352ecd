"""The escalation ladder, as data: when a rung rings, who hears of it, and as what. Clocks ring it (clocks.py), units
and reporters hear of it (messages.py); both ask this table."""

from datetime import timedelta

from chalicelib.domain.values import dataclass

HOLDER, SUPERIOR, BUREAU, SECRETARY = "holder", "superior", "bureau", "secretary"


@dataclass(frozen=True, slots=True)
class LadderStep:
    """One rung. When: at this `share` of the time that the clock runs, pauses left out, else `after` its due time. Who:
    the topic of the holder, of its superior, of the government bureau or of the regional secretary. How: the name of
    the message."""

    rung: str
    hears: str
    message: str
    share: float | None = None
    after: timedelta = timedelta(0)


# Twice before the due time to the one who must act, then ever higher; each once.
LADDER: tuple[LadderStep, ...] = (
    LadderStep("reminder_50", HOLDER, "reminder", share=0.5),
    LadderStep("reminder_80", HOLDER, "reminder", share=0.8),
    LadderStep("breach", HOLDER, "breach"),
    LadderStep("escalation_1", SUPERIOR, "escalation", after=timedelta(hours=24)),
    LadderStep("escalation_2", BUREAU, "escalation", after=timedelta(hours=72)),
    LadderStep("escalation_3", SECRETARY, "escalation", after=timedelta(days=7)),
)
SHORT = tuple(step for step in LADDER if step.rung in ("reminder_80", "breach"))  # of location and validation
STEPS = {step.rung: step for step in LADDER}
ORDER = tuple(STEPS)
