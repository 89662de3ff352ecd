"""Refusals: part of the language, each with a stable code that clients rely on. Mapped to HTTP in one list
(`entrypoints/problems.py`). A refusal is not a fault: nothing is wrong with the system."""

from collections.abc import Iterable, Sequence
from typing import Any

from chalicelib.domain.values import dataclass


class Refusal(Exception):
    """The request was understood and is refused; `code` is stable, `detail` is for people."""

    code = "refused"

    def __init__(self, detail: str | None = None) -> None:
        super().__init__(detail or self.code)
        self.detail = detail


class UnauthenticatedError(Refusal):
    """No credentials, or bad ones; a wrong complaint secret included."""

    code = "unauthenticated"


class UnreadableError(Refusal):
    """Broken JSON, a bad header, a complaint number whose check character is wrong."""

    code = "unreadable"


class TooLargeError(Refusal):
    """The body, or the announced photo, is larger than we take."""

    code = "too_large"


class UnsupportedTypeError(Refusal):
    """A content type that we do not take."""

    code = "unsupported_type"


class NotFoundError(Refusal):
    """Not there, or not yours to see: nobody can tell which."""

    code = "not_found"


class GoneError(Refusal):
    """The link was good, and was used, or its time is over."""

    code = "gone"


class NotAllowedError(Refusal):
    """You see it, but may not do this; `owner` names the unit that may, where the rule is about authority."""

    code = "not_allowed"

    def __init__(self, detail: str | None = None, *, code: str = "not_allowed", owner: str | None = None) -> None:
        super().__init__(detail)
        self.code = code
        self.owner = owner


MOST_FAULTS = 50  # in one refusal
LONGEST_FIELD, LONGEST_MESSAGE = 200, 200  # characters


@dataclass(frozen=True, slots=True)
class FieldError:
    """`field` is a dotted path; `code` one of required, unknown, type, value, too_long, outside. Both texts are cut
    here, so that no refusal repeats a request at length."""

    field: str
    code: str
    message: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "field", self.field[:LONGEST_FIELD])
        object.__setattr__(self, "message", self.message[:LONGEST_MESSAGE])


def all_faults(misformed: Sequence[FieldError], found: Iterable[FieldError]) -> list[FieldError]:
    """The faults of form, and of those of meaning what was found in fields whose form could be read."""
    unread = {fault.field.partition(".")[0] for fault in misformed}
    return [*misformed, *(fault for fault in found if fault.field not in unread)]


class InvalidError(Refusal):
    """Readable, but wrong: the faults of form and of meaning together, at most 50 of them."""

    code = "invalid"

    def __init__(self, errors: list[FieldError]) -> None:
        super().__init__()
        self.errors = errors[:MOST_FAULTS]


def invalid(field_path: str, code: str, message: str) -> InvalidError:
    return InvalidError([FieldError(field_path, code, message)])


class ConflictError(Refusal):
    """Right, but not now. `code`: version_conflict, state_forbids, key_reused or photo_not_ready."""

    def __init__(
        self,
        code: str,
        *,
        version: int | None = None,
        allowed_actions: list[str] | None = None,
        changes: list[dict[str, Any]] | None = None,
    ) -> None:
        super().__init__()
        self.code = code
        self.version = version
        self.allowed_actions = allowed_actions
        self.changes = changes


class TooManyError(Refusal):
    """Right, but too often; `retry_after` in seconds."""

    code = "too_many"

    def __init__(self, retry_after: int) -> None:
        super().__init__()
        self.retry_after = retry_after


class RetryableError(Exception):
    """The same call may succeed later: whoever called comes again."""


class FinalError(Exception):
    """The same call will never succeed: nobody comes again."""


class UnavailableError(RetryableError):
    """The store, or another service, does not answer: retryable, and not the caller's fault. `retry_after` in
    seconds."""

    def __init__(self, service: str, retry_after: int = 2) -> None:
        super().__init__(service)
        self.service = service
        self.retry_after = retry_after


class DamagedError(FinalError):
    """What is stored is not what was written: altered, cut short or copied from elsewhere. Final: no retry helps.
    `what` names the kind of thing, never its content."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


def kinds(error: BaseException) -> str:
    """The kinds of an error and of those behind it, for logs: the message may contain personal data."""
    behind = error.__cause__
    return type(error).__name__ + (f" from {kinds(behind)}" if behind else "")
