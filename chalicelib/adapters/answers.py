"""What an AWS service's answer means to the use cases: it does not answer (try the whole thing again), or, for a
message, whether it may have been sent."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from chalicelib.domain.errors import UnavailableError

Codes = Mapping[str, type[Exception]]


@contextmanager
def answering(service: str) -> Iterator[None]:
    """Raises UnavailableError for whatever the service could not do."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise UnavailableError(service) from error


@contextmanager
def delivering(codes: Codes) -> Iterator[None]:
    """Raises the Provider errors; `codes` says what the service's own codes mean. Of its words nothing is kept, since
    they may repeat the address or the telephone number."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except ClientError as error:
        raise _told(dict(error.response), codes) from None
    except BotoCoreError as error:
        raise _untold(error) from None


def _told(response: Mapping[str, Any], codes: Codes) -> Exception:
    """A reason or a code that we know; else a failure inside the service may have come after the sending, a refusal did
    not."""
    from chalicelib.application.ports.messages import ProviderBusyError, ProviderUnclearError

    code: str = response["Error"]["Code"]
    status: int = response.get("ResponseMetadata", {}).get("HTTPStatusCode", 400)
    reason: str = response.get("Reason", "")  # some services say by it what the code leaves open
    for name in (reason, code):
        if name in codes:
            return codes[name](name)
    return ProviderUnclearError(code) if status >= 500 else ProviderBusyError(code)


def _untold(error: Exception) -> Exception:
    """Only a request that was under way may have arrived."""
    from botocore.exceptions import HTTPClientError, ParamValidationError

    from chalicelib.application.ports.messages import ProviderBusyError, ProviderRefusedError, ProviderUnclearError

    name = type(error).__name__
    if isinstance(error, ParamValidationError):
        return ProviderRefusedError(name)
    return ProviderUnclearError(name) if isinstance(error, HTTPClientError) else ProviderBusyError(name)
