"""OAuth 1.0a (RFC 5849) for requests whose body is JSON, as X's API wants it of an account that acts for itself: the
signature covers the method, the address and the header's own parameters. SHA-1 is the scheme's, not our choice."""

import base64
import hashlib
import hmac
import os
import time
from collections.abc import Mapping
from urllib.parse import quote

NONCE = 16  # bytes


def oauth_header(key: Mapping[str, str], method: str, address: str, *, nonce: str = "", at: int = 0) -> str:
    """The Authorization header. `key` has consumer_key, consumer_secret, token, token_secret; `nonce` and `at` (epoch
    seconds) are fresh where they are not given."""
    parameters = {
        "oauth_consumer_key": key["consumer_key"],
        "oauth_nonce": nonce or os.urandom(NONCE).hex(),
        "oauth_signature_method": "HMAC-SHA1",
        "oauth_timestamp": str(at or int(time.time())),
        "oauth_token": key["token"],
        "oauth_version": "1.0",
    }
    signed = parameters | {"oauth_signature": _signature(key, method, address, parameters)}
    return "OAuth " + ", ".join(f'{_escaped(name)}="{_escaped(value)}"' for name, value in sorted(signed.items()))


def _signature(key: Mapping[str, str], method: str, address: str, parameters: Mapping[str, str]) -> str:
    listed = "&".join(f"{_escaped(name)}={_escaped(value)}" for name, value in sorted(parameters.items()))
    base = "&".join(map(_escaped, (method, address, listed)))
    secret = f"{_escaped(key['consumer_secret'])}&{_escaped(key['token_secret'])}"
    return base64.b64encode(hmac.new(secret.encode(), base.encode(), hashlib.sha1).digest()).decode()


def _escaped(text: str) -> str:
    return quote(text, safe="-._~")
