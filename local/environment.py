"""The process's own environment, made anew: functions inherit it, and a variable that the template forgot
would be found here and missed only in the cloud."""

import os
import shutil
import tempfile
from pathlib import Path

from local.operator_key import OperatorKey
from local.settings import REGION, Settings

KEPT = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "SSL_CERT_FILE")


def scrub(settings: Settings, state: Path, key: OperatorKey) -> dict[str, str]:
    """Replaces os.environ; answers what it was, for the programs that the launcher itself starts."""
    before = dict(os.environ)
    temporary = settings.home / "tmp"
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(parents=True, exist_ok=True)  # an orphan of a killed city may still write there
    os.environ.clear()
    os.environ.update({name: before[name] for name in KEPT if name in before})
    os.environ.update(_functions(settings, temporary))
    os.environ.update(_ministack(settings, state))
    tempfile.tempdir = None  # forget the place that was found before
    _sign_as(key)
    return before


def _sign_as(key: OperatorKey) -> None:
    """The operator's commands, which run in this process too, find the operator's key where AWS has an account's
    credentials; functions do not inherit it."""
    import boto3

    boto3.setup_default_session(aws_access_key_id=key.id, aws_secret_access_key=key.secret, region_name=REGION)


def _functions(settings: Settings, temporary: Path) -> dict[str, str]:
    """What the Lambda service itself gives a function, and what keeps its SDK away from this machine's accounts."""
    given = {
        "HOME": str(temporary),
        "TMPDIR": str(temporary),
        "TZ": "UTC",
        "AWS_ENDPOINT_URL": settings.origin,
        "AWS_EC2_METADATA_DISABLED": "true",
        "NO_PROXY": "*",  # else botocore asks this machine's settings, which a fork must not do on macOS
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    }
    if settings.reference_overlay:
        given["REFERENCE_OVERLAY"] = str(settings.reference_overlay)
    return given


def _ministack(settings: Settings, state: Path) -> dict[str, str]:
    return {
        "AUTH": "true",
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(settings.port),
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "MINISTACK_REGION": REGION,
        "PERSIST_STATE": "1",
        "STATE_DIR": str(state),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(settings.home / "objects"),
        "LOG_LEVEL": "WARNING",
        "LAMBDA_ACCOUNT_CONCURRENCY": "0",  # the permits of workers.py bound it
    }
