"""Where a call-back may go: https, to an address that belongs to the public internet. A name is resolved once, and the
connection is made to what was checked; so a name that answers differently the second time leads nowhere else."""

import ipaddress
import socket
from collections.abc import Callable
from threading import Thread
from urllib.parse import urlsplit

from chalicelib.domain.values import dataclass

HTTPS = 443
LONGEST_URL = 2_000  # characters
# Of what IANA calls global: addresses that carry another one inside them, or lead to a network of our own.
REFUSED = tuple(
    map(
        ipaddress.ip_network,
        ("192.88.99.0/24", "2001::/23", "2002::/16", "3fff::/20", "64:ff9b::/96", "64:ff9b:1::/48", "::/8"),
    )
)
GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")


class ForbiddenAddressError(Exception):
    """Not https, or not an address of the public internet. Its text is a code."""


@dataclass(frozen=True, slots=True)
class Target:
    """A call-back's address in parts. `own`: this machine's own city, which has no TLS and no public address."""

    host: str
    port: int
    path: str
    own: bool = False

    @property
    def host_header(self) -> str:
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == HTTPS else f"{name}:{self.port}"


def read(url: str, own_origin: str = "") -> Target:
    """`own_origin` is that of the local city, empty in the cloud. Raises ForbiddenAddressError."""
    if len(url) > LONGEST_URL or not url.isascii() or not url.isprintable() or " " in url:
        raise ForbiddenAddressError("not_an_address")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise ForbiddenAddressError("not_an_address") from error
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if own_origin and url.startswith(f"{own_origin}/"):
        return Target(host or "", port or 80, path, own=True)
    if parts.scheme != "https" or not host or "@" in parts.netloc or parts.fragment:
        raise ForbiddenAddressError("not_https")
    return Target(host, port or HTTPS, path)


def is_public(address: str) -> bool:
    """Whether the address belongs to the public internet: neither private, loopback, link-local, shared (CGNAT),
    reserved, documentation or multicast, nor one of IPv6 that stands for such an address of IPv4."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:  # a scope ("%eth0") belongs to a link
        return False
    if isinstance(known, ipaddress.IPv6Address) and known not in GLOBAL_UNICAST:
        return False
    inside = any(known.version == network.version and known in network for network in REFUSED)
    return known.is_global and not (known.is_multicast or known.is_reserved or inside)


Resolve = Callable[[str, int, float], list[str]]


def resolve(host: str, port: int, seconds: float) -> list[str]:
    """Every address of the name, within the time; none where it has none, or nobody answered."""
    found: list[str] = []

    def ask() -> None:
        try:
            known = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return
        found.extend(dict.fromkeys(str(entry[4][0]) for entry in known))

    asking = Thread(target=ask, daemon=True)  # the system's own resolver knows no time limit
    asking.start()
    asking.join(seconds)
    return list(found)


def checked(target: Target, seconds: float, resolve: Resolve = resolve) -> list[str]:
    """The addresses to connect to, all of them public. Raises ForbiddenAddressError when one is not; empty when the
    name cannot be resolved."""
    addresses = resolve(target.host, target.port, seconds)
    if not target.own and not all(map(is_public, addresses)):
        raise ForbiddenAddressError("not_public")
    return addresses
