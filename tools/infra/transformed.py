"""The template as CloudFormation sees it after the SAM transform, and what in it waits for itself. CloudFormation
refuses a circle of resources; the local city makes one resource after the other and finds none."""

import copy
import os
import re
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

REGION = "ap-southeast-3"
Json = dict[str, Any]


def transformed(template: Json) -> Json:
    """AWS's own translator, which needs no account. Raises InvalidDocumentException for what it cannot translate."""
    from samtranslator.translator.transform import transform

    with patch.dict(os.environ, AWS_DEFAULT_REGION=REGION):  # all that the translator reads of the environment
        done: Json = transform(copy.deepcopy(template), {}, NoManagedPolicies())
    return done


class NoManagedPolicies:
    """In the place of AWS's list of managed policies: ours are named by their ARNs."""

    def load(self) -> dict[str, str]:
        return {}


def circles(template: Json) -> list[list[str]]:
    """Resources that wait for each other, each circle once, from its first name on."""
    waits = {name: needed(resource) & template["Resources"].keys() for name, resource in template["Resources"].items()}
    found = {tuple(_from_smallest(circle)) for name in waits for circle in _circles_from(name, waits)}
    return [list(circle) for circle in sorted(found)]


def needed(resource: Json) -> set[str]:
    """Logical ids that must be there first: DependsOn, Ref, GetAtt and Sub."""
    first = resource.get("DependsOn", [])
    return {*([first] if isinstance(first, str) else first), *_references(resource.get("Properties", {}))}


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _references(item)
    if not isinstance(value, dict):
        return
    for key, item in value.items():
        if key in NAMED and len(value) == 1:
            yield from NAMED[key](item)
        yield from _references(item)


def _of_get_att(words: Any) -> list[str]:
    return [words[0] if isinstance(words, list) else words.partition(".")[0]]


def _of_sub(given: Any) -> list[str]:
    text, own = (given, {}) if isinstance(given, str) else given
    return [name for name in re.findall(r"\$\{([A-Za-z0-9]+)[^}]*\}", text) if name not in own]


NAMED = {"Ref": lambda name: [name], "Fn::GetAtt": _of_get_att, "Fn::Sub": _of_sub}


def _circles_from(start: str, waits: dict[str, set[str]]) -> Iterator[list[str]]:
    """The shortest way from a resource back to itself, if there is one."""
    ways, seen = [[start]], {start}
    while ways:
        way = ways.pop(0)
        for name in sorted(waits[way[-1]]):
            if name == start:
                yield way
                return
            if name not in seen:
                seen.add(name)
                ways.append([*way, name])


def _from_smallest(circle: list[str]) -> list[str]:
    at = circle.index(min(circle))
    return circle[at:] + circle[:at]
