"""What every error of ours can do as an exception: be told apart, kept in a set, raised twice."""

import importlib
import pkgutil

import pytest

import chalicelib
from chalicelib.domain.errors import UnavailableError


def errors_of_ours() -> list[type[Exception]]:
    names = [module.name for module in pkgutil.walk_packages(chalicelib.__path__, "chalicelib.")]
    found = {value for name in names for value in vars(importlib.import_module(name)).values() if _is_ours(value)}
    return sorted(found, key=lambda kind: kind.__name__)


def _is_ours(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, Exception) and value.__module__.startswith("chalicelib.")


@pytest.mark.parametrize("kind", errors_of_ours(), ids=lambda kind: kind.__name__)
def test_two_errors_of_one_kind_are_two_errors(kind: type[Exception]) -> None:
    first, second = kind.__new__(kind), kind.__new__(kind)

    assert first != second
    assert len({first, second}) == 2


def test_an_unavailable_service_is_named_and_tried_again_in_two_seconds() -> None:
    error = UnavailableError("kms")

    assert (error.service, error.retry_after, str(error)) == ("kms", 2, "kms")
