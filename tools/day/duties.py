"""Whose step it is, and which steps a case gives no occasion for."""

from collections.abc import Callable

from tools.day.cases import Case
from tools.day.people import COORDINATOR, DESK, INSPECTORS, VALIDATORS, officer, partner, supervisor
from tools.day.rules import INSPECTORATE, Rules

JUDGED = ("validate", "refuse")  # by whom the city drew: the pool's row names them
BY_NUMBER = ("place", "hide", "restore")  # a coordinator finds the case so, an inspector too
SIX_HOURS = 6 * 3600
Test = Callable[[Case], bool]


class Duties:
    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._left_out: dict[str, Test] = {
            "sort": _has_been_taken,
            "assign": lambda case: self._works_alone(case) or case.has_done("take_over"),
            "hand_on": lambda case: self.handed_to(case) is None,
            "take_over": lambda case: self._works_alone(case) or not self._is_late_by_morning(case),
            "return": lambda case: case.unit == case.first_unit,
            "place": _has_been_taken,
            **dict.fromkeys(("ask", "answer"), _is_unreachable),
            **dict.fromkeys(
                ("invite", "finish_part"), lambda case: self._works_alone(case) or rules.is_shielded(case.category)
            ),
            **dict.fromkeys(("approve", "extend", "refer", "recall"), self._works_alone),
            "recategorise": lambda case: not case.plan.sorted_as,
            "follow": lambda case: rules.is_shielded(case.category) or _is_private(case),
            "merge": lambda case: case.plan.survivor is None,
        }

    def who(self, case: Case) -> str:
        """The officer who takes the next step."""
        about_officer = self._rules.categories[case.category]["about_officer"]
        match case.todo[0]:
            case "locate":
                return COORDINATOR if about_officer else DESK
            case step if step in JUDGED:
                return INSPECTORS[1] if about_officer else VALIDATORS[int(case.number[-3:-2], 36) % 2]
            case "hide" | "restore" if about_officer:
                return INSPECTORS[1]
            case step if step in BY_NUMBER:
                return COORDINATOR
            case "finish_part":
                return officer(partner(case.unit, self._rules))
            case "assign" | "approve" | "take_over" if not self._works_alone(case):
                return supervisor(self._rules.opd(case.unit))
            case _:
                return officer(case.unit)

    def is_opened_by_number(self, case: Case, step: str) -> bool:
        """What a desk typed for a unit that needs no place stands in that unit's queue, not in the desk's."""
        return step in BY_NUMBER or (step == "locate" and not self._rules.needs_place(case.category))

    def is_left_out(self, case: Case, step: str) -> bool:
        """What this case gives no occasion for."""
        return step in self._left_out and self._left_out[step](case)

    def handed_to(self, case: Case) -> str | None:
        """A kelurahan hands on what another leads; who leads, or stands in for an outsider, keeps it."""
        owners = self._rules.owners(case.category, case.area)
        kelurahan = self._rules.units[case.unit]["kind"] == "kelurahan"
        leads = self._rules.leads(case.unit, case.category, case.area)
        return owners[0] if kelurahan and not leads and owners else None

    def _works_alone(self, case: Case) -> bool:
        """Kelurahan and inspectorate hand nothing down."""
        return case.unit == INSPECTORATE or self._rules.units[case.unit]["kind"] == "kelurahan"

    def _is_late_by_morning(self, case: Case) -> bool:
        """Whether its first answer was due in the hours by which the morning moves the time."""
        known = self._rules.categories[case.category]
        return bool(known["calendar"] == "calendar" and known["limits"]["coordination"] <= SIX_HOURS)


def _has_been_taken(case: Case) -> bool:
    return case.status != "waiting"


def _is_unreachable(case: Case) -> bool:
    return case.plan.contact is None


def _is_private(case: Case) -> bool:
    return bool(case.plan.draft.get("visibility") == "private")
