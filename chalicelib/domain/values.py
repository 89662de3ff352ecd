"""Frozen dataclasses that cost little to declare. The standard library's decorator writes each class's methods as text
and compiles it, at every start of a process: four million instructions for a class of four fields, and we have two
hundred. Here they are closures and functions that all classes share; what they do is the same. A type checker sees the
standard library's own."""

from typing import TYPE_CHECKING

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    import dataclasses
    from dataclasses import MISSING, FrozenInstanceError, fields

    _put = object.__setattr__

    def dataclass(*, frozen, slots=False):
        """As the standard library's with these two parameters; `frozen` has to be true."""
        if not frozen:
            raise TypeError("only frozen classes are declared so")

        def declared(kind):
            made = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)(kind)
            for name, function in _methods(made).items():
                if name not in kind.__dict__:
                    setattr(made, name, function)
            return made

        return declared

    def _methods(made):
        found = fields(made)
        compared = tuple(field.name for field in found if field.compare)
        shown = tuple(field.name for field in found if field.repr)

        def values(self):
            return tuple([getattr(self, name) for name in compared])

        def equal(self, other):
            return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

        def hashed(self):
            return hash(values(self))

        def text(self):
            told = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
            return f"{self.__class__.__qualname__}({told})"

        methods = {"__init__": _init(made, found), "__eq__": equal, "__hash__": hashed, "__repr__": text}
        return methods | _FROZEN | (_PICKLED if "__slots__" in made.__dict__ else {})

    def _init(made, found):
        names = tuple(field.name for field in found)
        defaults = {field.name: field.default for field in found if field.default is not MISSING}
        factories = {field.name: field.default_factory for field in found if field.default_factory is not MISSING}
        is_checked = hasattr(made, "__post_init__")

        def init(self, *given, **named):
            for name, value in zip(names, given, strict=False):
                _put(self, name, value)
            for name in names[len(given) :]:
                if name in named:
                    value = named.pop(name)
                elif name in defaults:
                    value = defaults[name]
                elif name in factories:
                    value = factories[name]()
                else:
                    raise TypeError(f"{made.__name__} needs {name!r}")
                _put(self, name, value)
            if named or len(given) > len(names):
                raise TypeError(f"{made.__name__} takes {len(names)} values, and not {sorted(named)}")
            if is_checked:
                self.__post_init__()

        return init

    def _set(self, name, value):  # noqa: ARG001  # the protocol's
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def _delete(self, name):  # noqa: ARG001  # the protocol's
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def _state(self):
        return [getattr(self, field.name) for field in fields(self)]

    def _restored(self, state):
        for field, value in zip(fields(self), state, strict=True):
            _put(self, field.name, value)

    _FROZEN = {"__setattr__": _set, "__delattr__": _delete}
    _PICKLED = {"__getstate__": _state, "__setstate__": _restored}
