"""What a channel itself says in a case: a comment of nobody's, once for each key."""

import hashlib

from chalicelib.application.handling.access import OpenCase
from chalicelib.application.handling.acting import Act, ActionInput
from chalicelib.domain.actions import read_needs
from chalicelib.domain.actor import Actor
from chalicelib.domain.errors import Refusal
from chalicelib.domain.values import dataclass

COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class Remark:
    """Whoever may write there is decided as for every comment."""

    open_case: OpenCase
    act: Act

    def __call__(self, channel: str, number: str, text: str, *, key: str) -> bool:
        """False where the case takes no more words, or there is none. Raises UnavailableError."""
        access = self.open_case.as_staff(number, actor_of(channel))
        needs, misformed = read_needs(COMMENT, {"text": text})
        same = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        try:
            self.act(access, ActionInput(COMMENT, needs, same, misformed=misformed, key=key))
        except Refusal:
            return False
        return True


def actor_of(channel: str) -> Actor:
    """The channel as one who acts."""
    return Actor("channel", f"channel:{channel}", channels=(channel,))
