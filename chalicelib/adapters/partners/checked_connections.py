"""A connection to an address that was checked (public_addresses.py): everything together within one end, and TLS proves
the name."""

import socket
import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import field

from chalicelib.adapters.partners.public_addresses import Resolve, Target, checked, resolve
from chalicelib.application.ports.messages import ProviderBusyError
from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Connections:
    """`resolve` answers the addresses of a name, `tls` what certificates are held against."""

    resolve: Resolve = resolve
    tls: Callable[[], ssl.SSLContext] = field(default=ssl.create_default_context)

    def to(self, target: Target, end: float) -> socket.socket:
        """Connected to the first of its addresses that answers. Raises ForbiddenAddressError, and ProviderBusyError:
        nothing was sent."""
        addresses = checked(target, left(end), self.resolve)
        plain = _connected(addresses, target.port, end)
        return plain if target.own else self._encrypted(plain, target, end)

    def _encrypted(self, plain: socket.socket, target: Target, end: float) -> socket.socket:
        try:
            plain.settimeout(left(end))
            return self.tls().wrap_socket(plain, server_hostname=target.host)
        except (OSError, ValueError) as error:
            plain.close()
            raise ProviderBusyError(named(error)) from None
        except ProviderBusyError:
            plain.close()
            raise


def _connected(addresses: Sequence[str], port: int, end: float) -> socket.socket:
    for address in addresses:
        try:
            return socket.create_connection((address, port), left(end))
        except OSError:
            continue
    raise ProviderBusyError("no_connection" if addresses else "no_address")


def left(end: float) -> float:
    """Seconds until the end, of the machine's own counter. Raises ProviderBusyError when there are none."""
    seconds = end - time.monotonic()
    if seconds <= 0:
        raise ProviderBusyError("TimeoutError")
    return seconds


def named(error: Exception) -> str:
    """An error's kind: its words may repeat what was sent."""
    return type(error).__name__
