"""The one-use link of a question to the reporter. Its token opens the answer and nothing else, and follows from the
secret of the report, so that whoever writes the message can name it. The city keeps only its hash, beside the contact:
what is stored answers for nobody."""

import base64
import hashlib
import hmac

TOKEN_BYTES = 18


def answer_token(secret: str) -> str:
    """144 bits, URL-safe. One case asks once, so one token per case is enough."""
    code = hmac.new(secret.encode(), b"answer", hashlib.sha256).digest()
    return base64.urlsafe_b64encode(code[:TOKEN_BYTES]).decode()


def answer_hash(token: str) -> bytes:
    """What is kept of it: SHA-256."""
    return hashlib.sha256(token.encode()).digest()
