"""Frozen classes that are cheap to declare behave as the standard library's: each question is put to both."""

import copy
import dataclasses
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, field
from functools import cached_property
from typing import Any

import pytest

from chalicelib.domain import values


def kinds(dataclass: Any) -> dict[str, Any]:
    """The same classes, declared by one decorator or the other."""

    @dataclass(frozen=True, slots=True)
    class Point:
        x: int
        y: int = 2
        words: list[str] = field(default_factory=list)
        place: str = field(default="", compare=False)
        secret: str = field(default="s", repr=False)

    @dataclass(frozen=True)
    class Loose:
        x: int

        @cached_property
        def double(self) -> int:
            return self.x * 2

    @dataclass(frozen=True, slots=True)
    class Checked:
        x: int

        def __post_init__(self) -> None:
            if self.x < 0:
                raise ValueError("below nothing")

    @dataclass(frozen=True, slots=True)
    class Wider(Checked):
        z: int = 0

    @dataclass(frozen=True, slots=True)
    class Empty:
        pass

    @dataclass(frozen=True, slots=True)
    class Own:
        x: int

        def __eq__(self, other: object) -> bool:
            return True

        def __hash__(self) -> int:
            return 7

        def __repr__(self) -> str:
            return "own"

    made = {kind.__name__: kind for kind in (Point, Loose, Checked, Wider, Empty, Own)}
    for name, kind in made.items():
        kind.__qualname__ = name
    return made


OURS, THEIRS = kinds(values.dataclass), kinds(dataclasses.dataclass)
# What is asked of the classes by name; an answer may be a value or an error.
ASKED: dict[str, Callable[[Any], object]] = {
    "by place": lambda k: repr(k["Point"](1, 3)),
    "by name": lambda k: repr(k["Point"](y=3, x=1)),
    "with a default": lambda k: k["Point"](1).y,
    "a list of its own": lambda k: k["Point"](1).words is k["Point"](1).words,
    "one too few": lambda k: k["Point"](),
    "one too many": lambda k: k["Point"](1, 2, [], "", "", 6),
    "one twice": lambda k: k["Point"](1, x=1),
    "one unknown": lambda k: k["Point"](1, z=1),
    "equal": lambda k: k["Point"](1) == k["Point"](1),
    "unequal": lambda k: k["Point"](1) == k["Point"](2),
    "another kind": lambda k: k["Loose"](1) == k["Checked"](1),
    "a kind above": lambda k: k["Checked"](1) == k["Wider"](1),
    "no value of ours": lambda k: k["Checked"](1) == 1,
    "equal but for what is not compared": lambda k: k["Point"](1, place="a") == k["Point"](1, place="b"),
    "hash": lambda k: len({k["Checked"](1), k["Checked"](1), k["Checked"](2)}),
    "hash of what cannot be hashed": lambda k: hash(k["Point"](1)),
    "hash of nothing": lambda k: len({k["Empty"](), k["Empty"]()}),
    "text": lambda k: repr(k["Wider"](1, 2)),
    "text of nothing": lambda k: repr(k["Empty"]()),
    "own methods": lambda k: (k["Own"](1) == 5, hash(k["Own"](1)), repr(k["Own"](1))),
    "a field changed": lambda k: setattr(k["Point"](1), "x", 2),
    "a field of the kind above changed": lambda k: setattr(k["Wider"](1), "x", 2),
    "a field deleted": lambda k: delattr(k["Point"](1), "x"),
    "a field added": lambda k: setattr(k["Loose"](1), "other", 2),
    "no dictionary": lambda k: hasattr(k["Point"](1), "__dict__"),
    "checked": lambda k: k["Checked"](-1),
    "checked below": lambda k: k["Wider"](-1),
    "something kept with it": lambda k: (loose := k["Loose"](2)).double + loose.double,
    "replaced": lambda k: repr(dataclasses.replace(k["Point"](1), y=5)),
    "replaced and checked": lambda k: dataclasses.replace(k["Checked"](1), x=-1),
    "as a dictionary": lambda k: dataclasses.asdict(k["Point"](1, words=["a"])),
    "fields": lambda k: [f.name for f in dataclasses.fields(k["Wider"])],
    "copied": lambda k: copy.copy(k["Point"](1)) == k["Point"](1),
    "copied deep": lambda k: copy.deepcopy(k["Point"](1, words=["a"])).words,
    "matched": lambda k: k["Point"].__match_args__,
}


def answer(kinds: dict[str, Any], asked: Callable[[Any], object]) -> object:
    try:
        return asked(kinds)
    except (TypeError, ValueError, AttributeError) as error:
        return type(error)


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_a_cheap_class_answers_as_the_standard_librarys(asked: Callable[[Any], object]) -> None:
    assert answer(OURS, asked) == answer(THEIRS, asked)


@values.dataclass(frozen=True, slots=True)
class Kept:
    x: int


def test_a_value_survives_a_pickle() -> None:
    assert pickle.loads(pickle.dumps(Kept(1))) == Kept(1)  # our own


def test_a_change_is_refused_by_the_error_that_everybody_knows() -> None:
    with pytest.raises(FrozenInstanceError):
        Kept(1).x = 2  # type: ignore[misc]  # what is refused


def test_only_frozen_classes_are_declared_so() -> None:
    with pytest.raises(TypeError):
        values.dataclass(frozen=False)(Kept)  # type: ignore[call-overload]
