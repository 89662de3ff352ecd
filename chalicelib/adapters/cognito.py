"""Access tokens of the staff's Cognito pool, verified here: what a gateway in front says is not relied on. Claims: the
pool's documentation, "Understanding the access token"."""

import json
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.request import urlopen

from chalicelib.domain.errors import UnauthenticatedError, UnavailableError

LONGEST = 4096  # characters; the pool's own are about 1,000
LARGEST = 65_536  # bytes of the key set; the pool's own is 1 KB
TIMEOUT = 3  # seconds
LOOKS = 5  # at the pool's keys that may follow each other; one more is earned in each PERIOD
PERIOD = 5  # seconds; also how long a look that failed is remembered
ACCESS = "access"
REQUIRED = ["exp", "iss", "client_id", "token_use", "username"]


class CognitoTokens:
    """Implements Tokens. `keys_url` is where the pool's keys are when they are not at the issuer's address; `seconds` a
    clock that only counts."""

    def __init__(
        self,
        *,
        pool_id: str,
        client_id: str,
        region: str,
        keys_url: str = "",
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._issuer = f"https://cognito-idp.{region}.amazonaws.com/{pool_id}"
        self._client_id = client_id
        self.keys_url = keys_url or f"{self._issuer}/.well-known/jwks.json"
        self._seconds = seconds
        self._keys: Mapping[str, Any] = {}
        self._looks = float(LOOKS)
        self._counted_at = self._failed_until = 0.0

    def username(self, token: str) -> str:
        claims = self._claims(token)
        if (claims["token_use"], claims["client_id"]) != (ACCESS, self._client_id):
            raise UnauthenticatedError("Not an access token of this application")
        name = claims["username"]
        if not isinstance(name, str) or not name:
            raise UnauthenticatedError("The token names nobody")
        return name

    def _claims(self, token: str) -> Mapping[str, Any]:
        """What the pool signed; `exp` and `iss` are checked here, the rest by the caller."""
        import jwt

        if len(token) > LONGEST:
            raise UnauthenticatedError("The token is too long")
        try:
            key = self._key(jwt.get_unverified_header(token).get("kid"))
            options: Any = {"require": REQUIRED, "verify_aud": False, "verify_iat": False}
            claims: Mapping[str, Any] = jwt.decode(
                token, key, algorithms=["RS256"], issuer=self._issuer, options=options
            )
        except (jwt.PyJWTError, ValueError) as error:
            raise UnauthenticatedError("The token is not valid, or no longer") from error
        return claims

    def _key(self, kid: object) -> Any:
        """The pool's key of this id. Raises UnauthenticatedError for an id that the pool does not have, and
        UnavailableError while nobody can say: the keys could not be had just now."""
        if not isinstance(kid, str):
            raise UnauthenticatedError("The token names no key")
        if kid not in self._keys:
            self._look()
        if kid not in self._keys:
            raise UnauthenticatedError("The token is signed by a key that is not the pool's")
        return self._keys[kid]

    def _look(self) -> None:
        """Fetches the keys because of an unknown id, if a fetch is left. A pool seldom changes its keys, but a stranger
        can invent ids. A single invented id leaves fetches over, so a real change is seen at once; thousands use them
        up, and a real change is seen within PERIOD. The last good set stays until there is another."""
        now = self._seconds()
        if now < self._failed_until:
            raise UnavailableError("cognito")
        self._looks = min(LOOKS, self._looks + (now - self._counted_at) / PERIOD)
        self._counted_at = now
        if self._looks < 1:
            return
        self._looks -= 1
        try:
            self._keys = fetched_keys(self.keys_url)
        except UnavailableError:
            self._failed_until = self._seconds() + PERIOD
            raise


def fetched_keys(url: str) -> dict[str, Any]:
    """The RSA keys of a key set by their ids, at least one. Raises UnavailableError when it cannot be had."""
    import jwt

    try:
        with urlopen(url, timeout=TIMEOUT) as answer:  # noqa: S310 - the address is a setting, https in the cloud
            found = json.loads(answer.read(LARGEST))["keys"]
        keys = {key["kid"]: jwt.PyJWK(key, "RS256").key for key in found if key.get("kty") == "RSA"}
    except (OSError, ValueError, KeyError, TypeError, jwt.PyJWTError) as error:
        raise UnavailableError("cognito") from error
    if not keys:
        raise UnavailableError("cognito")
    return keys
