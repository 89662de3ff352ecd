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
PERIOD = 60  # seconds between two looks at the keys because of a key id that we do not know
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
        self._asked_at = 0.0

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
        """The pool's key of this id. A pool changes its keys seldom, a stranger invents ids: so it is asked again at an
        unknown id, but not more often than once a minute."""
        if not isinstance(kid, str):
            raise UnauthenticatedError("The token names no key")
        if kid not in self._keys and self._may_ask():
            self._asked_at = self._seconds()
            self._keys = fetched_keys(self.keys_url)
        if kid not in self._keys:
            raise UnauthenticatedError("The token is signed by a key that is not the pool's")
        return self._keys[kid]

    def _may_ask(self) -> bool:
        return not self._keys or self._seconds() - self._asked_at >= PERIOD


def fetched_keys(url: str) -> dict[str, Any]:
    """The RSA keys of a key set by their ids. Raises UnavailableError when it cannot be had."""
    import jwt

    try:
        with urlopen(url, timeout=TIMEOUT) as answer:  # noqa: S310 - the address is a setting, https in the cloud
            found = json.loads(answer.read(LARGEST))["keys"]
        return {key["kid"]: jwt.PyJWK(key, "RS256").key for key in found if key.get("kty") == "RSA"}
    except (OSError, ValueError, KeyError, TypeError, jwt.PyJWTError) as error:
        raise UnavailableError("cognito") from error
