"""What is wrong with rules that somebody wrote, before they are proposed. A rule that passes here can fail only when
the city's own data change under it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from chalicelib.domain import rights, routing
from chalicelib.domain.case.publicity import is_delicate
from chalicelib.domain.errors import FieldError
from chalicelib.domain.reference import Category, Reference
from chalicelib.domain.routing_rules import LISTS, within
from chalicelib.domain.rules import BY_CATEGORY, MOST_RULES, Rule

DAY = 24 * 60  # minutes
Faults = Iterator[FieldError]


def rule_faults(rules: Sequence[Rule], reference: Reference) -> list[FieldError]:
    """Each with the path of its field: `rules.3.then.receiver`."""
    found: list[FieldError] = []
    if len(rules) > MOST_RULES:
        found.append(FieldError("rules", "too_long", f"At most {MOST_RULES} rules"))
    named = Counter(rule.code for rule in rules)
    for place, rule in enumerate(rules):
        at = f"rules.{place}"
        if not rule.code or named[rule.code] > 1 or rule.code == BY_CATEGORY:
            found.append(FieldError(f"{at}.rule", "value", "A name of its own"))
        found += [*_condition_faults(rule, at, reference), *_outcome_faults(rule, at, reference)]
    return found


def _condition_faults(rule: Rule, at: str, reference: Reference) -> Faults:
    when = rule.when
    yield from _unknown(f"{at}.when.categories", when.categories, reference.categories)
    yield from _unknown(f"{at}.when.channels", when.channels, reference.channels)
    for area in when.areas:
        if not any(within(known, area) for known in reference.areas):
            yield FieldError(f"{at}.when.areas", "value", f"No area {area}")
    if any(day not in range(1, 8) for day in when.weekdays):
        yield FieldError(f"{at}.when.weekdays", "value", "1 (Monday) to 7")
    if when.hours and not (0 <= when.hours.begin < DAY and 0 <= when.hours.end <= DAY):
        yield FieldError(f"{at}.when.hours", "value", "Times of a day as 22:00")
    if when.hours and when.hours.begin == when.hours.end:
        yield FieldError(f"{at}.when.hours", "value", "Two different times")
    yield from _answer_faults(rule, at, reference)


def _unknown(path: str, codes: Iterable[str], known: Iterable[str]) -> Faults:
    there = set(known)
    yield from (FieldError(path, "value", f"Not known: {code}") for code in codes if code not in there)


def _answer_faults(rule: Rule, at: str, reference: Reference) -> Faults:
    """Only what is chosen from a list is asked for: what people type stays among their words."""
    for code, values in rule.when.answers.items():
        lists = [known for category in _categories(rule, reference) if (known := _listed(category, code))]
        if not lists or not values or not set(values) <= set().union(*lists):
            yield FieldError(
                f"{at}.when.answers.{code}", "value", "A list question of these categories, and its values"
            )


def _listed(category: Category, code: str) -> set[str]:
    return {key for q in category.questions if q.code == code and q.datatype in LISTS for key, _, _ in q.values}


def _categories(rule: Rule, reference: Reference) -> list[Category]:
    """The categories that the rule can ever fit."""
    if not rule.when.categories:
        return [category for category in reference.categories.values() if not is_delicate(category)]
    return [reference.categories[code] for code in rule.when.categories if code in reference.categories]


def _outcome_faults(rule: Rule, at: str, reference: Reference) -> Faults:
    for receiver in _meant(rule.receiver, reference):
        if not routing.can_hold(reference, receiver):
            yield FieldError(f"{at}.then.receiver", "value", "A unit of the city, or KEL, KEC, KOTA")
            break
        closed = (c for c in _categories(rule, reference) if not rights.has_readers(receiver, c, reference))
        if blind := next(closed, None):
            yield FieldError(f"{at}.then.receiver", "value", f"Nobody there may see {blind.code}")
            break
    known = [owner for owner in rule.owners if owner in routing.OF_THE_PLACE or owner in reference.units]
    if len(known) < len(rule.owners) or len(set(rule.owners)) < len(rule.owners):
        yield FieldError(f"{at}.then.owners", "value", "Units, or KEL, KEC, KOTA, each once")
    elif rule.owners and not any(_inside(owner, reference) for owner in rule.owners):
        yield FieldError(f"{at}.then.owners", "value", "One of them at least belongs to the city")


def _inside(owner: str, reference: Reference) -> bool:
    return owner in routing.OF_THE_PLACE or routing.can_hold(reference, owner)


def _meant(receiver: str, reference: Reference) -> list[str]:
    """A unit for each kind of unit that the word means."""
    if receiver not in routing.OF_THE_PLACE:
        return [receiver]
    area = next(iter(reference.areas))
    return [unit for unit in [routing.unit_at(reference, receiver, area)] if unit]
