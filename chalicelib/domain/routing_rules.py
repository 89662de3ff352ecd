"""Who receives a report: the first rule that fits, else its category. A rule that fails decides nothing: its error is
reported, and the next one applies."""

from collections.abc import Mapping
from typing import Any

from chalicelib.domain import rights, routing
from chalicelib.domain.calendar import WIB
from chalicelib.domain.case.publicity import is_delicate
from chalicelib.domain.errors import kinds
from chalicelib.domain.reference import Category, Reference
from chalicelib.domain.rules import Answers, Conditions, Inputs, Route, RouteRecord, Rule, RuleSet

LISTS = ("singlevaluelist", "multivaluelist")


class RuleError(Exception):
    """A rule that cannot decide; the text says why, in codes."""


def route(rules: RuleSet, case: Inputs, reference: Reference) -> Route:
    """Never raises for a rule: a fault of one must not keep anybody from reporting."""
    failed: dict[str, str] = {}
    for rule in rules.rules:
        if rule.code in rules.off:
            continue
        try:
            if fits(rule, case, reference):
                return _by(rule, rules, case, reference, failed)
        except RuleError as error:
            failed[rule.code] = str(error)
        except Exception as error:  # whatever is wrong with data that people wrote
            failed[rule.code] = kinds(error)
    return by_category(reference, category=case.category, area=case.area, version=rules.version, failed=failed)


def by_category(
    reference: Reference,
    *,
    category: str,
    area: str | None,
    version: int = 0,
    failed: Mapping[str, str] | None = None,
) -> Route:
    """What the category itself says."""
    receiver = routing.first_receiver(reference, category=category, area=area)
    awaits_place = area is None and routing.place_decides(reference, category=category)
    return Route(receiver, awaits_place, version=version, failed=failed or {})


def fits(rule: Rule, case: Inputs, reference: Reference) -> bool:
    """A rule for all categories is none for delicate ones: those it must name."""
    when = rule.when
    if not _fits_category(when, reference.categories[case.category]):
        return False
    if when.channels and case.channel not in when.channels:
        return False
    return _fits_place(when, case) and _fits_time(when, case) and _fits_answers(when, case)


def _fits_category(when: Conditions, category: Category) -> bool:
    return category.code in when.categories if when.categories else not is_delicate(category)


def _fits_place(when: Conditions, case: Inputs) -> bool:
    return not when.areas or any(within(case.area, area) for area in when.areas)


def within(area: str | None, wider: str) -> bool:
    """Whether a kelurahan is the area, or lies in it."""
    return area is not None and (area == wider or area.startswith(f"{wider}."))


def _fits_time(when: Conditions, case: Inputs) -> bool:
    local = case.at.astimezone(WIB)
    if when.weekdays and local.isoweekday() not in when.weekdays:
        return False
    return when.hours is None or when.hours.hold(local.hour * 60 + local.minute)


def _fits_answers(when: Conditions, case: Inputs) -> bool:
    return all(set(chosen) & set(case.answers.get(code, ())) for code, chosen in when.answers.items())


def _by(rule: Rule, rules: RuleSet, case: Inputs, reference: Reference, failed: Mapping[str, str]) -> Route:
    receiver = routing.unit_at(reference, rule.receiver, case.area)
    awaits_place = receiver is None
    receiver = receiver or routing.GOVERNMENT_BUREAU
    if not routing.can_hold(reference, receiver):
        raise RuleError(f"{receiver} cannot hold a case")
    if not rights.has_readers(receiver, reference.categories[case.category], reference):
        raise RuleError(f"nobody in {receiver} may see {case.category}")
    for owner in rule.owners:
        if owner not in routing.OF_THE_PLACE and owner not in reference.units:
            raise RuleError(f"no unit {owner}")
    asked = {code: case.answers[code] for code in rule.when.answers}
    record = RouteRecord(case.category, receiver, rule.owners)
    return Route(receiver, awaits_place, rule.code, rules.version, record, asked, failed)


def chosen(category: Category, answers: Mapping[str, Any]) -> Answers:
    """The reporter's answers that were chosen from lists."""
    known = {q.code: {key for key, _, _ in q.values} for q in category.questions if q.datatype in LISTS}
    found = {code: _values(answers[code], known[code]) for code in known if code in answers}
    return {code: values for code, values in found.items() if values}


def _values(answer: Any, known: set[str]) -> tuple[str, ...]:
    values = answer if isinstance(answer, list | tuple) else [answer]
    return tuple(value for value in values if isinstance(value, str) and value in known)
