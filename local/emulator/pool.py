"""Where the emulator's user pool is another than Cognito, which the template asks for: capitals of a user name do not
matter, and nobody signs up by themselves."""

from collections.abc import Awaitable, Callable
from typing import Any

NAMES = ("Username", "USERNAME")
WITHIN = ("AuthParameters", "ChallengeResponses")  # where a sign-in names its user
REFUSED = "NotAuthorizedException", "SignUp is not permitted for this user pool"
Dispatch = Callable[[str, dict[str, Any]], Awaitable[Any]]


def teach() -> None:
    """Once, before the emulator takes requests."""
    from ministack.core.responses import error_response_json
    from ministack.services import cognito

    usual: Dispatch = cognito._dispatch_idp

    async def dispatch(action: str, data: dict[str, Any]) -> Any:
        if action == "SignUp":
            return error_response_json(*REFUSED, 400)
        return await usual(action, folded(data))

    cognito._dispatch_idp = dispatch


def folded(data: dict[str, Any]) -> dict[str, Any]:
    """With small letters wherever a user is named."""
    names = {name: data[name].lower() for name in NAMES if isinstance(data.get(name), str)}
    parts = {part: folded(data[part]) for part in WITHIN if isinstance(data.get(part), dict)}
    return {**data, **names, **parts}
