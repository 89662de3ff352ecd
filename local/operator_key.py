"""The operator's key: the root of this city's account. Made by chance once per city and readable by its owner only, so
that no page, and nobody else on this machine, can act as the operator."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from local.settings import ACCOUNT

FILE = "operator.env"  # below the city's home; `set -a; . .local/operator.env` gives it to a shell
ID, SECRET = "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"
SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
ROOT_ARN = f"arn:aws:iam::{ACCOUNT}:root"


@dataclass(frozen=True)
class OperatorKey:
    id: str
    secret: str

    def environment(self) -> dict[str, str]:
        """As the AWS CLI and the SDKs read it."""
        return {ID: self.id, SECRET: self.secret}


def of_home(home: Path) -> OperatorKey:
    """The city's key, made now if it has none."""
    file = home / FILE
    if not file.exists():
        _write(file, OperatorKey("AKIA" + "".join(secrets.choice(SIGNS) for _ in range(16)), secrets.token_urlsafe(30)))
    return read(file)


def read(file: Path) -> OperatorKey:
    """Raises OSError when the file is not there or another's."""
    found = dict(line.split("=", 1) for line in file.read_text().split())
    return OperatorKey(found[ID], found[SECRET])


def _write(file: Path, key: OperatorKey) -> None:
    text = "".join(f"{name}={value}\n" for name, value in key.environment().items())
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(text)


def admit(key: OperatorKey) -> None:
    """Makes this key the only root of the emulator, with its signature checked. The emulator takes `test`, every
    account's number and its own process's key for root, and checks none of their signatures. Call it when the
    emulator's saved state is loaded."""
    from ministack.core import iam_evaluator
    from ministack.services import sts

    iam_evaluator.is_root_access_key = sts.is_root_access_key = _is_unsigned
    for id_, session in list(sts._sessions.items()):
        if session.get("PrincipalType") == "Root":
            del sts._sessions[id_]
    root = {"SecretAccessKey": key.secret, "Arn": ROOT_ARN, "PrincipalType": "Root", "UserId": ACCOUNT}
    sts.register_session(key.id, {**root, "AccountId": ACCOUNT})


def _is_unsigned(access_key_id: str) -> bool:
    """What AWS serves without a signature, such as an upload form or a sign-in, is checked by its service."""
    return not access_key_id
